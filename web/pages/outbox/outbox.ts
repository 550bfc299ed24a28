/** The sandbox outbox: asks for the list every few seconds while somebody looks. */
import "../../shared/fonts.css";
import "../common/base.css";
import "./outbox.css";
import { h } from "../../shared/dom";
import type { Language } from "../../shared/language";
import { byId, fetchJson, speak } from "../common/page";
import { card, matching, type Message } from "./messages";
import { TEXTS } from "./texts";

const EVERY_MS = 2_500;

const filter = byId("recipient", HTMLInputElement);
const cards = new Map<string, HTMLElement>();
let language: Language = "ar";
let messages: Message[] = [];
let stale = false;

function draw(): void {
  const texts = TEXTS[language];
  const shown = matching(messages, filter.value);
  byId("messages", HTMLElement).replaceChildren(...shown.map(cardOf));
  const none = byId("none", HTMLElement);
  none.hidden = shown.length > 0;
  none.textContent = messages.length === 0 ? texts.empty : texts.noMatch;
  const state = byId("state", HTMLElement);
  state.dataset["stale"] = String(stale);
  const words = stale ? texts.stale : texts.fresh;
  if (state.textContent !== words) state.textContent = words;
}

/** One node a message and state, so that the list does not lose the reader's focus or selection. */
function cardOf(message: Message): HTMLElement {
  const key = [message.id, message.state, language].join("|");
  const element = cards.get(key) ?? card(message, language, TEXTS[language]);
  cards.set(key, element);
  return element;
}

async function refresh(): Promise<void> {
  const answer = (await fetchJson("/sandbox/outbox.json").catch(() => null)) as { messages: Message[] } | null;
  const before = JSON.stringify([messages, stale]);
  stale = answer === null;
  messages = answer?.messages ?? messages;
  if (JSON.stringify([messages, stale]) === before) return;
  const recipients = [...new Set(messages.map((message) => message.recipient))];
  byId("recipients", HTMLElement).replaceChildren(...recipients.map((value) => h("option", { value })));
  draw();
}

async function keepFresh(): Promise<void> {
  if (document.visibilityState === "visible") await refresh();
  setTimeout(() => void keepFresh(), EVERY_MS);
}

filter.value = new URLSearchParams(location.search).get("recipient") ?? "";
filter.addEventListener("input", draw);
document.addEventListener("visibilitychange", () => void refresh());
speak(TEXTS, (spoken) => {
  language = spoken;
  draw();
});
void keepFresh();
