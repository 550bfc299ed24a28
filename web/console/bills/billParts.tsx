/** The parts of a bill's page that are lists: its lines, what was paid on it, how it went to the customer. */
import { Paper, Text, Title } from "@mantine/core";
import { keepPreviousData } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { day, moment } from "../format";
import { StateBadge } from "../parts/badge";
import { Answer } from "../parts/notice";
import { Pager } from "../parts/pager";
import { useRead } from "../parts/reading";
import { Rows } from "../parts/rows";
import { Amount, Code, Name, Sentence } from "../parts/show";
import { useWords } from "../parts/words";
import { wordFor } from "../texts";
import { LINES, readDeliveries, readLines, readPayments, type Delivery } from "./bill";

const ON_THE_WAY = new Set(["initial", "inProgress"]);
const EVERY_MS = 2_000;

interface Of {
  billId: string;
}

function Part({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <Paper component="section" aria-label={name}>
      <Title order={2} size="h4" mb="xs">
        {name}
      </Title>
      {children}
    </Paper>
  );
}

export function Lines({ billId }: Of): ReactNode {
  const { texts } = useWords();
  const [offset, setOffset] = useState(0);
  const lines = useRead(["lines", billId, offset], () => readLines(billId, offset), {
    placeholderData: keepPreviousData,
  });
  return (
    <Part name={texts.lines}>
      <Answer to={lines}>
        {({ rows, total }) => (
          <>
            <Rows
              label={texts.lines}
              rows={rows}
              id={(line) => line.id}
              columns={[
                { name: texts.line, cell: (line) => <Sentence>{line.name}</Sentence> },
                { name: texts.quantity, cell: (line) => <Sentence>{line.quantity}</Sentence> },
                { name: texts.beforeTax, end: true, cell: (line) => <Amount of={line.net} /> },
                { name: texts.total, end: true, cell: (line) => <Amount of={line.total} /> },
              ]}
            />
            <Pager offset={offset} size={LINES} total={total} go={setOffset} />
          </>
        )}
      </Answer>
    </Part>
  );
}

export function Payments({ billId }: Of): ReactNode {
  const { texts, language } = useWords();
  const payments = useRead(["payments", billId], () => readPayments(billId));
  return (
    <Part name={texts.payments}>
      <Answer to={payments}>
        {(rows) =>
          rows.length === 0 ? (
            <Text c="dimmed">{texts.noPayments}</Text>
          ) : (
            <Rows
              label={texts.payments}
              rows={rows}
              id={(payment) => payment.id}
              columns={[
                { name: texts.number, cell: (payment) => <Code>{payment.number}</Code> },
                { name: texts.date, cell: (payment) => <Name>{day(payment.date, language)}</Name> },
                { name: texts.method, cell: (payment) => wordFor(texts, payment.method, payment.method) },
                { name: texts.amount, end: true, cell: (payment) => <Amount of={payment.amount} /> },
                { name: texts.onThisBill, end: true, cell: (payment) => <Amount of={payment.onBill} /> },
                { name: texts.state, cell: (payment) => <StateBadge of="payment" state={payment.status} /> },
              ]}
            />
          )
        }
      </Answer>
    </Part>
  );
}

export function Deliveries({ billId }: Of): ReactNode {
  const { texts, language } = useWords();
  const moving = (rows: Delivery[] | undefined): boolean => (rows ?? []).some((one) => ON_THE_WAY.has(one.state));
  const deliveries = useRead(["deliveries", billId], () => readDeliveries(billId), {
    refetchInterval: (query) => (moving(query.state.data) ? EVERY_MS : false),
  });
  return (
    <Part name={texts.deliveries}>
      <Answer to={deliveries}>
        {(rows) =>
          rows.length === 0 ? (
            <Text c="dimmed">{texts.noDeliveries}</Text>
          ) : (
            <Rows
              label={texts.deliveries}
              rows={rows}
              id={(one) => one.id}
              columns={[
                { name: texts.method, cell: (one) => wordFor(texts, one.channel, one.channel) },
                { name: texts.customer, cell: (one) => <Code>{one.recipient}</Code> },
                { name: texts.date, cell: (one) => <Name>{moment(one.stateDate, language)}</Name> },
                { name: texts.state, cell: (one) => <StateBadge of="delivery" state={one.state} /> },
              ]}
            />
          )
        }
      </Answer>
    </Part>
  );
}
