/** One run: how far it is, what waits for a person, and letting it go. */
import { Group, Paper, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { count, day, moment } from "../format";
import { StateBadge } from "../parts/badge";
import { Confirm } from "../parts/confirm";
import { Answer, Refused } from "../parts/notice";
import { useChange, useRead } from "../parts/reading";
import { Amount, Code, Facts, Name } from "../parts/show";
import { useWords } from "../parts/words";
import { Drafts, useDrafts } from "./drafts";
import { approveRun, cancelRun, EVERY_MS, isMoving, readRun, type Run } from "./run";
import { Bar } from "./runsPage";

export function RunPage({ id }: { id: string }): ReactNode {
  const run = useRead(["run", id], () => readRun(id), {
    refetchInterval: (query) => (query.state.data && isMoving(query.state.data) ? EVERY_MS : false),
  });
  return <Answer to={run}>{(found) => <Shown run={found} />}</Answer>;
}

function Shown({ run }: { run: Run }): ReactNode {
  const { texts, language } = useWords();
  return (
    <>
      <Group justify="space-between" mb="md" align="start">
        <div>
          <Group gap="sm">
            <Title order={1} size="h2">
              <Code>{run.runNo}</Code>
            </Title>
            <StateBadge of="run" state={run.state} />
          </Group>
          <Text c="dimmed">
            {texts.closing} <Name>{day(run.closing, language)}</Name>
          </Text>
        </div>
        <Actions run={run} />
      </Group>
      <Stack>
        <About run={run} />
        {run.state !== "cancelled" && (
          <>
            <Drafts run={run} held name={texts.heldDrafts} />
            {run.state !== "posted" && <Drafts run={run} held={false} name={texts.drafts} />}
          </>
        )}
      </Stack>
    </>
  );
}

function Actions({ run }: { run: Run }): ReactNode {
  const { texts } = useWords();
  const approving = useChange(approveRun);
  const cancelling = useChange(cancelRun);
  const checked = run.state === "checked";
  if (!checked && run.state !== "running") return null;
  const error = approving.error ?? cancelling.error;
  return (
    <Stack gap="xs" align="end" className="said">
      <Group gap="sm">
        <Confirm
          ask={texts.cancelRunAsk}
          variant="default"
          loading={cancelling.isPending}
          act={() => cancelling.mutate(run.id)}
        >
          {texts.cancelRun}
        </Confirm>
        {checked && (
          <Confirm ask={texts.approveRunAsk} loading={approving.isPending} act={() => approving.mutate(run.id)}>
            {texts.approveRun}
          </Confirm>
        )}
      </Group>
      {error && <Refused error={error} />}
    </Stack>
  );
}

function About({ run }: { run: Run }): ReactNode {
  const { texts, language } = useWords();
  const held = useDrafts(run, true, 0).data?.total ?? run.held;
  const figures: readonly (readonly [string, ReactNode])[] = [
    [texts.accounts, count(run.accounts, language)],
    [texts.bills_count, count(run.bills, language)],
    [texts.held, count(held, language)],
    [texts.total, <Amount key="amount" of={run.amount} />],
  ];
  return (
    <Paper>
      <Bar run={run} />
      <div className="figures">
        {figures.map(([name, value]) => (
          <div key={name}>
            <span className="figure-name">{name}</span>
            <span className="figure">{value}</span>
          </div>
        ))}
      </div>
      <Facts
        of={[
          [texts.startedBy, <Code key="by">{run.startedBy}</Code>],
          [texts.began, <Name key="began">{moment(run.createdAt, language)}</Name>],
          ...(run.approvedBy ? ([[texts.approvedBy, <Code key="approved">{run.approvedBy}</Code>]] as const) : []),
          ...(run.endedAt ? ([[texts.ended, <Name key="ended">{moment(run.endedAt, language)}</Name>]] as const) : []),
        ]}
      />
    </Paper>
  );
}
