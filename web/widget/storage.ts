/** What survives a reload of the page, in this tab only; a browser that blocks storage loses nothing else. */
import type { Language } from "../shared/language";
import type { Entry } from "./conversation";
import type { Session } from "./server";

export interface Kept {
  session: Session | null;
  lastRead: number;
  /** Only when the customer has chosen it here; the page decides otherwise. */
  language: Language | null;
  open: boolean;
  unsent: readonly Entry[];
}
export interface Store {
  load(): Kept;
  save(change: Partial<Kept>): void;
}

const NOTHING: Kept = { session: null, lastRead: 0, language: null, open: false, unsent: [] };

export function keepFor(server: string): Store {
  const key = `hatif:${server}`;
  let kept = read(key);
  return {
    load: () => kept,
    save: (change) => {
      kept = { ...kept, ...change };
      write(key, kept);
    },
  };
}

function read(key: string): Kept {
  try {
    return { ...NOTHING, ...(JSON.parse(sessionStorage.getItem(key) ?? "{}") as Partial<Kept>) };
  } catch {
    return NOTHING;
  }
}

function write(key: string, kept: Kept): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // Blocked or full: the conversation goes on until the page is left.
  }
}
