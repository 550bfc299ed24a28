/** Bill runs, the latest first, with how far they are; and the start of a new one. */
import { Anchor, Button, Checkbox, Paper, Progress, Text, TextInput, Title } from "@mantine/core";
import { keepPreviousData } from "@tanstack/react-query";
import { useState, type FormEvent, type ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { count, day, lastOfMonthBefore, moment } from "../format";
import { StateBadge } from "../parts/badge";
import { Answer, Nothing, Refused } from "../parts/notice";
import { Pager } from "../parts/pager";
import { useChange, useRead } from "../parts/reading";
import { Rows } from "../parts/rows";
import { Amount, Code, Name } from "../parts/show";
import { useWords } from "../parts/words";
import { EVERY_MS, isMoving, PAGE, progressOf, readRuns, startRun, type Run } from "./run";

export function RunsPage(): ReactNode {
  const { texts } = useWords();
  const [offset, setOffset] = useState(0);
  const runs = useRead(["runs", offset], () => readRuns(offset), {
    placeholderData: keepPreviousData,
    refetchInterval: (query) => (query.state.data?.rows.some(isMoving) ? EVERY_MS : false),
  });
  return (
    <>
      <Title order={1} size="h2">
        {texts.runsHeading}
      </Title>
      <Text c="dimmed" mb="md">
        {texts.runsUnder}
      </Text>
      <Answer to={runs}>
        {({ rows, total }) => (
          <>
            <StartForm />
            <Paper p="md" mt="md">
              {total === 0 ? <Nothing said={texts.noRuns} /> : <List runs={rows} />}
              <Pager offset={offset} size={PAGE} total={total} go={setOffset} />
            </Paper>
          </>
        )}
      </Answer>
    </>
  );
}

function StartForm(): ReactNode {
  const { texts } = useWords();
  const [, goTo] = useLocation();
  const [closing, setClosing] = useState(() => lastOfMonthBefore(new Date()));
  const [manual, setManual] = useState(true);
  const starting = useChange(startRun);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    starting.mutate({ closing, manual }, { onSuccess: (run) => goTo(`/runs/${run.id}`) });
  };
  return (
    <Paper component="section" aria-label={texts.startRun} p="md">
      <form onSubmit={submit} className="start">
        <TextInput
          type="date"
          label={texts.closing}
          required
          withAsterisk={false}
          value={closing}
          onChange={(event) => setClosing(event.currentTarget.value)}
        />
        <Checkbox
          label={texts.draftsFirst}
          checked={manual}
          onChange={(event) => setManual(event.currentTarget.checked)}
        />
        <Button type="submit" loading={starting.isPending}>
          {texts.startRun}
        </Button>
      </form>
      {starting.error && <Refused error={starting.error} />}
    </Paper>
  );
}

function List({ runs }: { runs: readonly Run[] }): ReactNode {
  const { texts, language } = useWords();
  return (
    <Rows
      label={texts.runs}
      rows={runs}
      id={(run) => run.id}
      columns={[
        {
          name: texts.run,
          cell: (run) => (
            <Anchor component={Link} href={`/runs/${run.id}`} fw={500}>
              <Code>{run.runNo}</Code>
            </Anchor>
          ),
        },
        { name: texts.closing, cell: (run) => <Name>{day(run.closing, language)}</Name> },
        { name: texts.progress, cell: (run) => <Bar run={run} /> },
        { name: texts.bills_count, end: true, cell: (run) => <Code>{count(run.bills, language)}</Code> },
        { name: texts.held, end: true, cell: (run) => <Code>{count(run.held, language)}</Code> },
        { name: texts.total, end: true, cell: (run) => <Amount of={run.amount} /> },
        { name: texts.began, cell: (run) => <Name>{moment(run.createdAt, language)}</Name> },
        { name: texts.state, cell: (run) => <StateBadge of="run" state={run.state} /> },
      ]}
    />
  );
}

export function Bar({ run }: { run: Run }): ReactNode {
  const { texts } = useWords();
  const moving = isMoving(run);
  return (
    <Progress
      className="progress"
      value={progressOf(run)}
      striped={moving}
      animated={moving}
      color={run.state === "cancelled" ? "gray" : "green"}
      aria-label={texts.progress}
    />
  );
}
