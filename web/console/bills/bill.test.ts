/** Documents of the server become bills and payments, also where much is missing. */
import { expect, test } from "vitest";
import { billOf, isDraft, paidOf, paymentOf } from "./bill";

test("a draft has no number", () => {
  const draft = billOf({ id: "1", state: "onHold", taxIncludedAmount: { unit: "SAR", value: 115 } });
  expect(isDraft(draft)).toBe(true);
  expect(draft.customer).toEqual({ id: "", name: "" });
  expect(draft.total).toEqual({ unit: "SAR", value: 115 });
});

test("the tax of a bill is the sum of its rates", () => {
  const taxItem = [{ taxAmount: { unit: "SAR", value: 15 } }, { taxAmount: { unit: "SAR", value: 5 } }];
  const bill = billOf({ billNo: "INV-1", taxIncludedAmount: { unit: "SAR", value: 120 }, taxItem });
  expect(bill.tax).toEqual({ unit: "SAR", value: 20 });
});

test("of a payment, what went on this bill is told beside the whole", () => {
  const allocation = [
    { bill: { id: "a" }, amount: { unit: "SAR", value: 100 } },
    { bill: { id: "b" }, amount: { unit: "SAR", value: 15 } },
    { amount: { unit: "SAR", value: 5 } },
  ];
  const found = { totalAmount: { unit: "SAR", value: 120 }, allocation } as Parameters<typeof paymentOf>[0];
  expect(paymentOf(found, "a").onBill).toEqual({ unit: "SAR", value: 100 });
  expect(paymentOf(found, "a").amount).toEqual({ unit: "SAR", value: 120 });
});

test("what was paid is the difference, to the halala; on a draft nothing is", () => {
  const amounts = { taxIncludedAmount: { unit: "SAR", value: 123.63 }, remainingAmount: { unit: "SAR", value: 100.1 } };
  expect(paidOf(billOf({ billNo: "INV-1", ...amounts }))).toEqual({ unit: "SAR", value: 23.53 });
  expect(paidOf(billOf(amounts)).value).toBe(0);
});
