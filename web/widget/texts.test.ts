/** Both languages say everything. */
import { expect, test } from "vitest";
import { TEXTS } from "./texts";

test("Arabic and English have the same keys, none of them empty", () => {
  expect(Object.keys(TEXTS.ar).sort()).toEqual(Object.keys(TEXTS.en).sort());
  for (const words of Object.values(TEXTS)) for (const word of Object.values(words)) expect(word).not.toBe("");
});

test("Arabic is written in Arabic", () => {
  const latin = Object.entries(TEXTS.ar).filter(([, word]) => typeof word === "string" && !/\p{Script=Arabic}/u.test(word));
  expect(latin.map(([key]) => key)).toEqual(["otherLanguage", "switchLanguage"]);
});

test("Arabic counts messages as Arabic does", () => {
  const { openUnread } = TEXTS.ar;
  expect(openUnread(1)).toContain("رسالة جديدة واحدة");
  expect(openUnread(2)).toContain("رسالتان جديدتان");
  expect(openUnread(5)).toContain("5 رسائل جديدة");
  expect(openUnread(11)).toContain("11 رسالة جديدة");
});

test("the letters that are left agree with their number", () => {
  expect(TEXTS.ar.remaining(2)).toBe("المتبقي حرفان");
  expect(TEXTS.ar.remaining(7)).toBe("المتبقي 7 أحرف");
  expect(TEXTS.ar.remaining(42)).toBe("المتبقي 42 حرفًا");
  expect(TEXTS.en.remaining(1)).toBe("1 character left");
});
