/** Money and dates as staff read them: Western digits, Gregorian calendar, the operator's own days. */
import { locale, type Language } from "../shared/language";

/** TMF APIs say money as a number, our own as a decimal string, which is exact. */
export interface Money {
  unit?: string | undefined;
  value?: number | string | undefined;
}

export function money(amount: Money | null | undefined, language: Language): string {
  if (amount?.value === undefined) return "";
  const format = new Intl.NumberFormat(locale(language), {
    style: "currency",
    currency: amount.unit ?? "SAR",
    currencyDisplay: language === "ar" ? "symbol" : "code",
  });
  return format.format(amount.value as number);
}

export function isZero(amount: Money | null | undefined): boolean {
  return Number(amount?.value ?? 0) === 0;
}

/** A day that the server tells as its first moment in the operator's zone: the day as written, whatever zone this is. */
export function day(moment: string | null | undefined, language: Language): string {
  if (!moment) return "";
  const date = new Date(`${moment.slice(0, 10)}T00:00:00Z`);
  const shape: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" };
  return new Intl.DateTimeFormat(locale(language), shape).format(date);
}

/** First and last day in one, the year and the month told once where both have them. */
export function period(from: string | null | undefined, to: string | null | undefined, language: Language): string {
  if (!from || !to) return "";
  const shape: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" };
  const format = new Intl.DateTimeFormat(locale(language), shape);
  return format.formatRange(new Date(`${from.slice(0, 10)}T00:00:00Z`), new Date(`${to.slice(0, 10)}T00:00:00Z`));
}

/** A moment, where whoever reads it is. */
export function moment(at: string | null | undefined, language: Language): string {
  if (!at) return "";
  const shape: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", year: "numeric" };
  const time: Intl.DateTimeFormatOptions = { hour: "numeric", minute: "2-digit" };
  return new Intl.DateTimeFormat(locale(language), { ...shape, ...time }).format(new Date(at));
}

export function count(number: number, language: Language): string {
  return new Intl.NumberFormat(locale(language)).format(number);
}

/** The last day of the month before: what a run that somebody begins by hand is most often for. */
export function lastOfMonthBefore(today: Date): string {
  return new Date(Date.UTC(today.getFullYear(), today.getMonth(), 0)).toISOString().slice(0, 10);
}
