/** Where the customer writes: Enter sends, Shift and Enter begin a new line. */
import { h, icon, setAttributes, setText } from "../../shared/dom";
import { direction } from "../../shared/language";
import { MESSAGE_LIMIT } from "../protocol";
import { ICONS } from "./icons";
import type { Deeds, Model, Part } from "./model";

const COUNT_FROM = 900;

export interface Composer extends Part {
  focus(): void;
}

export function composer(deeds: Deeds): Composer {
  const input = h("textarea", {
    id: "input",
    rows: "1",
    autocomplete: "one-time-code",
    enterkeyhint: "send",
    "aria-describedby": "counter",
  });
  const counter = h("p", { id: "counter", class: "counter", "aria-live": "polite" });
  const send = h("button", { type: "submit", class: "send" }, icon(ICONS.send));
  const form = h("form", { class: "composer" }, counter, h("div", { class: "field" }, input, send));
  let model: Model | null = null;

  const draw = (): void => {
    if (model === null) return;
    const { texts, language, state } = model;
    const length = [...input.value.trim()].length;
    const near = length >= COUNT_FROM;
    setText(counter, near ? limitWords(length, texts) : "");
    counter.hidden = !near;
    setAttributes(counter, { "data-over": String(length > MESSAGE_LIMIT) });
    setAttributes(send, { "aria-disabled": String(!sendable(length)), "aria-label": texts.send, title: texts.send });
    setAttributes(input, {
      dir: input.value === "" ? direction(language) : "auto",
      placeholder: texts.placeholder,
      "aria-label": texts.input,
      "aria-invalid": String(length > MESSAGE_LIMIT),
    });
    form.hidden = state.owner === "closed";
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    const text = input.value.trim();
    if (!sendable([...text].length)) return;
    input.value = "";
    grow(input);
    deeds.say(text);
    draw();
    input.focus();
  };
  input.addEventListener("input", () => {
    grow(input);
    draw();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
  });
  form.addEventListener("submit", submit);
  return {
    element: form,
    focus: () => input.focus({ preventScroll: true }),
    update: (next) => {
      model = next;
      draw();
    },
  };
}

/** The limit counts characters as people do, not UTF-16 units. */
function sendable(length: number): boolean {
  return length > 0 && length <= MESSAGE_LIMIT;
}

function limitWords(length: number, texts: Model["texts"]): string {
  return length > MESSAGE_LIMIT ? texts.over(length - MESSAGE_LIMIT) : texts.remaining(MESSAGE_LIMIT - length);
}

/** The stylesheet caps the height; the element's own style property is allowed by every content policy. */
function grow(input: HTMLTextAreaElement): void {
  input.style.blockSize = "auto";
  if (input.value !== "") input.style.blockSize = `${input.scrollHeight}px`;
}
