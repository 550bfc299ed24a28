/** What the pages share: their language, kept between visits, and the words filled into them. */
import { keep, keptLanguage } from "../../shared/kept";
import { direction, other, type Language } from "../../shared/language";

export type Words = Record<string, string>;
export type Dictionary = Record<Language, Words>;

/** Calls `draw` now and after each switch of language. */
export function speak(dictionary: Dictionary, draw: (language: Language) => void): void {
  let language = keptLanguage();
  const apply = (): void => {
    document.documentElement.lang = language;
    document.documentElement.dir = direction(language);
    fill(dictionary[language]);
    draw(language);
  };
  for (const button of document.querySelectorAll("[data-switch-language]")) {
    button.addEventListener("click", () => {
      language = other(language);
      keep(language);
      apply();
    });
  }
  apply();
}

/** `data-text="key"` is given text, `data-label="key"` an accessible name, `data-hint="key"` a placeholder. */
function fill(words: Words): void {
  each("text", (element, key) => (element.textContent = words[key] ?? ""));
  each("label", (element, key) => element.setAttribute("aria-label", words[key] ?? ""));
  each("hint", (element, key) => element.setAttribute("placeholder", words[key] ?? ""));
  document.title = words["title"] ?? document.title;
}

function each(name: string, write: (element: HTMLElement, key: string) => void): void {
  for (const element of document.querySelectorAll<HTMLElement>(`[data-${name}]`)) {
    write(element, element.dataset[name] ?? "");
  }
}

/** The element with this id, which the page is written to have. */
export function byId<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`The page has no #${id}`);
  return element;
}

export async function fetchJson(address: string): Promise<unknown> {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  return answer.ok ? ((await answer.json()) as unknown) : null;
}

