/** Who is signed in: the token lives in this tab only, and ends with it. */
const KEY = "hatif:console:session";

export interface Session {
  token: string;
  role: string;
  username: string;
}
export type Ending = "expired" | "signedOut";

type Listener = () => void;
const listeners = new Set<Listener>();
let current: Session | null = kept();
let ended: Ending | null = null;

export const session = {
  get: (): Session | null => current,
  /** Why there is no session, when there was one. */
  ended: (): Ending | null => ended,
  begin(next: Session): void {
    change(next, null);
  },
  end(why: Ending): void {
    if (current) change(null, why);
  },
  subscribe(listener: Listener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

function change(next: Session | null, why: Ending | null): void {
  current = next;
  ended = why;
  try {
    if (next) sessionStorage.setItem(KEY, JSON.stringify(next));
    else sessionStorage.removeItem(KEY);
  } catch {
    // Storage is blocked: signed in until the page is left.
  }
  for (const listener of listeners) listener();
}

function kept(): Session | null {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEY) ?? "null") as Partial<Session> | null;
    return found?.token && found.role && found.username ? (found as Session) : null;
  } catch {
    return null;
  }
}
