import {
  type Bundle,
  type Clock,
  type JwtBundle,
  type JwtBundleSource,
  jwtBundleOf,
  type JwtSvid,
  nowSeconds,
  SignetError,
  type TrustDomain,
  VerifiedTokens,
  verifyJwtSvid,
  type VerifyJwtSvidOptions,
} from '@signet/core';
import type { AgentRevocations } from '../revocation/agent-revocations.ts';
import type { AgentCache } from '../sync/agent-cache.ts';
import { visibleClaims } from './claims.ts';
import { encodeValidated } from './workload-messages.ts';

/** What validating needs. */
export interface ValidateDeps {
  readonly cache: AgentCache;
  readonly clock: Clock;
  readonly revocations: Pick<AgentRevocations, 'refusalOfJwt'>;
  readonly allowedForeignJwtClaims: readonly string[];
}

/** What a caller wants of ValidateJWTSVID. */
export interface ValidateRequest {
  readonly audience: string;
  readonly token: string;
}

/**
 * Checks a token against the bundles that the caller may see: the own one always, others as its entries say.
 *
 * @param visible - the bundles that the caller may see besides the own one.
 * @returns an encoded ValidateJWTSVIDResponse.
 * @throws {SignetError} `ERR_INVALID_ARGUMENT` when the token is not valid for the audience, or revoked; `ERR_UNAVAILABLE`
 * when the agent does not know what was revoked lately, and is to refuse such tokens then.
 * @spec Workload API §5.2.4
 */
export type ValidateJwtSvid = (request: ValidateRequest, visible: readonly Bundle[]) => Buffer;

/** A few kilobytes each. */
const REMEMBERED_TOKENS = 1_024;

/** Makes a checker of tokens, which remembers those that it has seen. */
export function jwtSvidValidator(deps: ValidateDeps): ValidateJwtSvid {
  const verified = new VerifiedTokens(REMEMBERED_TOKENS);
  // The claims of a token that is remembered are the same object each time.
  const answers = new WeakMap<JwtSvid['claims'], Buffer>();
  return ({ audience, token }, visible) => {
    const svid = verify(token, {
      bundles: visibleJwtBundles(visible, deps),
      audience: [audience],
      at: nowSeconds(deps.clock),
      verified,
    });
    requireNotRevoked(svid, deps);
    const answer = answers.get(svid.claims) ?? encode(svid, deps);
    answers.set(svid.claims, answer);
    return answer;
  };
}

function verify(token: string, options: VerifyJwtSvidOptions): JwtSvid {
  try {
    return verifyJwtSvid(token, options);
  } catch (cause) {
    if (!(cause instanceof SignetError)) throw cause;
    throw new SignetError('ERR_INVALID_ARGUMENT', cause.message, { cause });
  }
}

function requireNotRevoked(svid: JwtSvid, { cache, revocations }: ValidateDeps): void {
  if (!svid.id.trustDomain.equals(cache.trustDomain)) return;
  const refusal = revocations.refusalOfJwt(svid);
  if (refusal === undefined) return;
  const isStale = refusal.code === 'ERR_REVOCATIONS_STALE';
  throw new SignetError(isStale ? 'ERR_UNAVAILABLE' : 'ERR_INVALID_ARGUMENT', refusal.message, {
    cause: refusal,
  });
}

function encode(svid: JwtSvid, { cache, allowedForeignJwtClaims }: ValidateDeps): Buffer {
  const claims = visibleClaims(svid, cache.trustDomain, allowedForeignJwtClaims);
  return encodeValidated({ spiffe_id: svid.id.uri, claims });
}

const parsed = new WeakMap<Bundle, JwtBundle>();

function visibleJwtBundles(visible: readonly Bundle[], { cache }: ValidateDeps): JwtBundleSource {
  return {
    jwtBundle: (domain: TrustDomain) => {
      const bundle = domain.equals(cache.trustDomain)
        ? cache.ownBundle
        : visible.find((candidate) => candidate.trustDomain.equals(domain));
      return bundle === undefined ? undefined : parsedBundle(bundle);
    },
  };
}

/** Parsed once for each bundle: importing keys costs more than checking a signature. */
function parsedBundle(bundle: Bundle): JwtBundle {
  const known = parsed.get(bundle) ?? jwtBundleOf(bundle);
  parsed.set(bundle, known);
  return known;
}
