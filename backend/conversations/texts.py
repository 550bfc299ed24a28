"""What the gateway itself says: apologies, queue notices, changes of owner. Both languages stand together."""

from backend.kernel.text import Bilingual

APOLOGY = Bilingual(
    ar="عذرًا، المساعد غير متاح للحظات. رسالتك محفوظة وسنجيب عنها فور عودته، ولا داعي لإعادة إرسالها.",
    en="Sorry, the assistant is away for a moment. Your message is saved and will be answered as soon as it is back; "
    "there is no need to send it again.",
)
GAVE_UP = Bilingual(
    ar="عذرًا، لم نتمكن من الإجابة عن رسالتك هذه المرة. يمكنك إعادة إرسالها أو التحدث إلى موظف.",
    en="Sorry, your message could not be answered this time. You can send it again or talk to a person.",
)
QUEUED_OPEN = Bilingual(
    ar="طلبك الآن لدى فريق خدمة العملاء، وترتيبك في الانتظار {position}. سيردّ عليك أحد موظفينا هنا.",
    en="Your request is with our customer-service team; you are number {position} in the queue. "
    "A colleague will answer you here.",
)
QUEUED_CLOSED = Bilingual(
    ar="طلبك محفوظ لدى فريق خدمة العملاء، وترتيبك {position}. موظفونا خارج ساعات العمل الآن، "
    "وسيردّون عليك هنا ابتداءً من {opens}.",
    en="Your request is saved with our customer-service team, number {position}. Our colleagues are off duty now "
    "and will answer you here from {opens}.",
)
AGENT_JOINED = Bilingual(ar="انضمّ إلى المحادثة {name} من خدمة العملاء.", en="{name} from customer service has joined.")
BOT_RESUMED = Bilingual(
    ar="عاد المساعد الآلي إلى المحادثة. بماذا يمكنني مساعدتك؟",
    en="The assistant is back in the conversation. How can I help?",
)
CLOSED = Bilingual(
    ar="انتهت المحادثة. شكرًا لتواصلك مع هاتف.", en="This conversation has ended. Thank you for contacting Hatif."
)
TALK_TO_PERSON = Bilingual(ar="التحدث إلى موظف", en="Talk to a person")
BACK_TO_BOT = Bilingual(ar="متابعة مع المساعد", en="Back to the assistant")
LINE_ACTIVE = Bilingual(
    ar="تم تفعيل طلبك رقم {order}: {offering}. رقم خطك {number}.",
    en="Your order {order} is active: {offering}. Your number is {number}.",
)
ORDER_FAILED = Bilingual(
    ar="تعذّر إتمام طلبك رقم {order}، ولن تُحسب عليك أي رسوم. يمكنك التحدث إلى موظف لمتابعته.",
    en="Your order {order} could not be completed, and you will not be charged. You can talk to a person about it.",
)
QUEUE_KEPT = Bilingual(
    ar="أُضيفت رسالتك إلى طلبك، وترتيبك في الانتظار {position}.",
    en="Your message has been added to your request; you are number {position} in the queue.",
)
