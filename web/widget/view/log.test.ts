/** Messages become nodes, never markup. */
import { expect, test, vi } from "vitest";
import { NEW, reduce, type Conversation } from "../conversation";
import type { ServerFrame } from "../protocol";
import { message } from "../testing/bench";
import { TEXTS } from "../texts";
import { log } from "./log";
import type { Deeds } from "./model";

const deeds: Deeds = {
  open: vi.fn(), close: vi.fn(), switchLanguage: vi.fn(), say: vi.fn(),
  choose: vi.fn(), retry: vi.fn(), startOver: vi.fn(), dismiss: vi.fn(),
};

function drawn(...frames: ServerFrame[]): { element: HTMLElement; draw(state: Conversation): void; state: Conversation } {
  const part = log(deeds);
  const draw = (state: Conversation): void => part.update({ state, language: "ar", texts: TEXTS.ar, open: true });
  const state = frames.reduce(reduce, NEW);
  draw(state);
  return { element: part.element, draw, state };
}

test("markup in a message is shown as text", () => {
  const text = '<img src=x onerror="alert(1)"><script>alert(2)</script>';
  const { element } = drawn(message(1, { text }), message(2, { text, sender: "customer" }));
  expect(element.querySelectorAll("img, script")).toHaveLength(0);
  expect(element.querySelectorAll(".text")[0]?.textContent).toBe(text);
});

test("a web address becomes a link that gives nothing away", () => {
  const { element } = drawn(message(1, { text: "راجع https://hatif.example/b/1." }), message(2, { text: "javascript:alert(1)" }));
  const links = [...element.querySelectorAll("a")];
  expect(links.map((link) => link.getAttribute("href"))).toEqual(["https://hatif.example/b/1"]);
  expect(links[0]?.rel).toBe("noopener noreferrer nofollow");
});

test("a message keeps its direction, its language, and its numbers whole", () => {
  const { element } = drawn(message(1, { text: "المبلغ 115.00 ريال" }));
  const text = element.querySelector(".text");
  expect(text?.getAttribute("dir")).toBe("auto");
  expect(text?.getAttribute("lang")).toBe("ar");
  expect(text?.querySelector("bdi")?.textContent).toBe("115.00");
});

test("quick replies press their own number, and are disabled once answered", () => {
  const { element, draw, state } = drawn(message(1, { buttons: [{ title: "نعم" }, { title: "لا" }] }));
  const buttons = [...element.querySelectorAll<HTMLButtonElement>("button.choice")];
  buttons[1]?.click();
  expect(deeds.choose).toHaveBeenCalledWith({ seq: 1, index: 1 });
  draw(reduce(state, message(2, { sender: "customer", text: "لا" })));
  expect(buttons.map((button) => button.disabled)).toEqual([true, true]);
});

test("a message keeps its node when news arrive, so that it is announced once", () => {
  const { element, draw, state } = drawn(message(1));
  const before = element.querySelector(".message");
  draw(reduce(state, message(2)));
  expect(element.querySelector(".message")).toBe(before);
  expect(element.querySelectorAll(".message")).toHaveLength(2);
});

test("messages in a row by one sender form a group, whose last one carries the time", () => {
  const { element } = drawn(message(1), message(2), message(3, { sender: "agent" }));
  const marks = [...element.querySelectorAll<HTMLElement>(".message")].map(({ dataset }) => [dataset["first"], dataset["last"]]);
  expect(marks).toEqual([["true", "false"], ["false", "true"], ["true", "true"]]);
});

test("days are separated, and the log is silent while history arrives", () => {
  const welcome: ServerFrame = { type: "welcome", conversationId: "c", lastSeq: 3, language: "ar", owner: "bot" };
  const { element, draw, state } = drawn(welcome, message(1, { createdAt: "2026-11-20T08:00:00Z" }), message(2));
  const list = element.querySelector("[role=log]");
  expect(element.querySelectorAll(".day")).toHaveLength(2);
  expect(list?.getAttribute("aria-live")).toBe("off");
  draw(reduce(state, message(3)));
  expect(list?.getAttribute("aria-live")).toBe("polite");
});
