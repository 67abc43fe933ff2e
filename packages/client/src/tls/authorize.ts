import {
  matchAny,
  matchId,
  matchMemberOf,
  matchOneOf,
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

/**
 * The matcher that carries a decision out; it answers with the reason for a refusal.
 *
 * @throws {SpiffeIdError} when an ID or trust domain is malformed.
 */
export function matcherOf(authorize: Authorize): SpiffeIdMatcher {
  if (authorize === anyPeer) return matchAny();
  if (typeof authorize === 'function') return predicate(authorize);
  if (typeof authorize === 'string') return matchId(parseSpiffeId(authorize));
  if (isList(authorize)) return matchOneOf(...authorize.map((id) => parseSpiffeId(id.toString())));
  if (authorize instanceof SpiffeId) return matchId(authorize);
  return matchMemberOf(parseTrustDomain(authorize.memberOf));
}

function predicate(authorize: (id: SpiffeId) => boolean): SpiffeIdMatcher {
  return (id) => {
    const verdict: unknown = authorize(id);
    // Nothing but true counts: the promise of an asynchronous predicate would be truthy whatever it says.
    return verdict === true ? undefined : `"${id.uri}" is not authorized`;
  };
}

function isList(authorize: Authorize): authorize is readonly (string | SpiffeId)[] {
  return Array.isArray(authorize);
}
