/** What stands in an empty log: who this is, and a few things to begin with. */
import { h, setAttributes, setText } from "../../shared/dom";
import type { Deeds, Part } from "./model";

export function welcome(deeds: Deeds): Part {
  const title = h("p", { class: "welcome-title" });
  const body = h("p", {});
  const privacy = h("p", { class: "privacy" });
  const suggestions = h("div", { class: "suggestions", role: "group" });
  const element = h("section", { class: "welcome" }, title, body, suggestions, privacy);
  return {
    element,
    update: ({ state, texts }) => {
      element.hidden = state.entries.length > 0;
      setText(title, texts.welcome);
      setText(body, texts.welcomeBody);
      setText(privacy, texts.privacy);
      setAttributes(suggestions, { "aria-label": texts.choices });
      if (suggestions.firstChild?.textContent === texts.suggestions[0]) return;
      suggestions.replaceChildren(...texts.suggestions.map((phrase) => suggestion(phrase, deeds)));
    },
  };
}

function suggestion(phrase: string, deeds: Deeds): HTMLElement {
  const button = h("button", { type: "button", class: "suggestion" }, phrase);
  button.addEventListener("click", () => deeds.say(phrase));
  return button;
}
