/** The connection returns after every kind of loss, and keeps its place. */
import { expect, test } from "vitest";
import { bench, message, prepareBench, settle, socket, start, welcome } from "./testing/bench";

prepareBench();

test("after a drop it resumes from the last number it has seen", async () => {
  const client = await start();
  welcome({ lastSeq: 2 });
  socket().hear(message(1));
  socket().hear(message(2));
  socket().drop();
  expect(client.state.link).toBe("waiting");
  await settle(500);
  socket().open();
  expect(socket().sent).toEqual([{ type: "hello", token: "first", resumeFrom: 2 }]);
});

test("the pauses between attempts double up to half a minute", async () => {
  await start();
  const waits: number[] = [];
  for (let attempt = 0; attempt < 9; attempt += 1) {
    const count = bench.sockets.length;
    socket().drop();
    let waited = 0;
    while (bench.sockets.length === count) {
      await settle(250);
      waited += 250;
    }
    waits.push(waited);
  }
  expect(waits).toEqual([250, 500, 1000, 2000, 4000, 8000, 15000, 15000, 15000]);
});

test("the network's return connects at once, and its loss closes the connection", async () => {
  const client = await start();
  welcome();
  client.lose();
  expect(client.state.link).toBe("offline");
  expect(socket().closed).toBe(true);
  client.wake();
  await settle();
  welcome();
  expect(bench.sockets).toHaveLength(2);
  expect(client.state.link).toBe("online");
});

test("a connection that falls silent is replaced", async () => {
  await start();
  welcome();
  await settle(25_000);
  expect(socket().frames("ping")).toHaveLength(1);
  await settle(10_500);
  expect(bench.sockets).toHaveLength(2);
});

test("a new token takes the place of the old one, also in the store", async () => {
  await start();
  welcome();
  socket().hear({ type: "token", token: "second", expiresAt: "" });
  expect(bench.store.load().session?.token).toBe("second");
  socket().drop();
  await settle(500);
  socket().open();
  expect(socket().frames("hello")[0]?.token).toBe("second");
});

test("an expired token begins a new conversation and says so; typed text stays at hand, unsent", async () => {
  const client = await start();
  client.say("مرحبا");
  socket().open();
  socket().hear({ type: "error", code: "token_expired", text: "", clientId: null });
  await settle();
  expect(bench.posted).toHaveLength(1);
  expect(client.state.notice).toEqual({ kind: "renewed" });
  expect(client.state.entries.map((entry) => entry.state)).toEqual(["failed"]);
  expect(socket().address).toContain("/new1/");
});

test("close code 4401 counts as an expired token", async () => {
  await start();
  socket().drop(4401);
  await settle();
  expect(bench.posted).toHaveLength(1);
});

test("a server that refuses new conversations as well is not asked without pause", async () => {
  await start();
  for (let turn = 0; turn < 2; turn += 1) {
    socket().drop(4401);
    await settle();
  }
  expect(bench.posted).toHaveLength(1);
  await settle(600);
  expect(bench.posted).toHaveLength(2);
});
