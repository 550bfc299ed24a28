/** Links are web links only, and numbers keep their order inside Arabic. */
import { expect, test } from "vitest";
import { pieces } from "./inline";

const of = (kind: string, text: string, links = true): string[] =>
  pieces(text, links).filter((piece) => piece.kind === kind).map((piece) => piece.text);

test("nothing is lost or added", () => {
  const text = "فاتورتك INV-2026-000123 بقيمة 115.00 ريال، راجع https://hatif.example/b?id=1، أو اتصل على +966 50 000 0101.";
  expect(pieces(text, true).map((piece) => piece.text).join("")).toBe(text);
});

test("a link ends before the punctuation of its sentence", () => {
  expect(of("link", "راجع https://hatif.example/a، ثم http://hatif.example/b.")).toEqual([
    "https://hatif.example/a",
    "http://hatif.example/b",
  ]);
  expect(of("link", "(see https://hatif.example/a)")).toEqual(["https://hatif.example/a"]);
});

test("only http and https become links", () => {
  expect(of("link", "javascript:alert(1) data:text/html,x ftp://a.b mailto:a@b.c https://")).toEqual([]);
});

test("a customer's own text has no links", () => {
  expect(of("link", "https://hatif.example", false)).toEqual([]);
});

test.each([
  ["فاتورتك INV-2026-000123 جاهزة", ["INV-2026-000123"]],
  ["من 2026-10-01 إلى 2026-10-31", ["2026-10-01", "2026-10-31"]],
  ["رقمك +966 50 000 0101 يعمل", ["+966 50 000 0101"]],
  ["أرسلنا الرمز إلى •••• ••67", ["•••• ••67"]],
  ["المبلغ -5.00 ريال و15%", ["-5.00", "15%"]],
  ["باقة Mofawtar 100 و Data 5 GB", ["Mofawtar 100", "Data 5 GB"]],
  ["التاريخ ٢٠٢٦-١٠-٠١", ["٢٠٢٦-١٠-٠١"]],
])("in %s the foreign runs stay whole", (text, runs) => {
  expect(of("ltr", text)).toEqual(runs);
});

test("English text is left as it is", () => {
  expect(pieces("Your bill INV-1 is SAR 115.00", true)).toEqual([{ kind: "text", text: "Your bill INV-1 is SAR 115.00" }]);
});

test("a number with a comma between its thousands is one number", () => {
  expect(of("ltr", "استخدمت 16,513 ميجابايت بقيمة 1,236.49 ريال")).toEqual(["16,513", "1,236.49"]);
  expect(of("ltr", "الباقة 100, والباقة 200")).toEqual(["100", "200"]);
});
