import { normalizeSelectors, type Selector } from '@signet/core';
import type { MatchBehavior } from '@signet/core';
import type { SelectorList } from '../sql/selector-list.ts';
import { parseSelectorList } from '../sql/selector-list.ts';
import type { SetQuery } from '../sql/set-match.ts';

/** Selectors as they are stored: JSON of `[type, value]` pairs, in the order given. */
export function encodeSelectors(selectors: readonly Selector[]): string {
  return JSON.stringify(selectors.map(toPair));
}

/** The stored text back as selectors. */
export function decodeSelectors(json: string): readonly Selector[] {
  return parseSelectorList(json).map(([type, value]) => ({ type, value }));
}

/** A selector match as the operations take it: each selector once. */
export function encodeSelectorQuery(query: {
  readonly values: readonly Selector[];
  readonly match: MatchBehavior;
}): SetQuery<SelectorList[number]> {
  return { members: normalizeSelectors(query.values).map(toPair), match: query.match };
}

function toPair({ type, value }: Selector): readonly [string, string] {
  return [type, value];
}
