/** One WebSocket kept alive: greets, notices silence, returns after a drop. Knows nothing of messages. */
import { delayBefore } from "./backoff";
import type { Link } from "./conversation";
import { readFrame, type ClientFrame, type ServerFrame } from "./protocol";

const PING_EVERY_MS = 25_000;
const SILENCE_MS = 10_000;
/** A connection that lasted less than this counts as one more failed attempt. */
const STEADY_MS = 5_000;
const EXPIRED = 4401;

export interface Target {
  address: string;
  hello(): ClientFrame;
}
export interface Handlers {
  /** Where to connect; may first have to create the conversation. */
  prepare(): Promise<Target>;
  frame(frame: ServerFrame): void;
  link(link: Link): void;
  /** The server no longer accepts the token. */
  expired(): void;
}
export interface Surroundings {
  openSocket(address: string): WebSocket;
  chance(): number;
}
type Timer = ReturnType<typeof setTimeout>;

export class Connection {
  #socket: WebSocket | null = null;
  #link: Link = "idle";
  #attempt = 0;
  #refusals = 0;
  #onlineSince = Infinity;
  #round = 0;
  #retry: Timer | undefined;
  #ping: Timer | undefined;
  #silence: Timer | undefined;

  constructor(
    private readonly handlers: Handlers,
    private readonly around: Surroundings,
  ) {}

  get isOnline(): boolean {
    return this.#link === "online";
  }

  /** Connects now, unless a connection is there or being made. */
  start(): void {
    if (this.#link === "connecting" || this.#link === "online") return;
    void this.#connect();
  }

  stop(): void {
    this.#drop();
    this.#report("idle");
  }

  /** Leaves whatever is there and connects afresh. */
  restart(): void {
    this.#drop();
    void this.#connect();
  }

  /** The browser says the network is gone: there is nothing to wait for until it says otherwise. */
  lose(): void {
    if (this.#link === "idle") return;
    this.#drop();
    this.#report("offline");
  }

  /** The network or the reader is back: connect at once, or make sure that the connection still lives. */
  wake(): void {
    if (this.#link === "waiting" || this.#link === "offline") {
      this.#attempt = 0;
      this.restart();
    } else if (this.isOnline) this.send({ type: "ping" });
  }

  send(frame: ClientFrame): void {
    this.#socket?.send(JSON.stringify(frame));
    this.#expectAnswer();
  }

  async #connect(): Promise<void> {
    clearTimeout(this.#retry);
    const round = ++this.#round;
    this.#report("connecting");
    try {
      const target = await this.handlers.prepare();
      if (round === this.#round) this.#open(target);
    } catch {
      if (round === this.#round) this.#waitAndRetry();
    }
  }

  #open(target: Target): void {
    const socket = this.around.openSocket(target.address);
    this.#socket = socket;
    this.#expectAnswer();
    socket.onopen = () => socket.send(JSON.stringify(target.hello()));
    socket.onmessage = (event) => this.#hear(socket, event.data);
    socket.onclose = (event) => {
      if (socket !== this.#socket) return;
      if (event.code === EXPIRED) this.#expire();
      else this.#waitAndRetry();
    };
  }

  #hear(socket: WebSocket, data: unknown): void {
    if (socket !== this.#socket) return;
    clearTimeout(this.#silence);
    const frame = readFrame(data);
    if (frame?.type === "error" && (frame.code === "unauthorized" || frame.code === "token_expired")) {
      this.#expire();
      return;
    }
    if (frame === null) return;
    this.handlers.frame(frame);
    if (frame.type === "welcome") this.#welcome();
    this.#pingLater();
  }

  #welcome(): void {
    this.#refusals = 0;
    this.#onlineSince = Date.now();
    this.#report("online");
  }

  /** A first refusal is met with a new conversation at once; one refused as well waits like any failure. */
  #expire(): void {
    this.#refusals += 1;
    this.handlers.expired();
    if (this.#refusals > 1) this.#waitAndRetry();
    else this.restart();
  }

  #waitAndRetry(): void {
    if (Date.now() - this.#onlineSince > STEADY_MS) this.#attempt = 0;
    this.#drop();
    this.#report("waiting");
    this.#retry = setTimeout(() => void this.#connect(), delayBefore(this.#attempt, this.around.chance()));
    this.#attempt += 1;
  }

  #expectAnswer(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#waitAndRetry(), SILENCE_MS);
  }

  #pingLater(): void {
    clearTimeout(this.#ping);
    this.#ping = setTimeout(() => this.send({ type: "ping" }), PING_EVERY_MS);
  }

  #drop(): void {
    this.#round += 1;
    for (const timer of [this.#retry, this.#ping, this.#silence]) clearTimeout(timer);
    const socket = this.#socket;
    this.#socket = null;
    this.#onlineSince = Infinity;
    socket?.close();
  }

  #report(link: Link): void {
    this.#link = link;
    this.handlers.link(link);
  }
}
