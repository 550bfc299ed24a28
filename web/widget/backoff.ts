/** How long to wait before the next attempt to connect. */
const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/** Doubles with each failed attempt up to half a minute; half of it is chance, so that a crowd does not return at once. */
export function delayBefore(attempt: number, chance: number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
  return Math.round(ceiling / 2 + (ceiling / 2) * chance);
}
