/** When something was said, in words of the reader's language and place. */
import { locale, type Language } from "../shared/language";
import type { Texts } from "./texts";

const DAY_MS = 86_400_000;

export function clock(iso: string, language: Language): string {
  const when = new Date(iso);
  if (Number.isNaN(when.getTime())) return "";
  return new Intl.DateTimeFormat(locale(language), { hour: "numeric", minute: "2-digit", hour12: true }).format(when);
}

/** The calendar day where the reader is; two messages of one day give the same. */
export function dayOf(iso: string): string {
  const when = new Date(iso);
  return Number.isNaN(when.getTime()) ? "" : when.toDateString();
}

export function dayName(iso: string, language: Language, texts: Texts, now: Date): string {
  const day = dayOf(iso);
  if (day === now.toDateString()) return texts.today;
  if (day === new Date(now.getTime() - DAY_MS).toDateString()) return texts.yesterday;
  return new Intl.DateTimeFormat(locale(language), { weekday: "long", day: "numeric", month: "long" }).format(
    new Date(iso),
  );
}
