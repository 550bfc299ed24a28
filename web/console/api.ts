/** The one way to the server: the typed client, with the caller's token and language, and refusals as sentences. */
import createClient, { type Middleware } from "openapi-fetch";
import type { Language } from "../shared/language";
import type { paths } from "../contract/schema";
import { session } from "./session";

/** What the server says no with: a sentence in the reader's language. Status 0: it did not answer at all. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly sentence: string,
  ) {
    super(sentence);
  }
}

let language: Language = "ar";

export function speak(spoken: Language): void {
  language = spoken;
}

const carrying: Middleware = {
  onRequest({ request }) {
    const token = session.get()?.token;
    if (token) request.headers.set("Authorization", `Bearer ${token}`);
    request.headers.set("Accept-Language", language);
    return request;
  },
  async onResponse({ request, response }) {
    if (response.ok) return response;
    if (response.status === 401 && request.headers.has("Authorization")) session.end("expired");
    throw await refusalOf(response);
  },
  onError() {
    return new Refusal(0, "");
  },
};

/** TMF APIs say `reason`, our own `title` (RFC 9457). */
export async function refusalOf(response: Response): Promise<Refusal> {
  const body = (await response.json().catch(() => ({}))) as { reason?: string; title?: string };
  return new Refusal(response.status, body.reason ?? body.title ?? "");
}

export const api = createClient<paths>({
  baseUrl: location.origin,
  fetch: (request) => globalThis.fetch(request),
});
api.use(carrying);

/** The body of an answer that is there: anything else was thrown as a refusal. */
export function body<Data>(answer: { data?: Data }): Data {
  if (answer.data === undefined) throw new Refusal(0, "");
  return answer.data;
}

export interface Listed<Row> {
  rows: Row[];
  total: number;
}

export function listed<Row>(answer: { data?: Row[]; response: Response }): Listed<Row> {
  const rows = body(answer);
  return { rows, total: Number(answer.response.headers.get("X-Total-Count") ?? rows.length) };
}
