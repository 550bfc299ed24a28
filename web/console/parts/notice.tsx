/** What is said when the server says no, does not answer, or has nothing. */
import { Alert, Button, Center, Loader, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Refusal } from "../api";
import { useWords } from "./words";

interface Props {
  error: unknown;
  retry?: () => void;
}

export function Refused({ error, retry }: Props): ReactNode {
  const { texts } = useWords();
  const refusal = error instanceof Refusal ? error : new Refusal(0, "");
  const again = retry && (refusal.status === 0 || refusal.status >= 500);
  return (
    <Alert color="red" variant="light" role="alert">
      <Text inherit>{refusal.sentence || texts.noAnswer}</Text>
      {refusal.status === 403 && <Text c="dimmed">{texts.forbidden}</Text>}
      {again && (
        <Button variant="default" mt="sm" onClick={retry}>
          {texts.tryAgain}
        </Button>
      )}
    </Alert>
  );
}

export function Waiting(): ReactNode {
  const { texts } = useWords();
  return (
    <Center py="xl">
      <Loader aria-label={texts.loading} role="status" />
    </Center>
  );
}

export function Nothing({ said, under }: { said: string; under?: string }): ReactNode {
  return (
    <div className="nothing">
      <Text>{said}</Text>
      {under && <Text c="dimmed">{under}</Text>}
    </div>
  );
}

interface Asked<Data> {
  data: Data | undefined;
  error: unknown;
  refetch: () => unknown;
}

/** What was asked of the server: waited for, refused, or shown; what is shown stays when asking again is refused. */
export function Answer<Data>({ to, children }: { to: Asked<Data>; children: (data: Data) => ReactNode }): ReactNode {
  const refused = to.error ? <Refused error={to.error} retry={() => void to.refetch()} /> : null;
  if (to.data === undefined) return refused ?? <Waiting />;
  return (
    <>
      {refused}
      {children(to.data)}
    </>
  );
}
