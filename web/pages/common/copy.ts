/** A button that copies a value, and says so for a moment. */
import { h } from "../../shared/dom";

const SAID_FOR_MS = 1600;

export interface CopyWords {
  copy: string;
  copied: string;
}

export function copyButton(value: string, words: CopyWords): HTMLButtonElement {
  const said = h("span", { class: "said", role: "status" });
  const label = `${words.copy}: ${value}`;
  const button = h("button", { type: "button", class: "copy", "aria-label": label, title: words.copy });
  button.append(h("bdi", { dir: "ltr" }, value), said);
  button.addEventListener("click", () => {
    void copy(value, button).then((done) => {
      said.textContent = done ? words.copied : "";
      setTimeout(() => (said.textContent = ""), SAID_FOR_MS);
    });
  });
  return button;
}

/** Without a secure context there is no clipboard: the value is selected instead, ready for the keyboard. */
async function copy(value: string, shown: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(value);
    return true;
  } catch {
    const first = shown.firstElementChild;
    if (first) getSelection()?.selectAllChildren(first);
    return false;
  }
}
