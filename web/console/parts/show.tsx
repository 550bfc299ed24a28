/** Values inside a line of either direction: numbers and Latin words keep their order. */
import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { pieces } from "../../shared/inline";
import { direction } from "../../shared/language";
import { isZero, money, type Money } from "../format";
import { useWords } from "./words";

/** A number, a code or a Latin word. */
export function Code({ children }: { children: ReactNode }): ReactNode {
  return <bdi dir="ltr">{children}</bdi>;
}

/** A name, in whichever script it is written. */
export function Name({ children }: { children: ReactNode }): ReactNode {
  return <bdi>{children}</bdi>;
}

/** A sentence of the server's, in the reader's direction: numbers and words of the other script keep their order. */
export function Sentence({ children }: { children: string }): ReactNode {
  const { language } = useWords();
  return (
    <bdi dir={direction(language)}>
      {pieces(children, false).map((piece, at) =>
        piece.kind === "ltr" ? (
          <bdi key={at} dir="ltr">
            {piece.text}
          </bdi>
        ) : (
          piece.text
        ),
      )}
    </bdi>
  );
}

export function Amount({ of, strong = false }: { of: Money | null | undefined; strong?: boolean }): ReactNode {
  const { language } = useWords();
  const weight = strong && !isZero(of) ? 700 : 400;
  return (
    <Text component="bdi" inherit fw={weight} className="amount">
      {money(of, language)}
    </Text>
  );
}

/** Names and values of something, one below the other. */
export function Facts({ of }: { of: readonly (readonly [string, ReactNode])[] }): ReactNode {
  return (
    <dl className="facts">
      {of.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
