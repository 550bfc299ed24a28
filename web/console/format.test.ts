/** Money is exact, days are the operator's, digits are Western. */
import { expect, test } from "vitest";
import { day, isZero, lastOfMonthBefore, money, period } from "./format";

const plain = (text: string): string => text.replace(/[\u200e\u200f\u00a0\u202f\u2009]/g, " ").replace(/\s+/g, " ").trim();

test("money has its decimals and its currency in both languages", () => {
  expect(plain(money({ unit: "SAR", value: 1287.5 }, "en"))).toBe("SAR 1,287.50");
  expect(plain(money({ unit: "SAR", value: "1287.5" }, "ar"))).toContain("1,287.50");
  expect(plain(money({ unit: "KWD", value: "0.005" }, "en"))).toBe("KWD 0.005");
});

test("an amount that a float cannot hold is told exactly", () => {
  expect(plain(money({ unit: "SAR", value: "9007199254740993.25" }, "en"))).toBe("SAR 9,007,199,254,740,993.25");
});

test("no amount is no text, and nothing is zero", () => {
  expect(money(undefined, "en")).toBe("");
  expect([isZero({ value: "0.00" }), isZero({ value: 0.01 }), isZero(null)]).toEqual([true, false, true]);
});

test("a day is the operator's, wherever the reader is", () => {
  expect(day("2026-11-01T00:00:00+03:00", "en")).toBe("1 Nov 2026");
  expect(day("2026-11-01T00:00:00+03:00", "ar")).toContain("2026");
  expect(day("2026-11-01T00:00:00+03:00", "ar")).not.toMatch(/[٠-٩]/);
});

test("a period tells its month once", () => {
  expect(plain(period("2026-10-01T00:00:00+03:00", "2026-10-31T23:59:59+03:00", "en"))).toMatch(/^1 ?– ?31 Oct 2026$/);
});

test("a run is for the month that is over", () => {
  expect(lastOfMonthBefore(new Date(2026, 10, 28))).toBe("2026-10-31");
  expect(lastOfMonthBefore(new Date(2027, 0, 1))).toBe("2026-12-31");
});
