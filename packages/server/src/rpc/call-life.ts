import { randomUUID } from 'node:crypto';
import { after, type Logger } from '@signet/daemon';

/** Who is told a last thing and does not take it keeps the call no longer, milliseconds. */
const LAST_WORDS_MS = 500;

/**
 * What lives as long as a call: its ID, its log, and the signal that it is over.
 *
 * Most calls need neither log nor signal, and both cost more than the rest of a small call, so they are made when first
 * asked for.
 */
export class CallLife {
  /** Random; in every log line and audit event of the call, and in the text of internal errors. */
  readonly requestId: string = randomUUID();
  readonly #serverLog: Logger;
  #log: Logger | undefined;
  #controller: AbortController | undefined;
  #reason: Error | undefined;
  #lastWords: (() => Promise<void>) | undefined;
  #isRetired = false;
  #isGone = false;
  #onGone: (() => void) | undefined;

  constructor(serverLog: Logger) {
    this.#serverLog = serverLog;
  }

  get log(): Logger {
    return (this.#log ??= this.#serverLog.child({ request_id: this.requestId }));
  }

  /** Fires when the client goes away, the deadline comes or the server gives up on the call. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#reason !== undefined) this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }

  /** Why the call ended before it was answered. */
  get reason(): Error | undefined {
    return this.#reason;
  }

  /** Ends the call: the signal fires with this reason, which is what the client is told. Only the first reason counts. */
  end(reason: Error): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    this.#controller?.abort(reason);
  }

  /** Calls back when nothing of a unary call is on its way any more: its answer was taken, or will not be. */
  onGone(listener: () => void): void {
    if (this.#isGone) listener();
    else this.#onGone = listener;
  }

  /** The call is over for both sides. */
  gone(): void {
    this.#isGone = true;
    this.#onGone?.();
    this.#onGone = undefined;
  }

  /** Has something said before the call is retired: what resolves when it was said. */
  beforeRetiring(lastWords: () => Promise<void>): void {
    this.#lastWords = lastWords;
  }

  /** Ends the call as {@link end} does, once its last words were said. Only the first reason counts here, too. */
  retire(reason: Error): void {
    if (this.#isRetired) return;
    this.#isRetired = true;
    if (this.#lastWords === undefined) {
      this.end(reason);
      return;
    }
    const patience = after(LAST_WORDS_MS, () => this.end(reason));
    void this.#lastWords().finally(() => {
      patience.cancel();
      this.end(reason);
    });
  }
}
