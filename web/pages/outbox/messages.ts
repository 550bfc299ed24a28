/** The messages of the outbox: which to show, and how one looks. */
import { h } from "../../shared/dom";
import { locale, type Language } from "../../shared/language";
import { runs } from "../../shared/runs";
import { copyButton } from "../common/copy";
import type { Texts } from "./texts";

export interface Message {
  id: string;
  channel: string;
  recipient: string;
  text: string;
  language: string | null;
  createdAt: string;
  state: string;
}

const CODE = /(?<![\p{L}\p{Nd}-])\d{6}(?![\p{L}\p{Nd}-])/u;

/** Those sent to a recipient that holds what was typed, newest first; spaces in numbers do not count. */
export function matching(messages: readonly Message[], typed: string): Message[] {
  const wanted = folded(typed);
  return messages
    .filter((message) => folded(message.recipient).includes(wanted))
    .sort((left, right) => right.createdAt.localeCompare(left.createdAt));
}

/** Arabic-Indic digits become Western ones, spaces and the leading zero or plus of a number go. */
function folded(text: string): string {
  const western = text.replace(/[٠-٩]/g, (digit) => String("٠١٢٣٤٥٦٧٨٩".indexOf(digit)));
  return western.toLowerCase().replace(/\s/g, "").replace(/^(\+|00|0)/, "");
}

export function card(message: Message, language: Language, texts: Texts): HTMLElement {
  const words: Record<string, string> = { ...texts };
  const when = new Date(message.createdAt);
  const shown = new Intl.DateTimeFormat(locale(language), { dateStyle: "medium", timeStyle: "medium" }).format(when);
  const code = CODE.exec(message.text)?.[0];
  const head = h(
    "div",
    { class: "head" },
    h("span", { class: "channel" }, words[message.channel] ?? message.channel),
    h("bdi", { class: "recipient", dir: "ltr" }, message.recipient),
    h("span", { class: "delivery", "data-state": message.state }, words[message.state] ?? message.state),
    h("time", { datetime: message.createdAt }, shown),
  );
  const text = h("p", { class: "text", dir: "auto", lang: message.language }, ...runs(message.text));
  return h("li", {}, head, text, code === undefined ? null : copyButton(code, texts));
}
