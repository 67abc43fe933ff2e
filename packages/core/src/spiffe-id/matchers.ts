import type { SpiffeId } from './spiffe-id.ts';
import type { TrustDomain } from './trust-domain.ts';

/** Says why an ID is refused; `undefined` lets it pass. */
export type SpiffeIdMatcher = (id: SpiffeId) => string | undefined;

/** Lets every ID pass. */
export function matchAny(): SpiffeIdMatcher {
  return () => undefined;
}

/** Lets exactly this ID pass. */
export function matchId(expected: SpiffeId): SpiffeIdMatcher {
  return (id) => (id.equals(expected) ? undefined : `unexpected ID "${id.uri}"`);
}

/** Lets any of these IDs pass; none of them, none passes. */
export function matchOneOf(...expected: readonly SpiffeId[]): SpiffeIdMatcher {
  const uris = new Set(expected.map((id) => id.uri));
  return (id) => (uris.has(id.uri) ? undefined : `unexpected ID "${id.uri}"`);
}

/** Lets every ID of the trust domain pass. */
export function matchMemberOf(trustDomain: TrustDomain): SpiffeIdMatcher {
  return (id) => (id.memberOf(trustDomain) ? undefined : `unexpected trust domain "${id.trustDomain.name}"`);
}
