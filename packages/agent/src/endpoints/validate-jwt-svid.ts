import type { WorkloadValidateJWTSVIDResponseInput } from '@signet/api';
import {
  type Bundle,
  type Clock,
  type JwtBundle,
  type JwtBundleSource,
  jwtBundleOf,
  nowSeconds,
  SignetError,
  type TrustDomain,
  verifyJwtSvid,
} from '@signet/core';
import type { AgentCache } from '../sync/agent-cache.ts';
import type { Caller } from './caller.ts';
import { visibleClaims } from './claims.ts';
import type { WorkloadViews } from './workload-views.ts';

/** What validating needs. */
export interface ValidateDeps {
  readonly cache: AgentCache;
  readonly views: WorkloadViews;
  readonly clock: Clock;
  readonly allowedForeignJwtClaims: readonly string[];
}

/**
 * Checks a token against the bundles that the caller may see: the own one always, others as its entries say.
 *
 * @throws {SignetError} `ERR_INVALID_ARGUMENT` when the token is not valid for the audience.
 * @spec Workload API §5.2.4
 */
export function validateJwtSvid(
  request: { readonly audience: string; readonly token: string },
  caller: Caller,
  deps: ValidateDeps,
): WorkloadValidateJWTSVIDResponseInput {
  const bundles = visibleJwtBundles(caller, deps);
  try {
    const svid = verifyJwtSvid(request.token, {
      bundles,
      audience: [request.audience],
      at: nowSeconds(deps.clock),
    });
    const claims = visibleClaims(svid, deps.cache.trustDomain, deps.allowedForeignJwtClaims);
    return { spiffe_id: svid.id.uri, claims };
  } catch (cause) {
    if (!(cause instanceof SignetError)) throw cause;
    throw new SignetError('ERR_INVALID_ARGUMENT', cause.message, { cause });
  }
}

const parsed = new WeakMap<Bundle, JwtBundle>();

function visibleJwtBundles(caller: Caller, deps: ValidateDeps): JwtBundleSource {
  const { cache } = deps;
  const visible = deps.views.view(caller.selectors).bundles;
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
