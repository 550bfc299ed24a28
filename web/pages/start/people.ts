/** The demonstration people, as the sandbox lists them. */
import { h, type Child } from "../../shared/dom";
import type { Language } from "../../shared/language";
import { copyButton } from "../common/copy";
import type { Texts } from "./texts";

type Both = Record<Language, string>;
/** Somebody to sign up as; with a company, its authorised signatory. */
interface Applicant {
  name: Both;
  nationalId: string;
  birthDate: string;
  outcome: Both;
  company?: Both;
  commercialRegistration?: string;
}
export interface People {
  environment: string;
  customers: { name: Both; msisdn: string | null; accountNumber: string; kind: string; goodFor: Both }[];
  staff: { username: string; role: string; password: string }[];
  signUp: Applicant[];
  vouchers: { code: string; amount: string }[];
}

export function tables(people: People, language: Language, texts: Texts): HTMLElement[] {
  const copied = (value: string | null): Child => (value === null || value === "" ? "—" : copyButton(value, texts));
  const kinds: Record<string, string> = { ...texts };
  return [
    table(
      texts.customers,
      [texts.columnName, texts.columnNumber, texts.columnAccount, texts.columnKind, texts.columnGoodFor],
      people.customers.map((one) => [
        one.name[language],
        copied(one.msisdn),
        copied(one.accountNumber),
        kinds[one.kind] ?? one.kind,
        one.goodFor[language],
      ]),
    ),
    table(
      texts.signUp,
      [texts.columnName, texts.columnNationalId, texts.columnBirthDate, texts.columnOutcome],
      people.signUp
        .filter((one) => one.company === undefined)
        .map((one) => [one.name[language], copied(one.nationalId), copied(one.birthDate), one.outcome[language]]),
    ),
    table(
      texts.signUpCompany,
      [
        texts.columnCompany,
        texts.columnRegistration,
        texts.columnSignatory,
        texts.columnNationalId,
        texts.columnBirthDate,
        texts.columnOutcome,
      ],
      people.signUp.flatMap((one) =>
        one.company === undefined
          ? []
          : [
              [
                one.company[language],
                copied(one.commercialRegistration ?? null),
                one.name[language],
                copied(one.nationalId),
                copied(one.birthDate),
                one.outcome[language],
              ],
            ],
      ),
    ),
    table(
      texts.vouchers,
      [texts.columnVoucher, texts.columnAmount],
      people.vouchers.map((one) => [copied(one.code), one.amount]),
    ),
    table(
      texts.staff,
      [texts.columnUser, texts.columnRole, texts.columnPassword],
      people.staff.map((one) => [copied(one.username), one.role, copied(one.password)]),
    ),
  ].filter((element) => element !== null);
}

/** On a narrow screen each row becomes a card, and each cell carries the name of its column. */
function table(title: string, columns: string[], rows: Child[][]): HTMLElement | null {
  if (rows.length === 0) return null;
  const head = h("tr", {}, ...columns.map((column) => h("th", { scope: "col" }, column)));
  const body = rows.map((cells) =>
    h("tr", {}, ...cells.map((cell, index) => h("td", { "data-column": columns[index] ?? "" }, bold(cell, index)))),
  );
  const caption = h("caption", {}, title);
  const whole = h("table", {}, caption, h("thead", {}, head), h("tbody", {}, ...body));
  return h("div", { class: "table", tabindex: "0", role: "region", "aria-label": title }, whole);
}

function bold(cell: Child, index: number): Child {
  return index === 0 && typeof cell === "string" ? h("bdi", { class: "first" }, cell) : cell;
}
