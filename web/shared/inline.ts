/** Cuts message text into plain runs, links, and runs that must keep their own direction. Pure. */
export interface Piece {
  kind: "text" | "ltr" | "link";
  text: string;
}
type Cut = (match: string) => Piece[];

const LINK = /https?:\/\/[^\s<>"'“”«»]+/giu;
const AFTER_LINK = /[.,:;!?…،؛؟)\]}]+$/u;
const ARABIC = /\p{Script=Arabic}/u;

/** Latin words, numbers, references, dates, telephone numbers and masked digits, alone or several in a row. */
const INSIDE = String.raw`\p{Script=Latin}\p{Nd}•*`;
const WITHIN = String.raw`[${INSIDE}\p{Mn}._:/@+\-'’%#&٫٬]|(?<=\p{Nd}),(?=\p{Nd})`;
const WORD = String.raw`[+\-−#]?[${INSIDE}](?:(?:${WITHIN})*[${INSIDE}%+])?`;
const LEFT_TO_RIGHT = new RegExp(`${WORD}(?: (?:[&+–/-] )?${WORD})*`, "gu");

/** Text of the assistant and of agents may hold links; what a customer wrote is shown as written. */
export function pieces(text: string, withLinks: boolean): Piece[] {
  const plain: Cut = ARABIC.test(text) ? isolated : (part) => [{ kind: "text", text: part }];
  if (!withLinks) return text === "" ? [] : plain(text);
  return split(text, LINK, (address) => linked(address, plain), plain);
}

function linked(address: string, plain: Cut): Piece[] {
  const link = address.replace(AFTER_LINK, "");
  if (!URL.canParse(link)) return plain(address);
  const rest = address.slice(link.length);
  return [{ kind: "link", text: link }, ...(rest === "" ? [] : plain(rest))];
}

/** In Arabic text the runs that read from left to right are held together. */
function isolated(text: string): Piece[] {
  return split(text, LEFT_TO_RIGHT, (run) => [{ kind: "ltr", text: run }], (part) => [{ kind: "text", text: part }]);
}

function split(text: string, pattern: RegExp, found: Cut, between: Cut): Piece[] {
  const result: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > from) result.push(...between(text.slice(from, match.index)));
    result.push(...found(match[0]));
    from = match.index + match[0].length;
  }
  return from < text.length ? [...result, ...between(text.slice(from))] : result;
}
