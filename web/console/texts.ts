/** The words of the console, in both languages. */
import type { Language } from "../shared/language";
import { ar } from "./texts.ar";
import { en, type Texts } from "./texts.en";

export const TEXTS: Record<Language, Texts> = { ar, en };
export type { Texts };
export type TextKey = keyof Texts;

/** The text of a key that is put together, such as the word for a state; what has no word stays as it is. */
export function wordFor(texts: Texts, key: string, otherwise: string): string {
  return key in texts ? texts[key as TextKey] : otherwise;
}
