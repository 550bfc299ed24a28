/** The words of the sandbox outbox. */
import type { Dictionary } from "../common/page";

const en = {
  title: "Sandbox outbox, Hatif",
  name: "Hatif",
  skip: "Skip to the messages",
  home: "Start page",
  otherLanguage: "العربية",
  heading: "Sandbox outbox",
  under: "Every SMS and e-mail that would have left, newest first. Nothing here reaches a real phone.",
  filter: "Recipient",
  filterHint: "Number or e-mail address",
  fresh: "Refreshed by itself",
  stale: "The server is not answering. Trying again…",
  empty: "Nothing has been sent yet.",
  noMatch: "Nothing was sent to this recipient.",
  sms: "SMS",
  email: "E-mail",
  queued: "Waiting",
  pending: "Waiting",
  sending: "On its way",
  sent: "Sent",
  delivered: "Delivered",
  failed: "Failed",
  copy: "Copy the code",
  copied: "Copied",
};

const ar: Record<keyof typeof en, string> = {
  title: "صندوق الرسائل التجريبي، هاتف",
  name: "هاتف",
  skip: "انتقل إلى الرسائل",
  home: "الصفحة الرئيسية",
  otherLanguage: "English",
  heading: "صندوق الرسائل التجريبي",
  under: "كل رسالة نصية أو بريد كان سيُرسل، والأحدث أولًا. لا يصل شيء من هنا إلى هاتف حقيقي.",
  filter: "المستلم",
  filterHint: "رقم أو بريد إلكتروني",
  fresh: "تتحدّث القائمة تلقائيًا",
  stale: "الخادم لا يستجيب، ونحاول مجددًا…",
  empty: "لم تُرسل أي رسالة بعد.",
  noMatch: "لم يُرسل شيء إلى هذا المستلم.",
  sms: "رسالة نصية",
  email: "بريد إلكتروني",
  queued: "في الانتظار",
  pending: "في الانتظار",
  sending: "قيد الإرسال",
  sent: "أُرسلت",
  delivered: "وصلت",
  failed: "تعذّر الإرسال",
  copy: "انسخ الرمز",
  copied: "نُسخ",
};

export const TEXTS = { ar, en } satisfies Dictionary;
export type Texts = typeof en;
