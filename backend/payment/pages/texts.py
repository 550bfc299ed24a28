"""The words of the pages, in both languages."""

from backend.kernel.text import Bilingual

TITLE = Bilingual(ar="دفع الفاتورة", en="Pay your bill")
DUE = Bilingual(ar="المبلغ المستحق", en="Amount due")
BILL = Bilingual(ar="رقم الفاتورة", en="Bill number")
BY = Bilingual(ar="آخر موعد للسداد", en="Due by")
PAY = Bilingual(ar="ادفع {amount} بالبطاقة", en="Pay {amount} by card")
SAFE = Bilingual(
    ar="تُكتب بيانات البطاقة في صفحة بوابة الدفع الآمنة، ولا تصل إلى {operator}.",
    en="Card details are typed on the payment gateway's secure page; {operator} never sees them.",
)
NOTHING = Bilingual(ar="لا يوجد مبلغ مستحق", en="Nothing is due")
NOTHING_MORE = Bilingual(
    ar="هذه الفاتورة مدفوعة، أو ما بقي منها محل اعتراض. شكرًا لك.",
    en="This bill is paid, or what is left of it is in dispute. Thank you.",
)
OTHER_LANGUAGE = Bilingual(ar="English", en="العربية")
ENDINGS = {
    "done": (
        Bilingual(ar="تم الدفع", en="Paid"),
        Bilingual(ar="وصلنا المبلغ، شكرًا لك.", en="We have received your payment. Thank you."),
    ),
    "pending": (
        Bilingual(ar="قيد التأكيد", en="Being confirmed"),
        Bilingual(
            ar="ننتظر تأكيد البنك. تتحدث هذه الصفحة تلقائيًا، وسنرسل لك الإيصال برسالة نصية. لا تدفع مرة أخرى.",
            en="We are waiting for the bank. This page refreshes by itself, and we will text you the receipt. "
            "Please do not pay again.",
        ),
    ),
    "failed": (
        Bilingual(ar="لم يتم الدفع", en="Not paid"),
        Bilingual(
            ar="لم يُخصم أي مبلغ. يمكنك المحاولة مرة أخرى من رابط الدفع.",
            en="Nothing was charged. You can try again from your payment link.",
        ),
    ),
}
CARD_ENDINGS = {
    "done": (
        Bilingual(ar="فُعّل الدفع التلقائي", en="Automatic payment is on"),
        Bilingual(
            ar="ستُدفع فواتيرك من بطاقتك المحفوظة في موعد استحقاقها.",
            en="Your bills will be paid from your saved card on their due dates.",
        ),
    ),
    "pending": ENDINGS["pending"],
    "failed": (
        Bilingual(ar="لم تُحفظ البطاقة", en="The card was not saved"),
        Bilingual(ar="لم يُفعّل الدفع التلقائي.", en="Automatic payment is not on."),
    ),
}
RECEIPT = Bilingual(ar="عرض الإيصال", en="View the receipt")
SORRY = Bilingual(ar="تعذّر فتح هذه الصفحة", en="This page cannot be shown")
SANDBOX = Bilingual(ar="بوابة دفع تجريبية", en="Sandbox payment gateway")
SANDBOX_TITLE = Bilingual(ar="اختر ما يحدث لهذه الدفعة", en="Choose what happens to this payment")
SANDBOX_NOTE = Bilingual(
    ar="لا حقل لرقم البطاقة هنا عمدًا. البوابة الحقيقية تأخذ مكان هذه الصفحة.",
    en="There is no field for a card number, on purpose. A real gateway takes this page's place.",
)
SANDBOX_CHOSEN = Bilingual(ar="اختير من قبل: {choice}", en="Already chosen: {choice}")
CONTINUE = Bilingual(ar="العودة إلى المتجر", en="Back to the merchant")
CARD_ONLY = Bilingual(ar="حفظ بطاقة للدفع التلقائي", en="Saving a card for automatic payment")
