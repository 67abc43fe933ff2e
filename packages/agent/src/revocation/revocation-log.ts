import { revocationToWire, workloadService } from '@signet/api';
import type { Revocation } from '@signet/core';

/** A piece of the log. */
export interface LogPiece {
  /** The field `revocations` of a WatchRevocationsResponse, encoded; part of a message as it is. */
  readonly bytes: Buffer;
  /** Where the next piece begins. */
  readonly next: number;
}

/** Some 60 bytes each: a message stays far below what clients take. */
const PAGE = 5_000;

/**
 * Revocations in the order in which they are told, for any number of readers who each keep a position and nothing else.
 * What fills a page is encoded once and for all. A reader may be told a few again.
 */
export class RevocationLog {
  readonly #pages: Buffer[] = [];
  #tail: Revocation[] = [];
  #last: (LogPiece & { readonly from: number }) | undefined;

  constructor(revocations: Iterable<Revocation>) {
    this.append([...revocations].sort((a, b) => a.sequence - b.sequence));
  }

  get length(): number {
    return this.#pages.length * PAGE + this.#tail.length;
  }

  append(revocations: readonly Revocation[]): void {
    for (const revocation of revocations) {
      if (this.#tail.push(revocation) < PAGE) continue;
      this.#pages.push(encode(this.#tail));
      this.#tail = [];
    }
  }

  /** What there is from a position on, a page at most. */
  from(position: number): LogPiece {
    const index = Math.floor(position / PAGE);
    const page = this.#pages[index];
    if (page !== undefined) return { bytes: page, next: (index + 1) * PAGE };
    const { length } = this;
    if (this.#last?.from !== position || this.#last.next !== length) {
      const bytes = encode(this.#tail.slice(position - this.#pages.length * PAGE));
      this.#last = { from: position, bytes, next: length };
    }
    return this.#last;
  }
}

function encode(revocations: readonly Revocation[]): Buffer {
  const wire = { revocations: revocations.map(revocationToWire) };
  return workloadService.WatchRevocations.responseSerialize(wire);
}
