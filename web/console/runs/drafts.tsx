/** The drafts of a run: those that wait for a person with the reason, or the others; each can be issued or held. */
import { Anchor, Button, Group, Paper, Text, Title } from "@mantine/core";
import { keepPreviousData, type UseQueryResult } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { Link } from "wouter";
import type { Listed } from "../api";
import { changeDraft } from "../bills/bill";
import { period } from "../format";
import { Confirm } from "../parts/confirm";
import { Answer, Refused } from "../parts/notice";
import { Pager } from "../parts/pager";
import { useChange, useRead } from "../parts/reading";
import { Rows, type Column } from "../parts/rows";
import { Amount, Name } from "../parts/show";
import { useWords } from "../parts/words";
import { PAGE, readDrafts, type Draft, type Run } from "./run";

interface Props {
  run: Run;
  held: boolean;
  name: string;
}

interface Change {
  id: string;
  state: "validated" | "onHold";
}

/** Read again when the run has moved. */
export function useDrafts(run: Run, held: boolean, offset: number): UseQueryResult<Listed<Draft>> {
  const moved = [run.state, run.done, run.held].join();
  return useRead(["drafts", run.id, held, offset, moved], () => readDrafts(run.id, held, offset), {
    placeholderData: keepPreviousData,
  });
}

export function Drafts({ run, held, name }: Props): ReactNode {
  const { texts } = useWords();
  const [offset, setOffset] = useState(0);
  const drafts = useDrafts(run, held, offset);
  const changing = useChange(({ id, state }: Change) => changeDraft(id, state));
  const columns = useColumns(held, (change) => changing.mutate(change), changing.isPending);
  return (
    <Paper component="section" aria-label={name}>
      <Title order={2} size="h4" mb="xs">
        {name}
      </Title>
      {changing.error && <Refused error={changing.error} />}
      <Answer to={drafts}>
        {({ rows, total }) =>
          total === 0 ? (
            <Text c="dimmed">{held ? texts.noHeld : texts.none}</Text>
          ) : (
            <>
              <Rows label={name} rows={rows} id={(draft) => draft.id} columns={columns} />
              <Pager offset={offset} size={PAGE} total={total} go={setOffset} />
            </>
          )
        }
      </Answer>
    </Paper>
  );
}

function useColumns(held: boolean, change: (wish: Change) => void, busy: boolean): Column<Draft>[] {
  const { texts, language } = useWords();
  const columns: Column<Draft>[] = [
    {
      name: texts.customer,
      cell: (draft) => (
        <Anchor component={Link} href={`/bills/${draft.id}`}>
          <Name>{String(draft.relatedParty["name"] ?? texts.draft)}</Name>
        </Anchor>
      ),
    },
    {
      name: texts.period,
      cell: ({ billingPeriod }) => (
        <Name>{period(billingPeriod.startDateTime, billingPeriod.endDateTime, language)}</Name>
      ),
    },
    { name: texts.amount, end: true, cell: (draft) => <Amount of={draft.amount} strong /> },
    { name: texts.usual, end: true, cell: (draft) => <Amount of={draft.usualAmount} /> },
  ];
  const why: Column<Draft> = {
    name: texts.reason,
    cell: (draft) => (draft.heldFor === "farFromUsual" ? texts.farFromUsual : texts.byStaff),
  };
  const acts: Column<Draft> = {
    name: "",
    end: true,
    cell: (draft) => (
      <Group gap="xs" justify="end">
        {!held && (
          <Button size="compact-md" variant="default" disabled={busy} onClick={() => change({ id: draft.id, state: "onHold" })}>
            {texts.holdBill}
          </Button>
        )}
        <Confirm
          size="compact-md"
          variant="outline"
          disabled={busy}
          ask={texts.approveBillAsk}
          act={() => change({ id: draft.id, state: "validated" })}
        >
          {texts.approveBill}
        </Confirm>
      </Group>
    ),
  };
  return held ? [...columns, why, acts] : [...columns, acts];
}
