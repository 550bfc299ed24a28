/** One message as nodes. */
import { h, icon, setAttributes, setText, type Child } from "../../shared/dom";
import type { Entry } from "../conversation";
import { pieces, type Piece } from "../../shared/inline";
import type { Texts } from "../texts";
import { clock } from "../time";
import { ICONS } from "./icons";
import type { Deeds, Model } from "./model";

const WHOLE_UP_TO = 20;

export interface Place {
  /** The first of several in a row by the same sender; the last of them. */
  first: boolean;
  last: boolean;
  choosable: boolean;
}
export interface Bubble {
  element: HTMLElement;
  update(entry: Entry, place: Place, model: Model): void;
}

export function bubble(entry: Entry, texts: Texts, deeds: Deeds): Bubble {
  const sender = h("span", { class: "sender" });
  const text = h("div", { class: "text", dir: "auto", lang: entry.language }, ...words(entry, texts));
  const foot = h("div", { class: "foot" });
  const choices = buttons(entry, deeds);
  const element = h("div", { class: "message", "data-sender": entry.sender }, sender, text, choices, foot);
  return {
    element,
    update: (now, place, model) => {
      setText(sender, model.texts.senders[now.sender]);
      const [first, last] = [String(place.first), String(place.last)];
      setAttributes(element, { "data-first": first, "data-last": last, "data-state": now.state });
      if (choices) enable(choices, place.choosable, model.texts);
      drawFoot(foot, now, model, deeds);
    },
  };
}

function words(entry: Entry, texts: Texts): Node[] {
  return pieces(entry.text, entry.sender === "bot" || entry.sender === "agent").map((piece) => node(piece, texts));
}

function node(piece: Piece, texts: Texts): Node {
  if (piece.kind === "text") return document.createTextNode(piece.text);
  if (piece.kind === "ltr") return h("bdi", { dir: "ltr", class: isShort(piece.text) ? "whole" : null }, piece.text);
  const link = { href: piece.text, target: "_blank", rel: "noopener noreferrer nofollow", dir: "ltr" };
  return h("a", link, piece.text, h("span", { class: "unseen" }, ` (${texts.opensNewTab})`));
}

/** A date or a number is not broken at the end of a line; a long run may be. */
function isShort(run: string): boolean {
  return run.length <= WHOLE_UP_TO;
}

function buttons({ buttons: titles, seq }: Entry, deeds: Deeds): HTMLElement | null {
  if (titles.length === 0 || seq === null) return null;
  const row = h("div", { class: "choices", role: "group" });
  titles.forEach((title, index) => {
    const button = h("button", { type: "button", class: "choice", dir: "auto" }, title);
    button.addEventListener("click", () => deeds.choose({ seq, index }));
    row.append(button);
  });
  return row;
}

function enable(choices: HTMLElement, yes: boolean, texts: Texts): void {
  setAttributes(choices, { "aria-label": texts.choices });
  for (const button of choices.querySelectorAll("button")) button.disabled = !yes;
}

function drawFoot(foot: HTMLElement, entry: Entry, model: Model, deeds: Deeds): void {
  const signature = [entry.state, entry.problem, entry.createdAt, model.language].join("|");
  if (foot.dataset["drawn"] === signature) return;
  foot.dataset["drawn"] = signature;
  foot.replaceChildren(...(entry.state === "failed" ? failure(entry, model.texts, deeds) : stamp(entry, model)));
}

function stamp(entry: Entry, { language }: Model): Node[] {
  const time = h("time", { datetime: entry.createdAt }, clock(entry.createdAt, language));
  return entry.sender === "customer" ? [time, icon(ICONS[entry.state === "sent" ? "sent" : "sending"])] : [time];
}

function failure(entry: Entry, texts: Texts, deeds: Deeds): Node[] {
  const again = h("button", { type: "button", class: "retry" }, texts.retry);
  again.addEventListener("click", () => deeds.retry(entry.clientId ?? ""));
  const reason: Child = entry.problem ?? texts.failed;
  return [h("span", { class: "problem", dir: "auto" }, reason), again];
}
