import { type Bundle, type Clock, nowSeconds } from '@signet/core';
import type { Logger, Metrics } from '@signet/daemon';
import type { AgentCache } from './agent-cache.ts';
import type { JwtSvidCache } from './jwt-svid-cache.ts';
import { authoritiesOf, type AuthorityKeys, distrustedAfter, newKeys, NO_KEYS } from './taint-plan.ts';

/** What following taints needs. */
export interface TaintWatchDeps {
  readonly cache: AgentCache;
  readonly jwtSvids: JwtSvidCache;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** SVIDs scheduled at once, so that a compromised authority does not bring all of a large node's load in one moment. */
const AT_ONCE = 100;
const PAUSE_SECONDS = 5;

/** Replaces what was issued by authorities that the server declares tainted, or takes out of the bundle. */
export class TaintWatch {
  readonly #deps: TaintWatchDeps;
  #known = NO_KEYS;
  #distrusted = NO_KEYS;
  #seen: Bundle | undefined;

  constructor(deps: TaintWatchDeps) {
    this.#deps = deps;
  }

  /**
   * Takes note of a bundle. SVIDs of X.509 authorities that are newly tainted, or gone, become due; tokens of such keys are
   * dropped, and those that are still on their way are not kept.
   */
  observe(bundle: Bundle): void {
    if (bundle === this.#seen) return;
    this.#seen = bundle;
    const distrusted = distrustedAfter(bundle, this.#known, this.#distrusted);
    const fresh = newKeys(this.#distrusted, distrusted);
    this.#known = authoritiesOf(bundle);
    this.#distrusted = distrusted;
    if (fresh.x509.size > 0) this.#rotateX509(fresh.x509);
    this.#dropJwt(distrusted, fresh.jwt);
  }

  /** Whether the authority with this key ID (hex) is tainted or gone. */
  isDistrusted(authorityKeyId: string | undefined): boolean {
    return authorityKeyId !== undefined && this.#distrusted.x509.has(authorityKeyId);
  }

  #rotateX509(keyIds: ReadonlySet<string>): void {
    const { cache, clock, logger, metrics } = this.#deps;
    const end = metrics.callCounter(['cache_manager', 'workload', 'process_tainted_x509_svids']).start();
    logger.info('New tainted X.509 authorities found', { subject_key_ids: [...keyIds].join(',') });
    const affected = [...cache.svids.values()].filter((svid) => keyIds.has(svid.authorityKeyId ?? ''));
    const now = nowSeconds(clock);
    cache.putSvids(
      affected.map((svid, i) => ({
        ...svid,
        rotateAt: Math.min(svid.rotateAt, now + Math.floor(i / AT_ONCE) * PAUSE_SECONDS),
      })),
    );
    metrics.sample(['cache_manager', 'tainted_x509_svids', 'workload'], affected.length);
    end(0);
    if (affected.length === 0) return;
    logger.info('Scheduled rotation for SVID entries due to tainted X.509 authorities', {
      count: affected.length,
    });
  }

  #dropJwt({ jwt }: AuthorityKeys, fresh: ReadonlySet<string>): void {
    const { jwtSvids, logger, metrics } = this.#deps;
    const count = jwtSvids.distrust(jwt);
    if (fresh.size === 0) return;
    const counter = metrics.callCounter(['cache_manager', 'workload', 'process_tainted_jwt_svids']);
    counter.start()(0);
    metrics.sample(['cache_manager', 'tainted_jwt_svids', 'workload'], count);
    if (count === 0) return;
    const message =
      'JWT-SVIDs were removed from the JWT cache because they were issued by a tainted authority';
    logger.info(message, { count, jwt_authority_key_ids: [...fresh].join(',') });
  }
}
