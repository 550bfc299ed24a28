/** The addresses of the gateway, and the one request that is not a WebSocket frame. */
import { isLanguage, type Language } from "../shared/language";

const PATIENCE_MS = 10_000;

export interface Session {
  conversationId: string;
  token: string;
}

/** The origin of a script or page address, without a trailing slash. */
export function originOf(address: string): string {
  return new URL(address, location.href).origin;
}

export function socketAddress(server: string, conversationId: string): string {
  return `${server.replace(/^http/, "ws")}/conversations/${encodeURIComponent(conversationId)}/ws`;
}

/** Begins a conversation; rejects when the server cannot be reached or refuses. */
export async function createConversation(server: string, language: Language): Promise<Session> {
  const answer = await fetch(`${server}/conversations`, {
    method: "POST",
    credentials: "omit",
    signal: AbortSignal.timeout(PATIENCE_MS),
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ language, channel: "widget" }),
  });
  if (!answer.ok) throw new Error(`POST /conversations answered ${answer.status}`);
  const body = (await answer.json()) as Partial<Session> & { language?: unknown };
  if (typeof body.conversationId !== "string" || typeof body.token !== "string" || !isLanguage(body.language)) {
    throw new Error("POST /conversations answered something else");
  }
  return { conversationId: body.conversationId, token: body.token };
}
