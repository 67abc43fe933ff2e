import { formatSelector, type RegistrationEntry } from '@signet/core';

/**
 * Entries found by the selectors of a workload, at a cost that grows with what the workload has and not with the table.
 *
 * Each entry is filed under its rarest selector only: a workload that lacks that one cannot match it.
 */
export class SelectorIndex {
  readonly #bySelector = new Map<string, { entry: RegistrationEntry; selectors: readonly string[] }[]>();

  constructor(entries: Iterable<RegistrationEntry>) {
    const rows = Array.from(entries, (entry) => ({ entry, selectors: entry.selectors.map(formatSelector) }));
    const uses = countUses(rows);
    for (const row of rows) {
      // What goes to a secret store is not for callers of the Workload API.
      if (row.entry.storeSvid) continue;
      const rarest = row.selectors.reduce(
        (a, b) => ((uses.get(b) ?? 0) < (uses.get(a) ?? 0) ? b : a),
        row.selectors[0] ?? '',
      );
      const filed = this.#bySelector.get(rarest) ?? [];
      filed.push(row);
      this.#bySelector.set(rarest, filed);
    }
  }

  /** The entries all of whose selectors are among these, ordered by entry ID. */
  match(selectors: ReadonlySet<string>): readonly RegistrationEntry[] {
    const found: RegistrationEntry[] = [];
    for (const selector of selectors) {
      for (const row of this.#bySelector.get(selector) ?? []) {
        if (row.selectors.every((needed) => selectors.has(needed))) found.push(row.entry);
      }
    }
    return found.sort((a, b) => (a.id < b.id ? -1 : 1));
  }
}

function countUses(rows: readonly { selectors: readonly string[] }[]): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const { selectors } of rows) for (const s of selectors) uses.set(s, (uses.get(s) ?? 0) + 1);
  return uses;
}
