/** The frames of docs/gateway.md, and the check that what arrived is one of them. */
import { isLanguage, type Language } from "../shared/language";

export type Owner = "bot" | "queued" | "agent" | "closed";
export type Sender = "customer" | "bot" | "agent" | "system";
export const MESSAGE_LIMIT = 1000;

export type ClientFrame =
  | { type: "hello"; token: string; resumeFrom: number }
  | { type: "message"; clientId: string; text: string }
  | { type: "choice"; clientId: string; seq: number; index: number }
  | { type: "language"; language: Language }
  | { type: "ping" };

export interface WelcomeFrame {
  type: "welcome";
  conversationId: string;
  lastSeq: number;
  language: Language;
  owner: Owner;
}
export interface MessageFrame {
  type: "message";
  seq: number;
  sender: Sender;
  text: string;
  buttons: { title: string }[];
  language: Language | null;
  createdAt: string;
  clientId: string | null;
}
export interface TurnFrame {
  type: "turn";
  clientId: string;
  state: "working" | "delayed" | "done" | "failed";
}
export interface OwnerFrame {
  type: "owner";
  owner: Owner;
  position: number | null;
}
export interface TokenFrame {
  type: "token";
  token: string;
  expiresAt: string;
}
export interface ErrorFrame {
  type: "error";
  code: string;
  text: string;
  clientId: string | null;
}
export type ServerFrame =
  | WelcomeFrame
  | MessageFrame
  | TurnFrame
  | OwnerFrame
  | TokenFrame
  | ErrorFrame
  | { type: "pong" };

type Raw = Record<string, unknown>;
type Reader = (raw: Raw) => ServerFrame | null;

const OWNERS = ["bot", "queued", "agent", "closed"];
const SENDERS = ["customer", "bot", "agent", "system"];
const TURNS = ["working", "delayed", "done", "failed"];

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const textOrNull = (value: unknown): string | null => (typeof value === "string" ? value : null);
const numberOrNull = (value: unknown): number | null => (typeof value === "number" ? value : null);
const languageOrNull = (value: unknown): Language | null => (isLanguage(value) ? value : null);
const isOwner = (value: unknown): value is Owner => OWNERS.includes(value as string);

function buttons(value: unknown): { title: string }[] {
  if (!Array.isArray(value)) return [];
  return value.map((button: Raw | null) => ({ title: text(button?.["title"]) }));
}

const READERS: Record<ServerFrame["type"], Reader> = {
  welcome: (raw) => {
    const { lastSeq, owner, language } = raw;
    if (typeof lastSeq !== "number" || !isOwner(owner) || !isLanguage(language)) return null;
    return { type: "welcome", conversationId: text(raw["conversationId"]), lastSeq, owner, language };
  },
  message: (raw) => {
    const { seq, sender } = raw;
    if (typeof seq !== "number" || !SENDERS.includes(sender as string)) return null;
    return {
      type: "message",
      seq,
      sender: sender as Sender,
      text: text(raw["text"]),
      buttons: buttons(raw["buttons"]),
      language: languageOrNull(raw["language"]),
      createdAt: text(raw["createdAt"]),
      clientId: textOrNull(raw["clientId"]),
    };
  },
  turn: (raw) => {
    if (!TURNS.includes(raw["state"] as string)) return null;
    return { type: "turn", clientId: text(raw["clientId"]), state: raw["state"] as TurnFrame["state"] };
  },
  owner: (raw) => {
    if (!isOwner(raw["owner"])) return null;
    return { type: "owner", owner: raw["owner"], position: numberOrNull(raw["position"]) };
  },
  token: (raw) => {
    if (typeof raw["token"] !== "string") return null;
    return { type: "token", token: raw["token"], expiresAt: text(raw["expiresAt"]) };
  },
  error: (raw) => ({
    type: "error",
    code: text(raw["code"]),
    text: text(raw["text"]),
    clientId: textOrNull(raw["clientId"]),
  }),
  pong: () => ({ type: "pong" }),
};

/** The frame in a WebSocket message; null for what this version does not know. */
export function readFrame(data: unknown): ServerFrame | null {
  if (typeof data !== "string") return null;
  let raw: unknown;
  try {
    raw = JSON.parse(data);
  } catch {
    return null;
  }
  if (typeof raw !== "object" || raw === null) return null;
  const kind = (raw as Raw)["type"];
  if (typeof kind !== "string" || !Object.hasOwn(READERS, kind)) return null;
  return READERS[kind as ServerFrame["type"]](raw as Raw);
}
