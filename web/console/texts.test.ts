/** Both languages say everything. */
import { expect, test } from "vitest";
import { TEXTS, wordFor } from "./texts";

test("Arabic and English have the same keys, none of them empty", () => {
  expect(Object.keys(TEXTS.ar).sort()).toEqual(Object.keys(TEXTS.en).sort());
  for (const words of Object.values(TEXTS)) for (const word of Object.values(words)) expect(word.trim()).not.toBe("");
});

test("Arabic is written in Arabic, English is not", () => {
  const latin = Object.entries(TEXTS.ar).filter(([, word]) => !/\p{Script=Arabic}/u.test(word));
  expect(latin.map(([key]) => key)).toEqual(["otherLanguage", "english"]);
  const arabic = Object.entries(TEXTS.en).filter(([, word]) => /\p{Script=Arabic}/u.test(word));
  expect(arabic.map(([key]) => key)).toEqual(["otherLanguage", "arabic"]);
});

test("every state has a word in both languages, and what has none is told as it is", () => {
  for (const words of Object.values(TEXTS)) {
    for (const state of ["new", "onHold", "validated", "sent", "partiallyPaid", "settled"]) {
      expect(wordFor(words, `bill_${state}`, "")).not.toBe("");
    }
    for (const state of ["running", "checked", "approved", "posted", "cancelled"]) {
      expect(wordFor(words, `run_${state}`, "")).not.toBe("");
    }
    expect(wordFor(words, "bill_unheardOf", "unheardOf")).toBe("unheardOf");
  }
});
