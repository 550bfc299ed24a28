/** A button that asks once more before it does what cannot be taken back. */
import { Button, Group, Popover, Text, type ButtonProps } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useWords } from "./words";

interface Props extends ButtonProps {
  ask: string;
  act: () => void;
  children: ReactNode;
}

export function Confirm({ ask, act, children, ...button }: Props): ReactNode {
  const { texts } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <Popover opened={open} onChange={setOpen} width={280} shadow="md" withArrow trapFocus position="bottom">
      <Popover.Target>
        <Button {...button} onClick={() => setOpen(!open)}>
          {children}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Text size="sm">{ask}</Text>
        <Group mt="sm" gap="xs">
          <Button
            size="sm"
            data-autofocus
            onClick={() => {
              setOpen(false);
              act();
            }}
          >
            {texts.yes}
          </Button>
          <Button size="sm" variant="default" onClick={() => setOpen(false)}>
            {texts.no}
          </Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
}
