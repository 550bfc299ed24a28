/** What the widget says in Arabic. */
import type { Texts } from "./texts";

const plural = new Intl.PluralRules("ar");

/** The counted noun in the form Arabic gives it: one, two, 3-10, 11-99, hundreds. */
function counted(count: number, one: string, two: string, few: string, many: string, hundreds: string): string {
  const forms: Partial<Record<Intl.LDMLPluralRule, string>> = {
    one,
    two,
    few: `${count} ${few}`,
    many: `${count} ${many}`,
  };
  return forms[plural.select(count)] ?? `${count} ${hundreds}`;
}

const newMessages = (count: number): string =>
  counted(count, "رسالة جديدة واحدة", "رسالتان جديدتان", "رسائل جديدة", "رسالة جديدة", "رسالة جديدة");

export const ar: Texts = {
  name: "هاتف",
  role: "خدمة العملاء",
  open: "افتح المحادثة مع هاتف",
  openUnread: (count) => `افتح المحادثة، لديك ${newMessages(count)}`,
  close: "أغلق نافذة المحادثة",
  otherLanguage: "English",
  switchLanguage: "Switch to English",
  log: "الرسائل",
  input: "رسالتك",
  placeholder: "اكتب رسالتك…",
  send: "أرسل",
  remaining: (count) => `المتبقي ${counted(count, "حرف واحد", "حرفان", "أحرف", "حرفًا", "حرف")}`,
  over: (count) => `الزائد ${counted(count, "حرف واحد", "حرفان", "أحرف", "حرفًا", "حرف")}`,
  typing: "هاتف يكتب…",
  connecting: "جارٍ الاتصال…",
  waiting: "انقطع الاتصال، ونحاول مجددًا…",
  offline: "لا يوجد اتصال بالإنترنت. سنرسل رسائلك فور عودته.",
  sending: "قيد الإرسال",
  failed: "لم تُرسل",
  retry: "أعد الإرسال",
  renewed: "انتهت محادثتك السابقة حفاظًا على خصوصيتك، وهذه محادثة جديدة.",
  dismiss: "إخفاء",
  queued: "أنت في قائمة انتظار خدمة العملاء.",
  position: (place) => `ترتيبك في القائمة: ${place}`,
  agentHere: "يحدّثك الآن أحد موظفي خدمة العملاء.",
  closed: "انتهت هذه المحادثة.",
  startOver: "ابدأ محادثة جديدة",
  toNewest: "أحدث الرسائل",
  today: "اليوم",
  yesterday: "أمس",
  senders: { customer: "أنت", bot: "هاتف", agent: "خدمة العملاء", system: "إشعار" },
  choices: "ردود سريعة",
  opensNewTab: "يُفتح في علامة تبويب جديدة",
  welcome: "أهلًا بك، أنا هاتف",
  welcomeBody: "أساعدك في الاشتراك، وفهم فاتورتك، والاعتراض على مبلغ، والإبلاغ عن عطل. اكتب بالعربية أو بالإنجليزية، وبأي لهجة تريحك.",
  privacy: "لن نطلب منك رقم بطاقتك البنكية كاملًا أبدًا.",
  suggestions: ["ما الباقات المتوفرة؟", "كم فاتورتي؟", "الإنترنت عندي لا يعمل", "أريد التحدث مع موظف"],
};
