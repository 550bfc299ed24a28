/** The customer's side of one conversation: their deeds go out once, whatever the network does. */
import type { Language } from "../shared/language";
import { Connection, type Surroundings } from "./connection";
import { choosable, NEW, reduce, unsent, type Choice, type Conversation, type Deed, type Entry } from "./conversation";
import type { ClientFrame, ServerFrame } from "./protocol";
import { createConversation, socketAddress, type Session } from "./server";
import type { Store } from "./storage";

/** How long the server may take to acknowledge a message before the customer is offered to send it again. */
const ECHO_WITHIN_MS = 15_000;

const BROWSER: Surroundings = {
  openSocket: (address) => new WebSocket(address),
  chance: () => Math.random(),
};

export class ChatClient {
  #state: Conversation;
  #session: Session | null;
  readonly #connection: Connection;
  readonly #overdue = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(
    private readonly server: string,
    private readonly store: Store,
    private readonly language: () => Language,
    private readonly changed: (state: Conversation) => void,
    around: Surroundings = BROWSER,
  ) {
    const kept = store.load();
    this.#session = kept.session;
    this.#state = { ...NEW, lastRead: kept.lastRead, entries: kept.unsent };
    this.#connection = new Connection(
      {
        prepare: () => this.#target(),
        frame: (frame) => this.#hear(frame),
        link: (link) => {
          this.#apply({ type: "link", link });
          if (link === "online") this.#deliverAll();
          else this.#stopClocks();
        },
        expired: () => this.#forget(true),
      },
      around,
    );
  }

  get state(): Conversation {
    return this.#state;
  }

  get hasSession(): boolean {
    return this.#session !== null;
  }

  start(): void {
    this.#connection.start();
  }

  stop(): void {
    this.#connection.stop();
  }

  lose(): void {
    this.#connection.lose();
  }

  wake(): void {
    this.#connection.wake();
  }

  say(text: string): void {
    this.#compose(text, null);
  }

  /** Presses a button, once: a pressed button is no longer choosable. */
  choose(choice: Choice): void {
    const message = choosable(this.#state);
    const title = message?.buttons[choice.index];
    if (message?.seq === choice.seq && title !== undefined) this.#compose(title, choice);
  }

  retry(clientId: string): void {
    this.#apply({ type: "marked", clientId, state: "sending" });
    const entry = unsent(this.#state).find((waiting) => waiting.clientId === clientId);
    if (entry && this.#connection.isOnline) this.#deliver(entry);
  }

  read(): void {
    if (this.#state.lastRead !== this.#state.lastSeq) this.#apply({ type: "read" });
  }

  dismiss(): void {
    this.#apply({ type: "dismissed" });
  }

  /** The language the customer wants to be answered in, from now on. */
  speak(language: Language): void {
    this.store.save({ language });
    if (this.#connection.isOnline) this.#connection.send({ type: "language", language });
  }

  /** Leaves a closed conversation for a new one. */
  startOver(): void {
    this.#forget(false);
    this.#connection.restart();
  }

  async #target(): Promise<{ address: string; hello(): ClientFrame }> {
    const session = this.#session ?? (await createConversation(this.server, this.language()));
    this.#session = session;
    this.#keep();
    return {
      address: socketAddress(this.server, session.conversationId),
      hello: () => ({ type: "hello", token: session.token, resumeFrom: this.#state.lastSeq }),
    };
  }

  #hear(frame: ServerFrame): void {
    if (frame.type === "token" && this.#session) this.#session = { ...this.#session, token: frame.token };
    if (frame.type === "welcome") this.#insistOnLanguage(frame.language);
    if (frame.type === "message" || frame.type === "error") this.#acknowledged(frame.clientId);
    this.#apply(frame);
  }

  /** A choice of language made while the connection was away. */
  #insistOnLanguage(spoken: Language): void {
    const wanted = this.store.load().language;
    if (wanted !== null && wanted !== spoken) this.#connection.send({ type: "language", language: wanted });
  }

  #compose(text: string, choice: Choice | null): void {
    const entry: Entry = {
      seq: null,
      clientId: newId(),
      sender: "customer",
      text,
      buttons: [],
      language: null,
      createdAt: new Date().toISOString(),
      state: "sending",
      problem: null,
      choice,
    };
    this.#apply({ type: "composed", entry });
    if (this.#connection.isOnline) this.#deliver(entry);
    else this.#connection.start();
  }

  #deliverAll(): void {
    for (const entry of unsent(this.#state)) if (entry.state === "sending") this.#deliver(entry);
  }

  #deliver(entry: Entry): void {
    const clientId = entry.clientId ?? "";
    if (entry.choice) this.#connection.send({ type: "choice", clientId, ...entry.choice });
    else this.#connection.send({ type: "message", clientId, text: entry.text });
    clearTimeout(this.#overdue.get(clientId));
    const late = (): void => this.#apply({ type: "marked", clientId, state: "failed" });
    this.#overdue.set(clientId, setTimeout(late, ECHO_WITHIN_MS));
  }

  #acknowledged(clientId: string | null): void {
    clearTimeout(this.#overdue.get(clientId ?? ""));
    this.#overdue.delete(clientId ?? "");
  }

  #stopClocks(): void {
    for (const clock of this.#overdue.values()) clearTimeout(clock);
    this.#overdue.clear();
  }

  #forget(renewed: boolean): void {
    this.#session = null;
    this.#apply({ type: "restarted", renewed });
  }

  #apply(event: ServerFrame | Deed): void {
    this.#state = reduce(this.#state, event);
    this.#keep();
    this.changed(this.#state);
  }

  #keep(): void {
    const { lastRead } = this.#state;
    this.store.save({ session: this.#session, lastRead, unsent: unsent(this.#state) });
  }
}

/** Unique without a secure context, which a page on plain HTTP does not have. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
