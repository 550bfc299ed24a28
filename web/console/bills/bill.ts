/** Bills as the console shows them, read from TMF678's documents, in which nearly everything may be missing. */
import { api, body, listed, type Listed } from "../api";
import type { Money } from "../format";
import type { components } from "../../contract/schema";

type Schemas = components["schemas"];
/** Attributes of ours beside the specification's. */
type BillDocument = Schemas["TMF678_CustomerBill"] & { disputedAmount?: Money };
type LineDocument = Schemas["TMF678_AppliedCustomerBillingRate"] & { quantityText?: string; position?: number };
type PaymentDocument = Schemas["TMF676_Payment"] & {
  allocation?: { bill?: { id: string }; amount: Money }[];
};
export type Delivery = Schemas["DeliveryOut"];
export type Channel = "email" | "sms";

export interface Bill {
  id: string;
  number: string | null;
  state: string;
  category: string;
  accountId: string;
  customer: { id: string; name: string };
  from: string;
  to: string;
  issued: string;
  due: string;
  net: Money;
  tax: Money;
  total: Money;
  remaining: Money;
  disputed: Money;
}

export interface Line {
  id: string;
  name: string;
  quantity: string;
  net: Money;
  total: Money;
}

export interface Payment {
  id: string;
  number: string;
  status: string;
  method: string;
  date: string;
  amount: Money;
  onBill: Money;
}

const NOTHING: Money = { value: 0 };
const text = (said: string | undefined): string => said ?? "";
const amount = (said: Money | undefined): Money => said ?? NOTHING;

export function billOf(found: BillDocument): Bill {
  return {
    ...when(found),
    ...whose(found),
    id: text(found.id),
    number: found.billNo ?? null,
    state: text(found.state),
    category: text(found.category),
    net: amount(found.taxExcludedAmount),
    tax: { ...found.taxIncludedAmount, value: sum((found.taxItem ?? []).map((one) => one.taxAmount)) },
    total: amount(found.taxIncludedAmount),
    remaining: amount(found.remainingAmount),
    disputed: amount(found.disputedAmount),
  };
}

function when(found: BillDocument): Pick<Bill, "from" | "to" | "issued" | "due"> {
  return {
    from: text(found.billingPeriod?.startDateTime),
    to: text(found.billingPeriod?.endDateTime),
    issued: text(found.billDate),
    due: text(found.paymentDueDate),
  };
}

function whose(found: BillDocument): Pick<Bill, "customer" | "accountId"> {
  const party = found.relatedParty?.[0];
  return { customer: { id: text(party?.id), name: text(party?.name) }, accountId: text(found.billingAccount?.id) };
}

function sum(amounts: readonly (Money | undefined)[]): number {
  return amounts.reduce((all, one) => all + Number(one?.value ?? 0), 0);
}

export function paymentOf(found: PaymentDocument, billId: string): Payment {
  const shares = (found.allocation ?? []).filter((one) => one.bill?.id === billId).map((one) => one.amount);
  return {
    id: text(found.id),
    number: text(found.name),
    status: text(found.status),
    method: text(found.paymentMethod?.["@type"]),
    date: text(found.paymentDate),
    amount: amount(found.totalAmount),
    onBill: { ...shares[0], value: sum(shares) },
  };
}

export interface Search {
  words: string;
  customer: string;
  state: string;
  offset: number;
}
export const PAGE = 20;
export const LINES = 50;

export async function findBills({ words, customer, state, offset }: Search): Promise<Listed<Bill>> {
  const query = {
    ...(words && { search: words }),
    ...(customer && { "relatedParty.id": customer }),
    ...(state && { state }),
    sort: "-billDate",
    offset,
    limit: PAGE,
  };
  const { rows, total } = listed(
    await api.GET("/tmf-api/customerBillManagement/v4/customerBill", { params: { query } }),
  );
  return { rows: rows.map(billOf), total };
}

export async function readBill(id: string): Promise<Bill> {
  return billOf(body(await api.GET("/tmf-api/customerBillManagement/v4/customerBill/{id}", { params: { path: { id } } })));
}

export async function readAccountNo(id: string): Promise<string> {
  const found = body(
    await api.GET("/tmf-api/accountManagement/v4/billingAccount/{id}", { params: { path: { id } } }),
  );
  return found.description ?? "";
}

export async function readLines(billId: string, offset: number): Promise<Listed<Line>> {
  const query = { "bill.id": billId, sort: "position", offset, limit: LINES };
  const { rows, total } = listed(
    await api.GET("/tmf-api/customerBillManagement/v4/appliedCustomerBillingRate", { params: { query } }),
  );
  return { rows: (rows as LineDocument[]).map(lineOf), total };
}

function lineOf(found: LineDocument): Line {
  return {
    id: text(found.id),
    name: text(found.name),
    quantity: text(found.quantityText),
    net: amount(found.taxExcludedAmount),
    total: amount(found.taxIncludedAmount),
  };
}

export async function readPayments(billId: string): Promise<Payment[]> {
  const query = { onBill: billId, limit: 100 };
  const { rows } = listed(await api.GET("/tmf-api/paymentManagement/v4/payment", { params: { query } }));
  return (rows as PaymentDocument[]).map((one) => paymentOf(one, billId));
}

export async function readDeliveries(billId: string): Promise<Delivery[]> {
  return body(await api.GET("/delivery/v1/delivery", { params: { query: { "bill.id": billId } } }));
}

export async function readDocument(billId: string, lang: "ar" | "en"): Promise<Blob> {
  const answer = await api.GET("/tmf-api/customerBillManagement/v4/customerBill/{bill_id}/document", {
    params: { path: { bill_id: billId }, query: { lang } },
    parseAs: "blob",
  });
  return answer.data as Blob;
}

export async function sendBill(billId: string, channel: Channel): Promise<Delivery> {
  const params = { path: { bill_id: billId } };
  return body(await api.POST("/delivery/v1/bill/{bill_id}/send", { params, body: { channel } }));
}

/** Issue a draft ("validated"), or keep it back when its run is approved ("onHold"). */
export async function changeDraft(id: string, state: "validated" | "onHold"): Promise<Bill> {
  const answer = await api.PATCH("/tmf-api/customerBillManagement/v4/customerBill/{id}", {
    params: { path: { id } },
    body: { state },
  });
  return billOf(body(answer));
}

/** What payments, credit and credit notes have taken off an issued bill; fils and halalas are whole. */
export function paidOf(bill: Bill): Money {
  const left = Number(bill.total.value ?? 0) - Number(bill.remaining.value ?? 0);
  return { ...bill.total, value: isDraft(bill) ? 0 : Math.round(left * 1000) / 1000 };
}

/** Whether the bill is issued: a draft has no number. */
export function isDraft(bill: Bill): boolean {
  return bill.number === null;
}
