/** The top of the dialog: who is speaking, the other language, the way out. */
import { h, icon, setAttributes, setText } from "../../shared/dom";
import { other } from "../../shared/language";
import { ICONS } from "./icons";
import type { Deeds, Part } from "./model";

export function header(deeds: Deeds): Part {
  const name = h("h2", { id: "name", class: "name" });
  const role = h("p", { class: "role" });
  const language = h("button", { type: "button", class: "plain language" });
  const close = h("button", { type: "button", class: "plain close" }, icon(ICONS.close));
  language.addEventListener("click", () => deeds.switchLanguage());
  close.addEventListener("click", () => deeds.close());
  const mark = h("span", { class: "mark" }, icon(ICONS.chat));
  return {
    element: h("header", { class: "header" }, mark, h("div", { class: "who" }, name, role), language, close),
    update: ({ texts, language: current }) => {
      setText(name, texts.name);
      setText(role, texts.role);
      setText(language, texts.otherLanguage);
      setAttributes(language, { lang: other(current), "aria-label": texts.switchLanguage });
      setAttributes(close, { "aria-label": texts.close, title: texts.close });
    },
  };
}
