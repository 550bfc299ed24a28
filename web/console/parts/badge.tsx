/** The state of a bill, a run, a payment or a delivery: a word, and a colour that only repeats it. */
import { Badge } from "@mantine/core";
import type { ReactNode } from "react";
import { wordFor } from "../texts";
import { useWords } from "./words";

const COLOURS: Record<string, string> = {
  settled: "green",
  posted: "green",
  completed: "green",
  captured: "green",
  done: "green",
  sent: "orange",
  partiallyPaid: "yellow",
  onHold: "red",
  failed: "red",
  denied: "red",
  authorized: "red",
  checked: "orange",
  running: "blue",
  approved: "blue",
  inProgress: "blue",
  initial: "blue",
  pendingAuthorization: "blue",
};

interface Props {
  of: "bill" | "run" | "payment" | "delivery";
  state: string;
}

export function StateBadge({ of, state }: Props): ReactNode {
  const { texts } = useWords();
  return (
    <Badge variant="light" color={COLOURS[state] ?? "gray"} tt="none" className="state" data-state={state}>
      {wordFor(texts, `${of}_${state}`, state)}
    </Badge>
  );
}
