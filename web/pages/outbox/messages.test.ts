/** The outbox finds a recipient however the number is written. */
import { expect, test } from "vitest";
import { card, matching, type Message } from "./messages";
import { TEXTS } from "./texts";

function sent(id: string, recipient: string, createdAt: string, text = "رمزك 482913"): Message {
  return { id, channel: "sms", recipient, text, language: "ar", createdAt, state: "sent" };
}

const MESSAGES = [
  sent("old", "+966500000101", "2026-11-24T08:00:00Z"),
  sent("new", "noura@example.com", "2026-11-24T09:00:00Z"),
];

test("newest first", () => {
  expect(matching(MESSAGES, "").map((message) => message.id)).toEqual(["new", "old"]);
});

test.each(["0500000101", "+966 50 000 0101", "٠٥٠٠٠٠٠١٠١", "00966500000101"])("%s finds the number", (typed) => {
  expect(matching(MESSAGES, typed).map((message) => message.id)).toEqual(["old"]);
});

test("a six-digit code can be copied, a longer number is no code", () => {
  const one = card(sent("a", "+966500000101", "2026-11-24T08:00:00Z"), "ar", TEXTS.ar);
  expect(one.querySelector("button")?.textContent).toBe("482913");
  const other = card(sent("b", "+966500000101", "2026-11-24T08:00:00Z", "INV-2026-000123 +966501112233"), "ar", TEXTS.ar);
  expect(other.querySelector("button")).toBeNull();
});
