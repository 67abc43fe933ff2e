/** Where messages go: calls back when the message has left for the peer. */
export type MessageSink = (message: Buffer, sent: (error?: Error | null) => void) => void;

/**
 * Sends messages of which only the newest matters: while one is on its way, the one that waits is replaced by the next.
 *
 * However slowly the peer reads, two messages are held for it at most. A message that is the same object as the last one
 * given is not sent again.
 */
export class LatestValue {
  readonly #sink: MessageSink;
  #last: Buffer | undefined;
  #waiting: Buffer | undefined;
  #busy = false;
  #closed = false;

  constructor(sink: MessageSink) {
    this.#sink = sink;
  }

  offer(message: Buffer): void {
    if (this.#closed || message === this.#last) return;
    this.#last = message;
    this.#waiting = message;
    if (!this.#busy) this.#sendWaiting();
  }

  /** Nothing is sent from now on. */
  close(): void {
    this.#closed = true;
    this.#waiting = undefined;
  }

  #sendWaiting(): void {
    const message = this.#waiting;
    if (message === undefined) return;
    this.#waiting = undefined;
    this.#busy = true;
    this.#sink(message, (error) => {
      this.#busy = false;
      if (error === undefined || error === null) this.#sendWaiting();
      else this.close();
    });
  }
}
