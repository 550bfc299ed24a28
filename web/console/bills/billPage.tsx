/** One bill: what it says, its document beside it, and what staff may do with it. */
import { Anchor, Button, Group, Menu, Paper, Stack, Title } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { Link } from "wouter";
import { day, period } from "../format";
import { StateBadge } from "../parts/badge";
import { Confirm } from "../parts/confirm";
import { Answer, Nothing, Refused } from "../parts/notice";
import { useChange, useRead } from "../parts/reading";
import { Amount, Code, Facts, Name } from "../parts/show";
import { useWords } from "../parts/words";
import { wordFor } from "../texts";
import { changeDraft, isDraft, paidOf, readAccountNo, readBill, sendBill, type Bill, type Channel } from "./bill";
import { Deliveries, Lines, Payments } from "./billParts";
import { BillDocument } from "./document";

export function BillPage({ id }: { id: string }): ReactNode {
  const bill = useRead(["bill", id], () => readBill(id));
  return <Answer to={bill}>{(found) => <Shown bill={found} />}</Answer>;
}

function Shown({ bill }: { bill: Bill }): ReactNode {
  const { texts } = useWords();
  return (
    <>
      <Head bill={bill} />
      <div className="beside">
        <Stack>
          <About bill={bill} />
          <Lines billId={bill.id} />
          {!isDraft(bill) && <Payments billId={bill.id} />}
          {!isDraft(bill) && <Deliveries billId={bill.id} />}
        </Stack>
        <Paper className="paper" p="md">
          {isDraft(bill) ? <Nothing said={texts.noDocument} /> : <BillDocument id={bill.id} number={bill.number ?? ""} />}
        </Paper>
      </div>
    </>
  );
}

function Head({ bill }: { bill: Bill }): ReactNode {
  const { texts } = useWords();
  return (
    <Group justify="space-between" mb="md" align="start">
      <div>
        <Group gap="sm">
          <Title order={1} size="h2">
            {bill.number ? <Code>{bill.number}</Code> : texts.draft}
          </Title>
          <StateBadge of="bill" state={bill.state} />
        </Group>
        <Name>{bill.customer.name}</Name>
        {" · "}
        <Anchor component={Link} href={`/bills?customer=${bill.customer.id}`}>
          {texts.allOfCustomer}
        </Anchor>
      </div>
      {isDraft(bill) ? <DraftActions bill={bill} /> : <SendAgain billId={bill.id} />}
    </Group>
  );
}

function SendAgain({ billId }: { billId: string }): ReactNode {
  const { texts } = useWords();
  const sending = useChange((channel: Channel) => sendBill(billId, channel));
  return (
    <Said error={sending.error} done={sending.isSuccess ? texts.sending : ""}>
      <Menu shadow="md" position="bottom-end">
        <Menu.Target>
          <Button loading={sending.isPending}>{texts.sendAgain}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => sending.mutate("email")}>{texts.sendByEmail}</Menu.Item>
          <Menu.Item onClick={() => sending.mutate("sms")}>{texts.sendBySms}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Said>
  );
}

function DraftActions({ bill }: { bill: Bill }): ReactNode {
  const { texts } = useWords();
  const [wish, setWish] = useState<"validated" | "onHold">("onHold");
  const changing = useChange((state: "validated" | "onHold") => changeDraft(bill.id, state));
  const change = (state: "validated" | "onHold"): void => {
    setWish(state);
    changing.mutate(state);
  };
  const done = wish === "onHold" ? texts.heldNow : texts.issuedNow;
  return (
    <Said error={changing.error} done={changing.isSuccess ? done : ""}>
      <Group gap="sm">
        {bill.state !== "onHold" && (
          <Button variant="default" loading={changing.isPending} onClick={() => change("onHold")}>
            {texts.holdBill}
          </Button>
        )}
        <Confirm ask={texts.approveBillAsk} act={() => change("validated")} loading={changing.isPending}>
          {texts.approveBill}
        </Confirm>
      </Group>
    </Said>
  );
}

/** What can be done, and below it what came of it. */
function Said({ error, done, children }: { error: unknown; done: string; children: ReactNode }): ReactNode {
  return (
    <Stack gap="xs" align="end" className="said">
      {children}
      {error ? <Refused error={error} /> : <div role="status">{done}</div>}
    </Stack>
  );
}

function About({ bill }: { bill: Bill }): ReactNode {
  const { texts, language } = useWords();
  const account = useRead(["account", bill.accountId], () => readAccountNo(bill.accountId));
  return (
    <Paper>
      <div className="figures">
        <Figure name={texts.total} value={<Amount of={bill.total} />} />
        <Figure name={texts.remaining} value={<Amount of={bill.remaining} />} />
        <Figure name={texts.due} value={<Name>{day(bill.due, language)}</Name>} />
      </div>
      <Facts
        of={[
          [texts.account, <Code key="account">{account.data ?? ""}</Code>],
          [texts.period, <Name key="period">{period(bill.from, bill.to, language)}</Name>],
          [texts.issued, <Name key="issued">{day(bill.issued, language)}</Name>],
          [texts.category, wordFor(texts, bill.category, bill.category)],
          [texts.beforeTax, <Amount key="net" of={bill.net} />],
          [texts.tax, <Amount key="tax" of={bill.tax} />],
          [texts.paid, <Amount key="paid" of={paidOf(bill)} />],
          ...(Number(bill.disputed.value) ? ([[texts.disputed, <Amount key="disputed" of={bill.disputed} />]] as const) : []),
        ]}
      />
    </Paper>
  );
}

function Figure({ name, value }: { name: string; value: ReactNode }): ReactNode {
  return (
    <div>
      <span className="figure-name">{name}</span>
      <span className="figure">{value}</span>
    </div>
  );
}
