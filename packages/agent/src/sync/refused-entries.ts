const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 4 * 60_000;

/** Entries that the server would not issue an SVID for, each with a pause that doubles until it is asked for again. */
export class RefusedEntries {
  readonly #pauses = new Map<string, { readonly until: number; readonly pauseMs: number }>();

  /** IDs that are not to be asked for at this time. */
  resting(nowMs: number): ReadonlySet<string> {
    const resting = [...this.#pauses].filter(([, pause]) => pause.until > nowMs);
    return new Set(resting.map(([id]) => id));
  }

  refused(entryId: string, nowMs: number): void {
    const before = this.#pauses.get(entryId)?.pauseMs;
    const pauseMs = before === undefined ? FIRST_PAUSE_MS : Math.min(before * 2, LONGEST_PAUSE_MS);
    this.#pauses.set(entryId, { until: nowMs + pauseMs, pauseMs });
  }

  issued(entryId: string): void {
    this.#pauses.delete(entryId);
  }

  /** Forgets entries that are gone. */
  retain(entries: ReadonlyMap<string, unknown>): void {
    for (const id of this.#pauses.keys()) if (!entries.has(id)) this.#pauses.delete(id);
  }
}
