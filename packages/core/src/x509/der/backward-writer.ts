import { headerLength, putHeader } from './der-writer.ts';

const INITIAL_CAPACITY = 4096;

/**
 * Writes DER from its last octet to its first, so that every length is known when its header is due and nothing is
 * copied twice. Put parts in reverse order; `close` wraps all that was put since a mark.
 */
export class BackwardWriter {
  #buffer = new Uint8Array(INITIAL_CAPACITY);
  #start = INITIAL_CAPACITY;

  /** How many octets have been put; to be given to `close`. */
  get mark(): number {
    return this.#buffer.length - this.#start;
  }

  /** Puts octets in front of all put so far. */
  put(octets: Uint8Array): void {
    const at = this.#reserve(octets.length);
    this.#buffer.set(octets, at);
  }

  /** Puts text of one-octet characters in front of all put so far. */
  putLatin1(text: string): void {
    const at = this.#reserve(text.length);
    for (let i = 0; i < text.length; i++) this.#buffer[at + i] = text.charCodeAt(i);
  }

  /** Makes all that was put since the mark the content of an element. */
  close(type: number, mark: number): void {
    const length = this.mark - mark;
    const at = this.#reserve(headerLength(length));
    putHeader(this.#buffer, at, type, length);
  }

  /** A copy of all that was put; the writer is empty again. */
  take(): Uint8Array {
    const whole = this.#buffer.slice(this.#start);
    this.#start = this.#buffer.length;
    return whole;
  }

  /** Forgets what was put, as is due before a writer is used again that may have been left by an error. */
  reset(): void {
    this.#start = this.#buffer.length;
  }

  #reserve(length: number): number {
    if (length > this.#start) this.#grow(length);
    this.#start -= length;
    return this.#start;
  }

  #grow(length: number): void {
    const used = this.#buffer.subarray(this.#start);
    const grown = new Uint8Array(2 * (used.length + length));
    grown.set(used, grown.length - used.length);
    this.#start = grown.length - used.length;
    this.#buffer = grown;
  }
}
