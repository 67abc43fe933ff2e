/** A row that is there. */
interface PresentRow {
  readonly value: string;
  readonly revision: bigint;
}

/** A row as the store shows it. */
export interface ObservedRow {
  readonly key: string;
  readonly value: string;
  readonly revision: bigint;
}

interface KnownRow {
  /** After the last write that was answered; undefined: not there. */
  certain: PresentRow | undefined;
  /** Values that writes without an answer would have left instead; undefined as above. */
  possible: (string | undefined)[];
}

/**
 * Remembers what clients were told about their writes, and holds a store against it.
 *
 * Each key has one writer, which waits for its answers. A write whose answer was lost may have happened or not, but once
 * it has been seen either way it stays so.
 */
export class WriteHistory {
  readonly #rows = new Map<string, KnownRow>();
  readonly #serials = new Set<string>();
  readonly #violations: string[] = [];

  /** A create or update was answered. */
  written(key: string, value: string, revision: bigint): void {
    const { certain } = this.#row(key);
    if (certain !== undefined && revision <= certain.revision)
      this.#violations.push(`${key}: revision ${revision} does not rise above ${certain.revision}`);
    this.#rows.set(key, { certain: { value, revision }, possible: [] });
  }

  /** A delete was answered. */
  deleted(key: string): void {
    this.#rows.set(key, { certain: undefined, possible: [] });
  }

  /** A write got no answer. @param value - what it would have left; undefined: nothing. */
  unanswered(key: string, value: string | undefined): void {
    this.#row(key).possible.push(value);
  }

  /** A write was refused that the history says must be possible. */
  refused(key: string, reason: string): void {
    this.#violations.push(`${key}: ${reason}`);
  }

  /** A certificate was handed out. */
  issued(serial: string): void {
    if (this.#serials.has(serial)) this.#violations.push(`serial ${serial} was issued twice`);
    this.#serials.add(serial);
  }

  /** How many certificates were handed out. */
  get issuedCount(): number {
    return this.#serials.size;
  }

  /** What the store has to hold, where that is certain. */
  present(key: string): { readonly value: string } | undefined {
    const { certain, possible } = this.#row(key);
    return possible.length > 0 ? undefined : certain;
  }

  /**
   * Holds the store against the history, and takes what was open as it is now.
   *
   * @returns every way in which promises were broken since the last check.
   */
  check(store: readonly ObservedRow[]): readonly string[] {
    const seen = new Map<string, ObservedRow>();
    for (const row of store) {
      if (seen.has(row.key)) this.#violations.push(`${row.key}: there twice`);
      seen.set(row.key, row);
      if (!this.#rows.has(row.key)) this.#violations.push(`${row.key}: nobody created it`);
    }
    for (const [key, known] of this.#rows) this.#checkRow(key, known, seen.get(key));
    return this.#violations.splice(0);
  }

  #checkRow(key: string, { certain, possible }: KnownRow, row: ObservedRow | undefined): void {
    if (row?.value !== certain?.value && !possible.includes(row?.value))
      this.#violations.push(
        `${key}: is ${row?.value ?? 'absent'}, was answered as ${certain?.value ?? 'absent'}`,
      );
    else if (row !== undefined && certain !== undefined) this.#checkRevision(key, certain, row);
    this.#rows.set(key, { certain: row, possible: [] });
  }

  #checkRevision(key: string, certain: PresentRow, row: ObservedRow): void {
    const isRight =
      row.value === certain.value ? row.revision === certain.revision : row.revision > certain.revision;
    if (!isRight)
      this.#violations.push(
        `${key}: revision ${row.revision} of ${row.value}, was ${certain.revision} of ${certain.value}`,
      );
  }

  #row(key: string): KnownRow {
    const row = this.#rows.get(key) ?? { certain: undefined, possible: [] };
    this.#rows.set(key, row);
    return row;
  }
}
