/** The widget's words, by language; English sets the shape that Arabic must fill. */
import type { Language } from "../shared/language";
import { ar } from "./texts.ar";
import { en } from "./texts.en";

export type Texts = typeof en;

export const TEXTS: Record<Language, Texts> = { ar, en };
