import { type Caller, requireStillSame } from './caller.ts';
import { noIdentity } from './entitlement.ts';
import { fetchJwtSvids, type JwtSvidDeps } from './fetch-jwt-svids.ts';
import { unauthenticatedMessage } from './unauthenticated.ts';
import type { Feed } from './workload-view.ts';
import type { FeedSource, Workload } from './workload.ts';
import type { AgentCache } from '../sync/agent-cache.ts';

/** What answering callers for themselves needs. */
export interface CallerWorkloadDeps extends JwtSvidDeps {
  readonly cache: AgentCache;
  /** whether callers without identity get the own trust domain's bundles. */
  readonly allowUnauthenticatedVerifiers: boolean;
}

/** The caller itself, with all identities that its selectors give it. */
export function callerWorkload(caller: Caller, deps: CallerWorkloadDeps): Workload {
  return {
    peer: caller.peer,
    source: (feed) => callerSource(feed, caller, deps),
    jwtSvids: (request) => fetchJwtSvids(request, caller, deps),
    bundles: () => deps.views.view(caller.selectors).bundles,
  };
}

/**
 * Its streams end with {AuthorizationError} `ERR_NO_IDENTITY_ISSUED` when nothing is, or no longer, registered for the
 * caller.
 */
function callerSource(feed: Feed, caller: Caller, deps: CallerWorkloadDeps): FeedSource {
  const view = deps.views.view(caller.selectors);
  return {
    peer: caller.peer,
    sendable: () => {
      const sendable = view.sendable(feed);
      if (sendable.kind !== 'none') return sendable;
      const mayVerify = deps.allowUnauthenticatedVerifiers && caller.complete;
      const message = mayVerify ? unauthenticatedMessage(feed, deps.cache) : undefined;
      if (message !== undefined) return { kind: 'ready', message };
      return noIdentity(caller, deps.isSynced());
    },
    watch: (listener) => deps.views.watch(view, listener),
    requireSame: () => requireStillSame(caller),
  };
}
