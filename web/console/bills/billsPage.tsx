/** Finding bills: one field for whatever staff have in hand; what was asked stands in the address. */
import { Anchor, Button, Group, Paper, Pill, SegmentedControl, Text, TextInput, Title } from "@mantine/core";
import { keepPreviousData } from "@tanstack/react-query";
import { useState, type FormEvent, type ReactNode } from "react";
import { Link, useSearchParams } from "wouter";
import { count, day, period } from "../format";
import { StateBadge } from "../parts/badge";
import { Answer, Nothing } from "../parts/notice";
import { Pager } from "../parts/pager";
import { useRead } from "../parts/reading";
import { Rows, type Column } from "../parts/rows";
import { Amount, Code, Name } from "../parts/show";
import { useWords } from "../parts/words";
import type { Texts } from "../texts";
import { findBills, PAGE, type Bill, type Search } from "./bill";

const STATES = ["", "sent,partiallyPaid", "settled", "new,onHold,validated"] as const;

export function BillsPage(): ReactNode {
  const { texts } = useWords();
  const [address, goTo] = useSearchParams();
  const search: Search = {
    words: address.get("search") ?? "",
    customer: address.get("customer") ?? "",
    state: address.get("state") ?? "",
    offset: Number(address.get("offset") ?? 0) || 0,
  };
  const go = (next: Partial<Search>): void => {
    const { words, customer, state, offset } = { ...search, offset: 0, ...next };
    goTo({
      ...(words && { search: words }),
      ...(customer && { customer }),
      ...(state && { state }),
      ...(offset && { offset: String(offset) }),
    });
  };
  const asked = search.words !== "" || search.customer !== "";
  return (
    <>
      <Title order={1} size="h2">
        {texts.findHeading}
      </Title>
      <Text c="dimmed" mb="md">
        {texts.findUnder}
      </Text>
      <Field key={search.words} search={search} go={go} />
      {asked ? <Found search={search} go={go} /> : <Ways />}
    </>
  );
}

interface Going {
  search: Search;
  go: (next: Partial<Search>) => void;
}

function Field({ search, go }: Going): ReactNode {
  const { texts } = useWords();
  const [words, setWords] = useState(search.words);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    go({ words: words.trim(), customer: "", state: "" });
  };
  return (
    <form role="search" onSubmit={submit} className="search">
      <TextInput
        size="lg"
        type="search"
        dir="auto"
        aria-label={texts.findHeading}
        placeholder={texts.findHint}
        maxLength={200}
        autoFocus={!search.words}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <Button type="submit" size="lg">
        {texts.find}
      </Button>
    </form>
  );
}

function Ways(): ReactNode {
  const { texts } = useWords();
  const ways = [
    [texts.findBill, "INV-2026-000123"],
    [texts.findAccount, "ACC-2026-000001"],
    [texts.findPhone, "0550101000"],
    [texts.findName, "محمد الش"],
  ] as const;
  return (
    <Paper mt="xl" className="ways">
      <Text fw={500}>{texts.findAny}</Text>
      <dl className="facts">
        {ways.map(([name, example]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Name>{example}</Name>
            </dd>
          </div>
        ))}
      </dl>
    </Paper>
  );
}

function Found({ search, go }: Going): ReactNode {
  const { texts, language } = useWords();
  const bills = useRead(["bills", search], () => findBills(search), { placeholderData: keepPreviousData });
  const words = [texts.anyState, texts.openOnly, texts.settledOnly, texts.draftsOnly];
  return (
    <>
      <Group justify="space-between" my="md">
        <SegmentedControl
          value={search.state}
          onChange={(state) => go({ state })}
          data={STATES.map((value, at) => ({ value, label: words[at] ?? "" }))}
          aria-label={texts.state}
        />
        {search.customer && (
          <Pill size="lg" withRemoveButton onRemove={() => go({ customer: "" })}>
            {texts.onlyCustomer}
          </Pill>
        )}
      </Group>
      <Answer to={bills}>
        {({ rows, total }) =>
          total === 0 ? (
            <Nothing said={texts.none} under={texts.noneUnder} />
          ) : (
            <Paper p="md">
              <Text size="sm" c="dimmed" mb="xs" role="status">
                {texts.found}: <Code>{count(total, language)}</Code>
              </Text>
              <Rows label={texts.bills} rows={rows} id={(bill) => bill.id} columns={columns(texts, language, go)} />
              <Pager offset={search.offset} size={PAGE} total={total} go={(offset) => go({ offset })} />
            </Paper>
          )
        }
      </Answer>
    </>
  );
}

function columns(texts: Texts, language: "ar" | "en", go: Going["go"]): Column<Bill>[] {
  return [
    {
      name: texts.number,
      cell: (bill) => (
        <Anchor component={Link} href={`/bills/${bill.id}`} fw={500}>
          {bill.number ? <Code>{bill.number}</Code> : texts.draft}
        </Anchor>
      ),
    },
    {
      name: texts.customer,
      cell: (bill) => (
        <Anchor
          component="button"
          type="button"
          c="inherit"
          title={texts.onlyCustomer}
          onClick={() => go({ customer: bill.customer.id })}
        >
          <Name>{bill.customer.name}</Name>
        </Anchor>
      ),
    },
    { name: texts.period, cell: (bill) => <Name>{period(bill.from, bill.to, language)}</Name> },
    { name: texts.amount, end: true, cell: (bill) => <Amount of={bill.total} /> },
    { name: texts.remaining, end: true, cell: (bill) => <Amount of={bill.remaining} strong /> },
    { name: texts.due, cell: (bill) => <Name>{day(bill.due, language)}</Name> },
    { name: texts.state, cell: (bill) => <StateBadge of="bill" state={bill.state} /> },
  ];
}
