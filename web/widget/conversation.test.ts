/** What the customer sees after each event. */
import { expect, test } from "vitest";
import { choosable, isReplaying, NEW, reduce, unread, type Conversation, type Deed, type Entry } from "./conversation";
import { readFrame, type ServerFrame } from "./protocol";
import { message } from "./testing/bench";

function after(...events: (ServerFrame | Deed)[]): Conversation {
  return events.reduce(reduce, NEW);
}

function composed(clientId: string, choice: Entry["choice"] = null): Deed {
  const entry: Entry = {
    seq: null, clientId, sender: "customer", text: clientId, buttons: [], language: null,
    createdAt: "2026-11-24T08:00:00Z", state: "sending", problem: null, choice,
  };
  return { type: "composed", entry };
}

const YES_NO = { buttons: [{ title: "نعم" }, { title: "لا" }] };

test("messages stand in the order of their numbers, the unsent ones last", () => {
  const now = after(message(2), composed("a"), message(1), message(3));
  expect(now.entries.map((entry) => entry.text)).toEqual(["m1", "m2", "m3", "a"]);
  expect(now.lastSeq).toBe(3);
});

test("buttons may be pressed until the customer answers", () => {
  expect(choosable(after(message(1, YES_NO)))?.seq).toBe(1);
  expect(choosable(after(message(1, YES_NO), composed("a")))).toBeNull();
});

test("buttons of a newer message close those of an older one", () => {
  expect(choosable(after(message(1, YES_NO), message(2, YES_NO)))?.seq).toBe(2);
});

test("news without buttons leave the open question open", () => {
  expect(choosable(after(message(1, YES_NO), message(2, { sender: "system" })))?.seq).toBe(1);
});

test("a press that failed gives the buttons back, and a second press takes its place", () => {
  const failed = after(message(1, YES_NO), composed("a", { seq: 1, index: 0 }), { type: "marked", clientId: "a", state: "failed" });
  expect(choosable(failed)?.seq).toBe(1);
  const again = reduce(failed, composed("b", { seq: 1, index: 1 }));
  expect(again.entries.map((entry) => entry.text)).toEqual(["m1", "b"]);
});

test("a closed conversation offers no buttons", () => {
  expect(choosable(after(message(1, YES_NO), { type: "owner", owner: "closed", position: null }))).toBeNull();
});

test("an error about a message that the server has numbered is only a notice", () => {
  const now = after(composed("a"), message(1, { sender: "customer", clientId: "a" }), {
    type: "error", code: "unavailable", text: "نعتذر", clientId: "a",
  });
  expect(now.entries[0]?.state).toBe("sent");
  expect(now.notice).toEqual({ kind: "server", text: "نعتذر" });
});

test("the server's trouble is forgotten once it is back", () => {
  const trouble: ServerFrame = { type: "error", code: "unavailable", text: "الخدمة غير متاحة", clientId: null };
  const welcome: ServerFrame = { type: "welcome", conversationId: "c", lastSeq: 0, language: "ar", owner: "bot" };
  expect(after(trouble).notice).not.toBeNull();
  expect(after(trouble, welcome).notice).toBeNull();
});

test("typing shows from working to done, and ends with the connection", () => {
  const working: ServerFrame = { type: "turn", clientId: "a", state: "working" };
  expect(after(working).working).toEqual(["a"]);
  expect(after(working, { type: "turn", clientId: "a", state: "done" }).working).toEqual([]);
  expect(after(working, { type: "turn", clientId: "a", state: "failed" }).working).toEqual([]);
  expect(after(working, { type: "turn", clientId: "a", state: "delayed" }).working).toEqual([]);
  expect(after(working, { type: "link", link: "waiting" }).working).toEqual([]);
});

test("history is replayed silently, what was missed in a drop is not", () => {
  const welcome: ServerFrame = { type: "welcome", conversationId: "c", lastSeq: 2, language: "ar", owner: "bot" };
  const loading = after(welcome, message(1));
  expect(isReplaying(loading)).toBe(true);
  const loaded = reduce(loading, message(2));
  expect(isReplaying(loaded)).toBe(false);
  expect(isReplaying(reduce(loaded, { ...welcome, lastSeq: 4 }))).toBe(false);
});

test("unread counts what others have said since the chat was last open", () => {
  const now = after(message(1), { type: "read" }, message(2), message(3, { sender: "customer" }), message(4, { sender: "agent" }));
  expect(unread(now)).toBe(2);
  expect(unread(reduce(now, { type: "read" }))).toBe(0);
});

test("frames that are not of the protocol are ignored", () => {
  for (const data of ["", "[]", "null", "7", '{"type":"toString"}', '{"type":"message","seq":"1"}', '{"type":"owner","owner":"cat"}', 5]) {
    expect(readFrame(data)).toBeNull();
  }
  expect(readFrame('{"type":"message","seq":1,"sender":"bot"}')).toMatchObject({ text: "", buttons: [], clientId: null });
});
