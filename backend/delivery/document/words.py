"""The words that are printed on every bill."""

from backend.kernel.text import Bilingual

LABELS = {
    "title": Bilingual(ar="فاتورة ضريبية مبسطة", en="Simplified tax invoice"),
    "titleBusiness": Bilingual(ar="فاتورة ضريبية", en="Tax invoice"),
    "billNo": Bilingual(ar="رقم الفاتورة", en="Bill number"),
    "account": Bilingual(ar="رقم الحساب", en="Account number"),
    "issued": Bilingual(ar="تاريخ الإصدار", en="Issued"),
    "period": Bilingual(ar="الفترة", en="Billing period"),
    "customer": Bilingual(ar="العميل", en="Customer"),
    "toPay": Bilingual(ar="المبلغ المستحق", en="Amount to pay"),
    "nothing": Bilingual(ar="لا يوجد ما يُدفع", en="Nothing to pay"),
    "payBy": Bilingual(ar="يُدفع قبل نهاية", en="Please pay by"),
    "thisBill": Bilingual(ar="هذه الفاتورة", en="This bill"),
    "credit": Bilingual(ar="خُصم من رصيدك ودفعاتك", en="Paid or credited"),
    "earlier": Bilingual(ar="فواتير سابقة لم تُدفع", en="Earlier unpaid bills"),
    "changed": Bilingual(ar="ما الذي تغيّر منذ الفاتورة السابقة", en="What changed since your last bill"),
    "firstBill": Bilingual(ar="مكونات فاتورتك", en="What makes up your bill"),
    "now": Bilingual(ar="هذه الفاتورة", en="This bill"),
    "before": Bilingual(ar="السابقة", en="Last bill"),
    "howToPay": Bilingual(ar="طرق الدفع", en="How to pay"),
    "online": Bilingual(ar="ادفع الآن ببطاقتك", en="Pay now by card"),
    "onlineHint": Bilingual(
        ar="اضغط الزر، أو اطلب رابط الدفع من المساعد", en="Tap the button, or ask the assistant for a payment link"
    ),
    "network": Bilingual(ar="سداد الفواتير من تطبيق بنكك", en="Bill payment in your bank's app"),
    "biller": Bilingual(ar="رمز المفوتر", en="Biller code"),
    "transfer": Bilingual(ar="تحويل بنكي", en="Bank transfer"),
    "reference": Bilingual(ar="اكتب رقم الحساب في خانة المرجع", en="Give your account number as the reference"),
    "details": Bilingual(ar="تفاصيل الفاتورة", en="Bill details"),
    "description": Bilingual(ar="الوصف", en="Description"),
    "quantity": Bilingual(ar="الكمية", en="Quantity"),
    "net": Bilingual(ar="قبل الضريبة", en="Before VAT"),
    "vat": Bilingual(ar="الضريبة", en="VAT"),
    "gross": Bilingual(ar="الإجمالي", en="Total"),
    "subtotal": Bilingual(ar="المجموع", en="Subtotal"),
    "totalNet": Bilingual(ar="الإجمالي قبل الضريبة", en="Total before VAT"),
    "totalVat": Bilingual(ar="ضريبة القيمة المضافة {rate}%", en="VAT {rate}%"),
    "totalGross": Bilingual(ar="الإجمالي شامل الضريبة", en="Total including VAT"),
    "vatNumber": Bilingual(ar="الرقم الضريبي", en="VAT number"),
    "registration": Bilingual(ar="السجل التجاري", en="Commercial registration"),
    "page": Bilingual(ar="صفحة {page} من {pages}", en="Page {page} of {pages}"),
    "questions": Bilingual(
        ar="لديك سؤال عن فاتورتك؟ اسأل المساعد في أي وقت.",
        en="A question about your bill? Ask the assistant, any time.",
    ),
    "other": Bilingual(ar="على الحساب", en="On the account"),
}
KINDS = {
    "recurringCharge": Bilingual(ar="الاشتراكات", en="Subscriptions"),
    "usageCharge": Bilingual(ar="الاستخدام", en="Usage"),
    "oneTimeCharge": Bilingual(ar="رسوم لمرة واحدة", en="One-time charges"),
    "creditNote": Bilingual(ar="مبالغ لصالحك", en="Credits"),
}
OTHER_KIND = Bilingual(ar="أخرى", en="Other")
TAX = Bilingual(ar="ضريبة القيمة المضافة", en="VAT")
CURRENCIES = {"SAR": Bilingual(ar="ر.س", en="SAR")}
