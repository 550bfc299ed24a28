/** Pages of a list; which page is in the address, so that "back" leads where one was. */
import { Button, Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { count } from "../format";
import { Code } from "./show";
import { useWords } from "./words";

interface Props {
  offset: number;
  size: number;
  total: number;
  go: (offset: number) => void;
}

export function Pager({ offset, size, total, go }: Props): ReactNode {
  const { texts, language } = useWords();
  if (total <= size) return null;
  const page = Math.floor(offset / size) + 1;
  return (
    <Group justify="space-between" mt="md" component="nav" aria-label={texts.page}>
      <Button variant="default" disabled={offset === 0} onClick={() => go(Math.max(0, offset - size))}>
        {texts.previous}
      </Button>
      <Text size="sm" c="dimmed">
        {texts.page} <Code>{count(page, language)}</Code> {texts.of}{" "}
        <Code>{count(Math.ceil(total / size), language)}</Code>
      </Text>
      <Button variant="default" disabled={offset + size >= total} onClick={() => go(offset + size)}>
        {texts.next}
      </Button>
    </Group>
  );
}
