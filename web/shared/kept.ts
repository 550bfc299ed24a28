/** The reader's language, kept between visits and shared by the pages of this host. */
import { preferred, type Language } from "./language";

const KEY = "hatif:language";

export function keptLanguage(): Language {
  const asked = new URLSearchParams(location.search).get("language");
  try {
    return preferred(asked, localStorage.getItem(KEY));
  } catch {
    return preferred(asked);
  }
}

export function keep(language: Language): void {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Storage is blocked: the choice lasts until the page is left.
  }
}
