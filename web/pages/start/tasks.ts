/** What a customer can ask, each with a sentence that begins it. */
import { h, icon } from "../../shared/dom";
import type { Language } from "../../shared/language";

interface Task {
  drawing: string;
  words: Record<Language, { title: string; about: string; say: string }>;
}

const TASKS: Task[] = [
  {
    drawing: "M7 3.5h10a1.5 1.5 0 0 1 1.5 1.5v14a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 19V5A1.5 1.5 0 0 1 7 3.5ZM12 8.5v6M9 11.5h6",
    words: {
      ar: { title: "خط جديد", about: "اختر باقة وقدّم طلبك، ويعمل خطك بعد التحقق.", say: "أبغى خط جديد" },
      en: { title: "A new line", about: "Choose a plan, apply, and the line works once you are verified.", say: "I want a new line" },
    },
  },
  {
    drawing: "M6 3.5h12v17l-3-2-3 2-3-2-3 2ZM9 8.5h6M9 12.5h6",
    words: {
      ar: { title: "الفاتورة", about: "كم عليك، ومتى تستحق، ولماذا زادت.", say: "ليش فاتورتي زادت هالشهر؟" },
      en: { title: "Your bill", about: "What you owe, when it is due, and why it went up.", say: "Why is my bill so high this month?" },
    },
  },
  {
    drawing: "M12 3.5v17M5 7.5h14M5 7.5l-2.5 6a3 3 0 0 0 5 0ZM19 7.5l-2.5 6a3 3 0 0 0 5 0ZM8.5 20.5h7",
    words: {
      ar: { title: "الاعتراضات", about: "اعترض على مبلغ، وتابع القرار برقم.", say: "أريد الاعتراض على مبلغ في فاتورتي" },
      en: { title: "Disputes", about: "Contest a charge and follow the decision by its number.", say: "I want to dispute a charge" },
    },
  },
  {
    drawing: "M4 9a12 12 0 0 1 16 0M7 12.5a7.5 7.5 0 0 1 10 0M12 18.5h.01M9.8 15.7a3.3 3.3 0 0 1 4.4 0",
    words: {
      ar: { title: "الأعطال", about: "أبلغ عن عطل، ويُفحص الخط، ويُفتح بلاغ.", say: "النت عندي مقطوع من الصبح" },
      en: { title: "Faults", about: "Report a problem; the line is tested and a ticket opened.", say: "My internet has been down since this morning" },
    },
  },
  {
    drawing: "M3.5 7.5 12 3.5l8.5 4v9L12 20.5l-8.5-4ZM3.5 7.5l8.5 4 8.5-4M12 11.5v9",
    words: {
      ar: { title: "الطلبات", about: "اعرف أين وصل طلبك.", say: "وين وصل طلبي؟" },
      en: { title: "Orders", about: "Know how far your order has come.", say: "Where is my order?" },
    },
  },
  {
    drawing: "M12 12.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5c.7-4 3.8-5.5 7.5-5.5s6.8 1.5 7.5 5.5",
    words: {
      ar: { title: "موظف", about: "اطلب موظفًا مرة واحدة، وتدخل قائمة الانتظار.", say: "أريد التحدث مع موظف" },
      en: { title: "A person", about: "Ask once, and you are in the queue.", say: "I want to talk to a person" },
    },
  },
];

export function tasks(language: Language, ask: (text: string) => void): HTMLElement[] {
  return TASKS.map(({ drawing, words }) => {
    const { title, about, say } = words[language];
    const button = h("button", { type: "button", class: "say" }, say);
    button.addEventListener("click", () => ask(say));
    return h("li", {}, h("div", { class: "task" }, icon(drawing), h("h3", {}, title)), h("p", {}, about), button);
  });
}
