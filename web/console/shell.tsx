/** What stands around each page: the name, the two parts, the language, and whoever is signed in. */
import { Button, Container, Group, Text, UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import mark from "../shared/mark.svg";
import { Code } from "./parts/show";
import { useWords } from "./parts/words";
import { session, type Session } from "./session";

export function Brand(): ReactNode {
  const { texts } = useWords();
  return (
    <a className="brand" href="/">
      <img src={mark} alt="" width="34" height="34" />
      <span>{texts.product}</span>
      <span className="section">{texts.section}</span>
    </a>
  );
}

export function LanguageSwitch(): ReactNode {
  const { texts, language, change } = useWords();
  return (
    <UnstyledButton className="switch" lang={language === "ar" ? "en" : "ar"} onClick={change}>
      {texts.otherLanguage}
    </UnstyledButton>
  );
}

export function Shell({ signedIn, children }: { signedIn: Session; children: ReactNode }): ReactNode {
  const { texts } = useWords();
  const [location] = useLocation();
  const marked = (part: string): string => (location.startsWith(part) ? "part here" : "part");
  return (
    <>
      <a className="skip" href="#main">
        {texts.skip}
      </a>
      <header className="top">
        <Container size="xl" className="bar">
          <Brand />
          <nav className="parts">
            <Link href="/bills" className={marked("/bills")}>
              {texts.bills}
            </Link>
            <Link href="/runs" className={marked("/runs")}>
              {texts.runs}
            </Link>
          </nav>
          <Group gap="sm" className="who">
            <LanguageSwitch />
            <Text size="sm" c="dimmed" className="username">
              <Code>{signedIn.username}</Code>
            </Text>
            <Button variant="subtle" size="compact-md" onClick={() => session.end("signedOut")}>
              {texts.signOut}
            </Button>
          </Group>
        </Container>
      </header>
      <Container component="main" id="main" size="xl" py="lg" tabIndex={-1}>
        {children}
      </Container>
    </>
  );
}
