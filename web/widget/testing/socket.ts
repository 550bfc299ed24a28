/** A socket and a store under the hand of a test: nothing leaves the process. */
import type { ClientFrame, ServerFrame } from "../protocol";
import type { Kept, Store } from "../storage";

export class SocketByHand {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly sent: ClientFrame[] = [];
  closed = false;

  constructor(readonly address: string) {}

  send(data: string): void {
    if (!this.closed) this.sent.push(JSON.parse(data) as ClientFrame);
  }

  close(): void {
    this.closed = true;
  }

  open(): void {
    this.onopen?.();
  }

  hear(frame: Partial<ServerFrame>): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  drop(code = 1006): void {
    this.closed = true;
    this.onclose?.({ code });
  }

  frames<Kind extends ClientFrame["type"]>(type: Kind): Extract<ClientFrame, { type: Kind }>[] {
    return this.sent.filter((frame): frame is Extract<ClientFrame, { type: Kind }> => frame.type === type);
  }
}

export function storeInMemory(kept: Partial<Kept> = {}): Store {
  let now: Kept = { session: null, lastRead: 0, language: null, open: false, unsent: [], ...kept };
  return {
    load: () => now,
    save: (change) => {
      now = { ...now, ...change };
    },
  };
}
