/** Tokens go with each request; a refusal is its sentence; an expired token ends the session. */
import { afterEach, expect, test, vi } from "vitest";
import { api, listed, Refusal, speak } from "./api";
import { session } from "./session";

const NOBODY = { token: "t", role: "billing", username: "billing" };

function answering(status: number, said: unknown, headers: Record<string, string> = {}): Request[] {
  const asked: Request[] = [];
  vi.stubGlobal("fetch", (request: Request) => {
    asked.push(request);
    return Promise.resolve(new Response(JSON.stringify(said), { status, headers }));
  });
  return asked;
}

afterEach(() => {
  vi.unstubAllGlobals();
  session.begin(NOBODY);
  session.end("signedOut");
});

test("a request carries the token and the language", async () => {
  const asked = answering(200, [{ runNo: "RUN-1" }], { "X-Total-Count": "41" });
  session.begin(NOBODY);
  speak("en");
  const answer = listed(await api.GET("/billing/v1/billRun", { params: { query: { limit: 1 } } }));
  expect(answer.total).toBe(41);
  expect(asked[0]?.headers.get("Authorization")).toBe("Bearer t");
  expect(asked[0]?.headers.get("Accept-Language")).toBe("en");
});

test.each([{ reason: "لا تملك صلاحية." }, { title: "لا تملك صلاحية." }])("a refusal is its sentence", async (said) => {
  answering(403, said);
  session.begin(NOBODY);
  const refused = await api.GET("/billing/v1/billRun", {}).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Refusal);
  expect((refused as Refusal).sentence).toBe("لا تملك صلاحية.");
  expect(session.get()).not.toBeNull();
});

test("an expired token ends the session and says why", async () => {
  answering(401, { title: "You need to sign in." });
  session.begin(NOBODY);
  await api.GET("/billing/v1/billRun", {}).catch(() => null);
  expect(session.get()).toBeNull();
  expect(session.ended()).toBe("expired");
});

test("a wrong password is not an expired session", async () => {
  answering(401, { title: "The user name or the password is wrong." });
  await api.POST("/access/v1/token", { body: { username: "x", password: "y" } }).catch(() => null);
  expect(session.ended()).toBe("signedOut");
});

test("the session is kept in the tab only", () => {
  session.begin(NOBODY);
  expect(sessionStorage.getItem("hatif:console:session")).toContain("billing");
  expect(JSON.stringify({ ...localStorage })).not.toContain("billing");
  session.end("signedOut");
  expect(sessionStorage.getItem("hatif:console:session")).toBeNull();
});
