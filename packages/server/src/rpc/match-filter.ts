import {
  type WireFederatesWithMatchOutput,
  matchBehaviorFromWire,
  type WireSelectorMatchOutput,
  selectorsFromWire,
} from '@signet/api';
import {
  type MatchBehavior,
  parseTrustDomain,
  type Selector,
  SignetError,
  type TrustDomain,
} from '@signet/core';
import { readingArgument } from '../error-text.ts';

/** Values of one filter: SPIRE's own store takes fewer than 500. */
const MAX_VALUES = 1_000;

/** A set to hold rows against, and how. */
export interface SetMatch<T> {
  readonly values: readonly T[];
  readonly match: MatchBehavior;
}

/**
 * Reads a selector filter.
 *
 * @param prefix - what the text of a fault starts with.
 * @throws {SignetError} `ERR_INVALID_ARGUMENT`
 */
export function selectorMatchFromWire(wire: WireSelectorMatchOutput, prefix: string): SetMatch<Selector> {
  return readingArgument(prefix, () => {
    requireFew(wire.selectors, 'selectors');
    return { values: selectorsFromWire(wire.selectors), match: behavior(wire.match) };
  });
}

/** Reads a filter on federated trust domains; faults as in {@link selectorMatchFromWire}. */
export function federatesWithMatchFromWire(
  wire: WireFederatesWithMatchOutput,
  prefix: string,
): SetMatch<TrustDomain> {
  return readingArgument(prefix, () => {
    requireFew(wire.trust_domains, 'trust domains');
    return { values: wire.trust_domains.map((name) => parseTrustDomain(name)), match: behavior(wire.match) };
  });
}

/** @throws {SignetError} `ERR_INVALID_ARGUMENT` the set is empty. */
export function requireValues<T>(match: SetMatch<T>, text: string): SetMatch<T> {
  if (match.values.length === 0) throw new SignetError('ERR_INVALID_ARGUMENT', text);
  return match;
}

function requireFew(values: readonly unknown[], what: string): void {
  if (values.length <= MAX_VALUES) return;
  throw new SignetError(
    'ERR_INVALID_ARGUMENT',
    `filter has ${values.length} ${what}, at most ${MAX_VALUES} are allowed`,
  );
}

function behavior(wire: WireSelectorMatchOutput['match']): MatchBehavior {
  const match = matchBehaviorFromWire(wire);
  if (match === undefined) throw new SignetError('ERR_INVALID_ARGUMENT', 'unsupported match behavior');
  return match;
}
