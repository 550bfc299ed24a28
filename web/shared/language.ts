/** The two languages of Hatif, and how each is written. */
export type Language = "ar" | "en";

/** Gregorian calendar and Western digits, as on the operator's bills. */
const LOCALES: Record<Language, string> = { ar: "ar-SA-u-ca-gregory-nu-latn", en: "en-GB" };

export function isLanguage(value: unknown): value is Language {
  return value === "ar" || value === "en";
}

export function direction(language: Language): "rtl" | "ltr" {
  return language === "ar" ? "rtl" : "ltr";
}

export function locale(language: Language): string {
  return LOCALES[language];
}

export function other(language: Language): Language {
  return language === "ar" ? "en" : "ar";
}

/** The language asked for, else the browser's; Arabic unless the browser prefers English. */
export function preferred(...asked: (string | null | undefined)[]): Language {
  const wanted = asked.map((tag) => tag?.toLowerCase().slice(0, 2)).find(isLanguage);
  return wanted ?? (navigator.language.toLowerCase().startsWith("en") ? "en" : "ar");
}
