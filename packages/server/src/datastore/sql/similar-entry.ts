import { findSimilarCandidates, type EntryRow } from './entry-rows.ts';
import { hashSelectorKeys, selectorKeys } from './selector-list.ts';
import { allRows, type Steps } from './steps.ts';

/** An entry with the same parent, SPIFFE ID and exactly the same selector set. */
export function* findSimilarEntry(
  entry: Pick<EntryRow, 'parent_id' | 'spiffe_id' | 'selectors'>,
): Steps<EntryRow | undefined> {
  const wanted = selectorKeys(entry.selectors);
  const { parent_id, spiffe_id } = entry;
  const selector_hash = hashSelectorKeys(wanted);
  const candidates = yield* allRows(findSimilarCandidates({ parent_id, spiffe_id, selector_hash }));
  return candidates.find((candidate) => isSame(selectorKeys(candidate.selectors), wanted));
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key, i) => key === b[i]);
}
