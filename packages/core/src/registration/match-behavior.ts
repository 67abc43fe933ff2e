import type { TrustDomain } from '../spiffe-id/trust-domain.ts';
import { formatSelector, type Selector } from './selector.ts';

/** How the set of a stored row is compared with the set of a query. */
export type MatchBehavior = 'exact' | 'subset' | 'superset' | 'any';

/**
 * Whether a row's set answers a query's set.
 *
 * `exact`: the same; `subset`: the row's lies within the query's; `superset`: the row's holds all of the
 * query's; `any`: they meet. A row without members never matches.
 */
export function matchSets(
  row: ReadonlySet<string>,
  query: ReadonlySet<string>,
  behavior: MatchBehavior,
): boolean {
  if (row.size === 0) return false;
  switch (behavior) {
    case 'exact':
      return row.size === query.size && containsAll(query, row);
    case 'subset':
      return containsAll(query, row);
    case 'superset':
      return containsAll(row, query);
    case 'any':
      return containsAny(row, query);
  }
}

/** {@link matchSets} over selectors. */
export function matchSelectors(
  row: readonly Selector[],
  query: readonly Selector[],
  behavior: MatchBehavior,
): boolean {
  return matchSets(new Set(row.map(formatSelector)), new Set(query.map(formatSelector)), behavior);
}

/** {@link matchSets} over trust domains. */
export function matchTrustDomains(
  row: readonly TrustDomain[],
  query: readonly TrustDomain[],
  behavior: MatchBehavior,
): boolean {
  return matchSets(new Set(row.map(nameOf)), new Set(query.map(nameOf)), behavior);
}

function nameOf(trustDomain: TrustDomain): string {
  return trustDomain.name;
}

function containsAll(outer: ReadonlySet<string>, inner: ReadonlySet<string>): boolean {
  for (const member of inner) if (!outer.has(member)) return false;
  return true;
}

function containsAny(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const member of b) if (a.has(member)) return true;
  return false;
}
