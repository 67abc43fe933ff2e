/** Where messages go: calls back when the message has left for the peer. */
export type MessageSink = (message: Buffer, sent: (error?: Error | null) => void) => void;

/** Waits for room for a message, and begins to send. @returns gives the room back, or gives up waiting for it. */
export type MakeRoom = (bytes: number, send: (giveBack: () => void) => void) => () => void;

/**
 * Sends messages of which only the newest matters: while one is on its way, the one that waits is replaced by the next.
 *
 * However slowly the peer reads, two messages are held for it at most, and the newest one alone while there is no room. A message that is the same object as the last one
 * given is not sent again.
 */
export class LatestValue {
  readonly #sink: MessageSink;
  #last: Buffer | undefined;
  #waiting: Buffer | undefined;
  #busy = false;
  #closed = false;
  readonly #makeRoom: MakeRoom;
  #leaveRoom: () => void = () => undefined;

  /** @param makeRoom - default: there always is room. */
  constructor(sink: MessageSink, makeRoom: MakeRoom = alwaysRoom) {
    this.#sink = sink;
    this.#makeRoom = makeRoom;
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
    this.#leaveRoom();
  }

  #sendWaiting(): void {
    if (this.#waiting === undefined) return;
    this.#busy = true;
    let isBegun = false as boolean;
    const giveUp = this.#makeRoom(this.#waiting.length, (giveBack) => {
      isBegun = true;
      this.#sendNewest(giveBack);
    });
    if (!isBegun) this.#leaveRoom = giveUp;
  }

  #sendNewest(giveBack: () => void): void {
    this.#leaveRoom = giveBack;
    const message = this.#waiting;
    if (message === undefined) return;
    this.#waiting = undefined;
    this.#sink(message, (error) => {
      giveBack();
      this.#busy = false;
      if (error === undefined || error === null) this.#sendWaiting();
      else this.close();
    });
  }
}

function alwaysRoom(_bytes: number, send: (giveBack: () => void) => void): () => void {
  send(() => undefined);
  return () => undefined;
}
