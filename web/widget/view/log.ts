/** The messages in order, drawn once each, with days between them. */
import { h, icon, setAttributes, setText } from "../../shared/dom";
import { choosable, isReplaying, type Entry } from "../conversation";
import { dayName, dayOf } from "../time";
import { bubble, type Bubble } from "./bubble";
import { ICONS } from "./icons";
import type { Deeds, Model, Part } from "./model";
import { welcome } from "./welcome";

/** Nearer to the end than this counts as being at the end. */
const NEAR_END_PX = 80;

export interface Log extends Part {
  focus(): void;
}

export function log(deeds: Deeds): Log {
  const greeting = welcome(deeds);
  const list = h("div", { class: "log", role: "log", "aria-live": "polite", tabindex: "0" }, greeting.element);
  const newest = h("button", { type: "button", class: "newest" }, icon(ICONS.down));
  const bubbles = new Map<string, Bubble>();
  const days = new Map<string, HTMLElement>();
  let shown: { open: boolean; count: number } = { open: false, count: 0 };
  let pinned = true;

  const atEnd = (): boolean => list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END_PX;
  const toEnd = (): void => {
    list.scrollTop = list.scrollHeight;
  };
  const mark = (): void => {
    pinned = atEnd();
    newest.hidden = pinned;
  };
  /** A banner, a longer input or a keyboard takes room: who reads the end goes on reading it. */
  new ResizeObserver(() => {
    if (pinned) toEnd();
  }).observe(list);
  list.addEventListener("scroll", mark, { passive: true });
  newest.addEventListener("click", toEnd);

  const update = (model: Model): void => {
    const { state, texts } = model;
    const follow = pinned || (model.open && !shown.open) || hasOwnNew(state.entries, shown.count);
    setAttributes(list, { "aria-label": texts.log, "aria-live": isReplaying(state) ? "off" : "polite" });
    setAttributes(newest, { "aria-label": texts.toNewest, title: texts.toNewest });
    greeting.update(model);
    arrange(list, [greeting.element, ...nodes(model, bubbles, days, deeds)]);
    shown = { open: model.open, count: state.entries.length };
    if (follow) toEnd();
    mark();
  };
  return { element: h("div", { class: "log-frame" }, list, newest), update, focus: () => list.focus() };
}

function hasOwnNew(entries: readonly Entry[], before: number): boolean {
  return entries.length > before && entries.at(-1)?.sender === "customer";
}

/** The same message keeps its key, and so its node, when the server numbers it. */
function keyOf(entry: Entry): string {
  return entry.clientId ?? `#${entry.seq}`;
}

function nodes(
  model: Model,
  bubbles: Map<string, Bubble>,
  days: Map<string, HTMLElement>,
  deeds: Deeds,
): HTMLElement[] {
  const { entries } = model.state;
  const open = choosable(model.state);
  const result: HTMLElement[] = [];
  entries.forEach((entry, index) => {
    const [before, after] = [entries[index - 1], entries[index + 1]];
    const first = !follows(before, entry);
    if (dayOf(entry.createdAt) !== dayOf(before?.createdAt ?? "")) result.push(daySeparator(entry, model, days));
    const key = keyOf(entry);
    const drawn = bubbles.get(key) ?? bubble(entry, model.texts, deeds);
    bubbles.set(key, drawn);
    const last = after === undefined || !follows(entry, after);
    drawn.update(entry, { first, last, choosable: entry === open }, model);
    result.push(drawn.element);
  });
  return result;
}

/** The second continues the first: same sender, same day. */
function follows(first: Entry | undefined, second: Entry): boolean {
  return first?.sender === second.sender && dayOf(first.createdAt) === dayOf(second.createdAt);
}

function daySeparator(entry: Entry, { language, texts }: Model, days: Map<string, HTMLElement>): HTMLElement {
  const day = dayOf(entry.createdAt);
  const line = days.get(day) ?? h("div", { class: "day" }, h("span"));
  days.set(day, line);
  if (line.firstElementChild) setText(line.firstElementChild, dayName(entry.createdAt, language, texts, new Date()));
  return line;
}

/** Moves only what is out of place, so that a live region does not repeat itself. */
function arrange(list: HTMLElement, wanted: HTMLElement[]): void {
  const keep = new Set<Element>(wanted);
  for (const child of [...list.children]) if (!keep.has(child)) child.remove();
  wanted.forEach((node, index) => {
    if (list.children[index] !== node) list.insertBefore(node, list.children[index] ?? null);
  });
}
