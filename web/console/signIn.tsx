/** Signing in with a staff account; why one has to again, when that is so. */
import { Alert, Anchor, Button, Paper, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent, type ReactNode } from "react";
import { api, body } from "./api";
import { useChange } from "./parts/reading";
import { Refused } from "./parts/notice";
import { useWords } from "./parts/words";
import { session } from "./session";
import { Brand, LanguageSwitch } from "./shell";

interface Wish {
  username: string;
  password: string;
}

async function begin(wish: Wish): Promise<void> {
  const told = body(await api.POST("/access/v1/token", { body: wish }));
  session.begin({ token: told.accessToken, role: told.role, username: wish.username });
}

/** Only a development installation has the list of people to try. */
async function isDemonstration(): Promise<boolean> {
  return fetch("/sandbox/people", { method: "GET" }).then(
    (answer) => answer.ok,
    () => false,
  );
}

export function SignIn(): ReactNode {
  const { texts } = useWords();
  const [wish, setWish] = useState<Wish>({ username: "", password: "" });
  const signing = useChange(begin);
  const demonstration = useQuery({ queryKey: ["demonstration"], queryFn: isDemonstration, staleTime: Infinity });
  const ended = session.ended();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    signing.mutate(wish);
  };
  return (
    <div className="door">
      <header className="door-top">
        <Brand />
        <LanguageSwitch />
      </header>
      <Paper component="main" className="door-card" shadow="sm" p="xl">
        <form onSubmit={submit}>
          <Stack>
            <div>
              <Title order={1} size="h2">
                {texts.signInHeading}
              </Title>
              <Text c="dimmed">{texts.signInUnder}</Text>
            </div>
            {ended && !signing.error && <Alert role="status">{texts[ended]}</Alert>}
            {signing.error && <Refused error={signing.error} />}
            <TextInput
              label={texts.username}
              dir="auto"
              autoComplete="username"
              required
              withAsterisk={false}
              autoFocus
              value={wish.username}
              onChange={(event) => setWish({ ...wish, username: event.currentTarget.value.trim() })}
            />
            <PasswordInput
              label={texts.password}
              autoComplete="current-password"
              required
              withAsterisk={false}
              value={wish.password}
              onChange={(event) => setWish({ ...wish, password: event.currentTarget.value })}
            />
            <Button type="submit" size="md" loading={signing.isPending}>
              {texts.signIn}
            </Button>
            {demonstration.data && (
              <Anchor href="/#people" size="sm" c="dimmed">
                {texts.signInDemo}
              </Anchor>
            )}
          </Stack>
        </form>
      </Paper>
    </div>
  );
}
