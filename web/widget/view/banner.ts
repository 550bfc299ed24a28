/** Who owns the conversation when it is not the assistant, and how the connection fares. */
import { h, icon, setAttributes, setText } from "../../shared/dom";
import type { Conversation } from "../conversation";
import type { Texts } from "../texts";
import { ICONS } from "./icons";
import type { Deeds, Part } from "./model";

export function ownerBanner(): Part {
  const words = h("p", { class: "words" });
  const place = h("p", { class: "place" });
  const element = h("div", { class: "banner", role: "status" }, icon(ICONS.agent), h("div", {}, words, place));
  return {
    element,
    update: ({ state, texts }) => {
      const { owner, position } = state;
      element.hidden = owner === "bot" || owner === "closed";
      setAttributes(element, { "data-owner": owner });
      setText(words, element.hidden ? "" : owner === "agent" ? texts.agentHere : texts.queued);
      place.hidden = owner !== "queued" || position === null;
      setText(place, place.hidden ? "" : texts.position(position ?? 0));
    },
  };
}

/** Connection trouble and typing share one status line, the only one a screen reader follows. */
export function statusLine(): Part {
  const dots = h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i"));
  const words = h("span", { class: "words" });
  const element = h("div", { class: "status", role: "status" }, dots, words);
  return {
    element,
    update: ({ state, texts }) => {
      const trouble = linkWords(state, texts);
      const typing = trouble === "" && state.owner === "bot" && state.working.length > 0;
      dots.hidden = !typing;
      setText(words, typing ? texts.typing : trouble);
      setAttributes(element, { "data-kind": typing ? "typing" : trouble === "" ? "quiet" : "trouble" });
    },
  };
}

function linkWords({ link, lastSeq, entries }: Conversation, texts: Texts): string {
  if (link === "offline" || (link === "waiting" && !navigator.onLine)) return texts.offline;
  if (link === "waiting") return texts.waiting;
  return link === "connecting" && (lastSeq > 0 || entries.length > 0) ? texts.connecting : "";
}

export function noticeLine(deeds: Deeds): Part {
  const words = h("p", { dir: "auto" });
  const dismiss = h("button", { type: "button", class: "plain" }, icon(ICONS.close));
  dismiss.addEventListener("click", () => deeds.dismiss());
  const body = h("div", { class: "notice" }, words, dismiss);
  const element = h("div", { role: "alert" }, body);
  return {
    element,
    update: ({ state: { notice }, texts }) => {
      body.hidden = notice === null;
      setText(words, notice === null ? "" : notice.kind === "renewed" ? texts.renewed : notice.text);
      setAttributes(dismiss, { "aria-label": texts.dismiss });
    },
  };
}

export function closing(deeds: Deeds): Part {
  const words = h("p", { role: "status" });
  const again = h("button", { type: "button", class: "primary" });
  again.addEventListener("click", () => deeds.startOver());
  const element = h("div", { class: "closing" }, words, again);
  return {
    element,
    update: ({ state, texts }) => {
      element.hidden = state.owner !== "closed";
      setText(words, element.hidden ? "" : texts.closed);
      setText(again, texts.startOver);
    },
  };
}
