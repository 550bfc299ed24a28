/** The picture beside the headline: how a conversation looks, in both languages. */
import { h } from "../../shared/dom";
import { direction, type Language } from "../../shared/language";
import { runs } from "../../shared/runs";

type Line = ["customer" | "bot", Language, string];

const LINES: Record<Language, Line[]> = {
  ar: [
    ["customer", "ar", "أبغى باقة فيها نت كثير"],
    ["bot", "ar", "مفوتر ٢٠٠ تناسبك: إنترنت 60 GB ومكالمات محلية بلا حدود، بسعر 200.00 ريال شهريًا قبل الضريبة."],
    ["customer", "en", "Can my wife ask in English?"],
    ["bot", "en", "Of course. I answer in the language you write in."],
  ],
  en: [
    ["customer", "en", "I need a plan with lots of data"],
    ["bot", "en", "Mofawtar 200 would suit you: 60 GB and unlimited local calls for SAR 200.00 a month before tax."],
    ["customer", "ar", "وأمي تسأل بالعربي؟"],
    ["bot", "ar", "طبعًا، أرد باللغة التي تكتب بها."],
  ],
};

export function scene(language: Language): HTMLElement[] {
  return LINES[language].map(([who, spoken, text]) =>
    h("p", { class: `line ${who}`, lang: spoken, dir: direction(spoken) }, ...runs(text)),
  );
}
