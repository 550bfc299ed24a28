/** A chat client whose server, clock and chance are in the hand of a test. */
import { afterEach, beforeEach, vi } from "vitest";
import { ChatClient } from "../client";
import type { MessageFrame, WelcomeFrame } from "../protocol";
import type { Kept, Store } from "../storage";
import { SocketByHand, storeInMemory } from "./socket";

const SESSION = { conversationId: "c1", token: "first" };

export interface Bench {
  sockets: SocketByHand[];
  posted: unknown[];
  store: Store;
}
export const bench: Bench = { sockets: [], posted: [], store: storeInMemory() };

/** Call once at the top of a test file. */
export function prepareBench(): void {
  beforeEach(() => {
    vi.useFakeTimers();
    bench.sockets = [];
    bench.posted = [];
    vi.stubGlobal("fetch", (_address: string, request: RequestInit) => {
      bench.posted.push(JSON.parse(request.body as string));
      const body = { conversationId: `new${bench.posted.length}`, token: "fresh", expiresAt: "", language: "ar" };
      return Promise.resolve(new Response(JSON.stringify(body), { status: 201 }));
    });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });
}

export async function settle(ms = 0): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}

export async function start(kept: Partial<Kept> = { session: SESSION }): Promise<ChatClient> {
  bench.store = storeInMemory(kept);
  const openSocket = (address: string): WebSocket => {
    const opened = new SocketByHand(address);
    bench.sockets.push(opened);
    return opened as unknown as WebSocket;
  };
  const around = { openSocket, chance: () => 0 };
  const client = new ChatClient("http://host:8000", bench.store, () => "ar", () => undefined, around);
  client.start();
  await settle();
  return client;
}

export function socket(): SocketByHand {
  const newest = bench.sockets.at(-1);
  if (!newest) throw new Error("no socket was opened");
  return newest;
}

export function welcome(change: Partial<WelcomeFrame> = {}): void {
  socket().open();
  socket().hear({ type: "welcome", conversationId: "c1", lastSeq: 0, language: "ar", owner: "bot", ...change });
}

export function message(seq: number, change: Partial<MessageFrame> = {}): MessageFrame {
  const createdAt = "2026-11-24T08:00:00Z";
  const rest = { language: "ar" as const, createdAt, clientId: null };
  return { type: "message", seq, sender: "bot", text: `m${seq}`, buttons: [], ...rest, ...change };
}
