/** What the customer sees, as a value: every frame and every deed of theirs gives the next one. Pure. */
import type { Language } from "../shared/language";
import type { ErrorFrame, MessageFrame, Owner, Sender, ServerFrame, TurnFrame, WelcomeFrame } from "./protocol";

export type Link = "idle" | "connecting" | "online" | "waiting" | "offline";
export interface Choice {
  seq: number;
  index: number;
}
export interface Entry {
  seq: number | null;
  clientId: string | null;
  sender: Sender;
  text: string;
  buttons: readonly string[];
  language: Language | null;
  createdAt: string;
  state: "sending" | "sent" | "failed";
  problem: string | null;
  choice: Choice | null;
}
export type Notice = { kind: "renewed" } | { kind: "server"; text: string };
export interface Conversation {
  /** Numbered messages by rising number, then the customer's own that have none yet. */
  entries: readonly Entry[];
  lastSeq: number;
  lastRead: number;
  /** History is arriving until this number is reached. */
  replayUntil: number;
  owner: Owner;
  position: number | null;
  working: readonly string[];
  link: Link;
  notice: Notice | null;
}
export type Deed =
  | { type: "composed"; entry: Entry }
  | { type: "marked"; clientId: string; state: "sending" | "failed" }
  | { type: "link"; link: Link }
  | { type: "read" }
  | { type: "dismissed" }
  | { type: "restarted"; renewed: boolean };

export const NEW: Conversation = {
  entries: [],
  lastSeq: 0,
  lastRead: 0,
  replayUntil: 0,
  owner: "bot",
  position: null,
  working: [],
  link: "idle",
  notice: null,
};

export function reduce(now: Conversation, event: ServerFrame | Deed): Conversation {
  switch (event.type) {
    case "welcome":
      return welcomed(now, event);
    case "message":
      return received(now, event);
    case "turn":
      return { ...now, working: workingAfter(now.working, event) };
    case "owner":
      return { ...now, owner: event.owner, position: event.position };
    case "error":
      return refused(now, event);
    default:
      return local(now, event);
  }
}

function local(now: Conversation, event: ServerFrame | Deed): Conversation {
  switch (event.type) {
    case "composed":
      return { ...now, entries: [...withoutFailedChoice(now.entries, event.entry), event.entry], notice: null };
    case "marked":
      return { ...now, entries: marked(now.entries, event.clientId, event.state, null) };
    case "link":
      return { ...now, link: event.link, working: event.link === "online" ? now.working : [] };
    case "read":
      return { ...now, lastRead: now.lastSeq };
    case "dismissed":
      return { ...now, notice: null };
    case "restarted":
      return restarted(now, event.renewed);
    default:
      return now;
  }
}

function welcomed(now: Conversation, frame: WelcomeFrame): Conversation {
  const replayUntil = now.lastSeq === 0 ? frame.lastSeq : now.replayUntil;
  const position = frame.owner === now.owner ? now.position : null;
  const notice = now.notice?.kind === "server" ? null : now.notice;
  return { ...now, owner: frame.owner, position, replayUntil, notice };
}

function received(now: Conversation, frame: MessageFrame): Conversation {
  if (now.entries.some((entry) => entry.seq === frame.seq)) return now;
  const mine = now.entries.find((entry) => entry.clientId !== null && entry.clientId === frame.clientId);
  const entry: Entry = {
    seq: frame.seq,
    clientId: frame.clientId,
    sender: frame.sender,
    text: frame.text,
    buttons: frame.buttons.map((button) => button.title),
    language: frame.language,
    createdAt: frame.createdAt,
    state: "sent",
    problem: null,
    choice: mine?.choice ?? null,
  };
  const entries = [...now.entries.filter((known) => known !== mine), entry].sort(byNumber);
  return { ...now, entries, lastSeq: Math.max(now.lastSeq, frame.seq) };
}

function byNumber(left: Entry, right: Entry): number {
  if (left.seq === null || right.seq === null) return Number(left.seq === null) - Number(right.seq === null);
  return left.seq - right.seq;
}

function workingAfter(working: readonly string[], frame: TurnFrame): readonly string[] {
  const others = working.filter((clientId) => clientId !== frame.clientId);
  return frame.state === "working" ? [...others, frame.clientId] : others;
}

/** A message the server has numbered is safe: an error about it is only a notice. */
function refused(now: Conversation, frame: ErrorFrame): Conversation {
  const waiting = now.entries.some((entry) => entry.seq === null && entry.clientId === frame.clientId);
  if (waiting && frame.clientId !== null) {
    return { ...now, entries: marked(now.entries, frame.clientId, "failed", frame.text) };
  }
  return { ...now, notice: { kind: "server", text: frame.text } };
}

function marked(
  entries: readonly Entry[],
  clientId: string,
  state: Entry["state"],
  problem: string | null,
): readonly Entry[] {
  return entries.map((entry) =>
    entry.clientId === clientId && entry.seq === null ? { ...entry, state, problem } : entry,
  );
}

function withoutFailedChoice(entries: readonly Entry[], next: Entry): readonly Entry[] {
  if (next.choice === null) return entries;
  return entries.filter((entry) => !(entry.state === "failed" && entry.choice?.seq === next.choice?.seq));
}

/** A new conversation; after an expiry, typed text that never arrived stays at hand, to be sent again or not. */
function restarted(now: Conversation, renewed: boolean): Conversation {
  if (!renewed) return { ...NEW, link: now.link };
  const entries = now.entries
    .filter((entry) => entry.seq === null && entry.choice === null)
    .map((entry) => ({ ...entry, state: "failed" as const, problem: null }));
  return { ...NEW, link: now.link, entries, notice: { kind: "renewed" } };
}

export function isReplaying(now: Conversation): boolean {
  return now.replayUntil > now.lastSeq;
}

export function unread(now: Conversation): number {
  return now.entries.filter((entry) => entry.sender !== "customer" && (entry.seq ?? 0) > now.lastRead).length;
}

/** The message whose buttons may be pressed: the newest with buttons, until the customer has answered it. */
export function choosable(now: Conversation): Entry | null {
  if (now.owner === "closed") return null;
  const live = now.entries.filter((entry) => entry.state !== "failed");
  const newest = live.findLast((entry) => entry.buttons.length > 0 || entry.sender === "customer");
  return newest !== undefined && newest.buttons.length > 0 ? newest : null;
}

export function unsent(now: Conversation): readonly Entry[] {
  return now.entries.filter((entry) => entry.seq === null);
}
