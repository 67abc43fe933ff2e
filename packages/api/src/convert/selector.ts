import type { MatchBehavior, Selector } from '@signet/core';
import { validateSelector } from '@signet/core';
import type { SelectorInput, SelectorOutput } from '../gen/spire/api/types/Selector.ts';

/** The wire's names of the match behaviours, for selectors and for trust domains alike. */
export type WireMatchBehavior = 'MATCH_EXACT' | 'MATCH_SUBSET' | 'MATCH_SUPERSET' | 'MATCH_ANY';

const BEHAVIORS: Record<WireMatchBehavior, MatchBehavior> = {
  MATCH_EXACT: 'exact',
  MATCH_SUBSET: 'subset',
  MATCH_SUPERSET: 'superset',
  MATCH_ANY: 'any',
};

/** Selectors as the APIs carry them. */
export function selectorsToWire(selectors: readonly Selector[]): SelectorInput[] {
  return selectors.map(({ type, value }) => ({ type, value }));
}

/**
 * Reads the selectors of a request.
 *
 * @throws {SelectorError} for the first one that has no type, a colon in its type, or no value.
 */
export function selectorsFromWire(wire: readonly SelectorOutput[]): Selector[] {
  return wire.map(({ type, value }) => {
    const selector = { type, value };
    validateSelector(selector);
    return selector;
  });
}

/** A match behaviour of a request; undefined for a number that this version does not know. */
export function matchBehaviorFromWire(wire: WireMatchBehavior): MatchBehavior | undefined {
  return (BEHAVIORS as Partial<Record<string, MatchBehavior>>)[wire];
}
