/** The round button that opens the chat, with the number of unread messages. */
import { h, icon, setAttributes, setText } from "../../shared/dom";
import { unread } from "../conversation";
import { ICONS } from "./icons";
import type { Deeds, Part } from "./model";

export function launcher(deeds: Deeds): Part {
  const badge = h("span", { class: "badge", "aria-hidden": "true" });
  const button = h("button", { type: "button", class: "launcher", "aria-haspopup": "dialog" }, icon(ICONS.chat), badge);
  button.addEventListener("click", () => deeds.open());
  return {
    element: button,
    update: ({ state, texts, open }) => {
      const count = unread(state);
      button.hidden = open;
      badge.hidden = count === 0;
      setText(badge, count > 9 ? "9+" : String(count));
      const label = count === 0 ? texts.open : texts.openUnread(count);
      setAttributes(button, { "aria-label": label, "aria-expanded": String(open), title: texts.open });
    },
  };
}
