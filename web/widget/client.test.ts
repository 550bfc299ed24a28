/** The customer's deeds reach the server once, whatever the network does. */
import { expect, test } from "vitest";
import { bench, message, prepareBench, settle, socket, start, welcome } from "./testing/bench";

prepareBench();

test("a first visit creates a conversation in the language of the page and greets with its token", async () => {
  await start({});
  socket().open();
  expect(bench.posted).toEqual([{ language: "ar", channel: "widget" }]);
  expect(socket().address).toBe("ws://host:8000/conversations/new1/ws");
  expect(socket().sent).toEqual([{ type: "hello", token: "fresh", resumeFrom: 0 }]);
});

test("a message that comes twice is shown once", async () => {
  const client = await start();
  welcome({ lastSeq: 1 });
  socket().hear(message(1));
  socket().hear(message(1));
  expect(client.state.entries.map((entry) => entry.text)).toEqual(["m1"]);
});

test("a message without echo is sent again after the drop under the same clientId, and its echo settles it", async () => {
  const client = await start();
  welcome();
  client.say("كم فاتورتي؟");
  const first = socket().frames("message")[0];
  socket().drop();
  await settle(500);
  welcome();
  expect(socket().frames("message")).toEqual([first]);
  socket().hear(message(1, { sender: "customer", text: "كم فاتورتي؟", clientId: first?.clientId ?? "" }));
  expect(client.state.entries.map((entry) => entry.state)).toEqual(["sent"]);
  socket().drop();
  await settle(500);
  welcome({ lastSeq: 1 });
  expect(socket().frames("message")).toEqual([]);
});

test("what is written while away waits, in order, and survives a reload of the page", async () => {
  const before = await start();
  before.say("one");
  before.say("two");
  before.stop();
  await start(bench.store.load());
  welcome();
  expect(socket().frames("message").map((frame) => frame.text)).toEqual(["one", "two"]);
});

test("a button is pressed once", async () => {
  const client = await start();
  welcome({ lastSeq: 1 });
  socket().hear(message(1, { buttons: [{ title: "نعم" }, { title: "لا" }] }));
  client.choose({ seq: 1, index: 0 });
  client.choose({ seq: 1, index: 1 });
  expect(socket().frames("choice")).toMatchObject([{ seq: 1, index: 0 }]);
  expect(client.state.entries.at(-1)).toMatchObject({ text: "نعم", state: "sending" });
});

test("a refused message fails with the server's words, and retrying keeps its clientId", async () => {
  const client = await start();
  welcome();
  client.say("hello");
  const clientId = socket().frames("message")[0]?.clientId ?? "";
  socket().hear({ type: "error", code: "rate_limited", text: "Wait a minute.", clientId });
  expect(client.state.entries[0]).toMatchObject({ state: "failed", problem: "Wait a minute." });
  client.retry(clientId);
  expect(socket().frames("message").map((frame) => frame.clientId)).toEqual([clientId, clientId]);
});

test("retrying one message leaves another that is on its way alone", async () => {
  const client = await start();
  welcome();
  client.say("one");
  client.say("two");
  const first = socket().frames("message")[0]?.clientId ?? "";
  socket().hear({ type: "error", code: "rate_limited", text: "", clientId: first });
  client.retry(first);
  expect(socket().frames("message").map((frame) => frame.text)).toEqual(["one", "two", "one"]);
});

test("a message that the server never acknowledges is offered to be sent again", async () => {
  const client = await start();
  welcome();
  client.say("hello");
  await settle(9_000);
  socket().hear({ type: "pong" });
  await settle(7_000);
  expect(client.state.entries[0]?.state).toBe("failed");
});

test("a language chosen while away is told to the server on return", async () => {
  const client = await start();
  client.speak("en");
  welcome({ language: "ar" });
  expect(socket().frames("language")).toEqual([{ type: "language", language: "en" }]);
});

test("starting over leaves the closed conversation for a new one", async () => {
  const client = await start();
  welcome({ owner: "closed", lastSeq: 1 });
  socket().hear(message(1));
  client.startOver();
  await settle();
  expect(client.state.entries).toEqual([]);
  expect(client.state.owner).toBe("bot");
  expect(socket().address).toContain("/new1/");
});
