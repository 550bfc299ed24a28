/** What every part of the view is drawn from, and what it may ask for. */
import type { Language } from "../../shared/language";
import type { Choice, Conversation } from "../conversation";
import type { Texts } from "../texts";

export interface Model {
  state: Conversation;
  language: Language;
  texts: Texts;
  open: boolean;
}
export interface Deeds {
  open(): void;
  close(): void;
  switchLanguage(): void;
  say(text: string): void;
  choose(choice: Choice): void;
  retry(clientId: string): void;
  startOver(): void;
  dismiss(): void;
}
export interface Part {
  element: HTMLElement;
  update(model: Model): void;
}
