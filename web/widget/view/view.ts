/** Puts the parts together in the shadow root, and keeps the focus where the reader expects it. */
import { h, setAttributes, setText } from "../../shared/dom";
import { direction } from "../../shared/language";
import { isReplaying, unread } from "../conversation";
import { closing, noticeLine, ownerBanner, statusLine } from "./banner";
import { composer } from "./composer";
import { header } from "./header";
import { launcher } from "./launcher";
import { log } from "./log";
import type { Deeds, Model, Part } from "./model";

export interface View {
  update(model: Model): void;
  focusInput(): void;
  focusLauncher(): void;
  /** After a button has gone: to the input, or to the messages where a keyboard would cover the screen. */
  keepFocus(): void;
}

export function view(root: ShadowRoot, deeds: Deeds): View {
  const button = launcher(deeds);
  const write = composer(deeds);
  const messages = log(deeds);
  const news = unreadNews();
  const inside = [header(deeds), ownerBanner(), messages, statusLine(), noticeLine(deeds), closing(deeds), write];
  const panel = h(
    "div",
    { class: "panel", role: "dialog", "aria-labelledby": "name", hidden: true },
    ...inside.map((part) => part.element),
  );
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    deeds.close();
  });
  const all: Part[] = [button, news, ...inside];
  const frame = h("div", { class: "frame" }, panel, button.element, news.element);
  root.append(frame);
  return {
    update: (model) => {
      setAttributes(frame, { dir: direction(model.language), lang: model.language });
      panel.hidden = !model.open;
      for (const part of all) part.update(model);
    },
    focusInput: () => write.focus(),
    focusLauncher: () => button.element.focus(),
    keepFocus: () => {
      if (matchMedia("(pointer: coarse)").matches) messages.focus();
      else write.focus();
    },
  };
}

/** Tells a screen reader of messages that arrive while the chat is closed. */
function unreadNews(): Part {
  const element = h("p", { class: "unseen", role: "status" });
  return {
    element,
    update: ({ state, texts, open }) => {
      const count = open || isReplaying(state) ? 0 : unread(state);
      setText(element, count === 0 ? "" : texts.openUnread(count));
    },
  };
}
