import { Metadata, type ServerWritableStream, type status } from '@grpc/grpc-js';

/** How a call ends. */
export interface Failure {
  readonly code: status;
  readonly details: string;
}

type Call<Message> = Pick<ServerWritableStream<unknown, Message>, 'write' | 'end' | 'emit' | 'on'>;

/**
 * One streaming method of a fake, as the test scripts it: what was pushed last is given to every stream that opens and
 * to all that are open, and a failure is given to all until something is pushed again.
 */
export class ScriptedStream<Message> {
  /** How many streams were ever opened. */
  opened = 0;
  readonly #open = new Set<Call<Message>>();
  readonly #waiting: { readonly opened: number; readonly resolve: () => void }[] = [];
  #state: { readonly message: Message } | { readonly failure: Failure } | undefined;

  /** How many streams are open now. */
  get open(): number {
    return this.#open.size;
  }

  /** Sends a message to the open streams, and at once to those that open later. */
  push(message: Message): void {
    this.#state = { message };
    for (const call of this.#open) call.write(message);
  }

  /** Ends the open streams, and those that open later, with a status. */
  fail(code: status, details: string): void {
    this.#state = { failure: { code, details } };
    this.#endAll((call) => {
      fail(call, { code, details });
    });
  }

  /** Ends the open streams with a status; later ones get what was pushed last. */
  drop(code: status, details: string): void {
    this.#endAll((call) => {
      fail(call, { code, details });
    });
  }

  /** Ends the open streams with OK; later ones get what was pushed last. */
  end(): void {
    this.#endAll((call) => call.end());
  }

  /** Later streams get nothing until something is pushed. */
  hang(): void {
    this.#state = undefined;
  }

  /** Ends when so many streams have been opened, counted from the start. */
  untilOpened(opened: number): Promise<void> {
    if (this.opened >= opened) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ opened, resolve }));
  }

  /** Takes a stream in. */
  accept(call: Call<Message>): void {
    this.opened++;
    for (const { opened, resolve } of this.#waiting) if (this.opened >= opened) resolve();
    const state = this.#state;
    if (state !== undefined && 'failure' in state) {
      fail(call, state.failure);
      return;
    }
    this.#open.add(call);
    call.on('cancelled', () => this.#open.delete(call));
    if (state !== undefined) call.write(state.message);
  }

  #endAll(end: (call: Call<Message>) => void): void {
    const calls = [...this.#open];
    this.#open.clear();
    for (const call of calls) end(call);
  }
}

function fail(call: Pick<ServerWritableStream<unknown, unknown>, 'emit'>, failure: Failure): void {
  call.emit('error', { ...failure, metadata: new Metadata() });
}
