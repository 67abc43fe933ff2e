import {
  matchAny,
  matchId,
  matchMemberOf,
  parseSpiffeId,
  parseTrustDomain,
  SpiffeId,
  type SpiffeIdMatcher,
} from '@signet/core';

/**
 * Who may be on the other side: a SPIFFE ID, several, a whole trust domain, or a predicate on the verified ID.
 * There is no default: a connection without this decision is not offered.
 */
export type Authorize =
  | string
  | SpiffeId
  | readonly (string | SpiffeId)[]
  | { readonly memberOf: string }
  | ((id: SpiffeId) => boolean);

/** Accepts every peer whose SVID verifies, of any trust domain that there is a bundle for. */
export const anyPeer: (id: SpiffeId) => boolean = () => true;

/** The matcher that carries a decision out; it answers with the reason for a refusal. */
export function matcherOf(authorize: Authorize): SpiffeIdMatcher {
  if (authorize === anyPeer) return matchAny();
  if (typeof authorize === 'function') {
    return (id) => (authorize(id) ? undefined : `"${id.uri}" is not authorized`);
  }
  if (typeof authorize === 'string') return matchId(parseSpiffeId(authorize));
  if (isList(authorize)) {
    const allowed = new Set(authorize.map((id) => parseSpiffeId(id.toString()).uri));
    return (id) => (allowed.has(id.uri) ? undefined : `"${id.uri}" is not one of the expected IDs`);
  }
  if (authorize instanceof SpiffeId) return matchId(authorize);
  return matchMemberOf(parseTrustDomain(authorize.memberOf));
}

function isList(authorize: Authorize): authorize is readonly (string | SpiffeId)[] {
  return Array.isArray(authorize);
}
