import { parseJwtSvidInsecure, type RevocationSet } from '@signet/core';
import type { Logger } from '@signet/daemon';
import type { AgentCache } from '../sync/agent-cache.ts';
import type { JwtSvidCache } from '../sync/jwt-svid-cache.ts';
import type { AgentRevocations } from './agent-revocations.ts';

/** What giving up revoked SVIDs needs. */
export interface WithdrawDeps {
  readonly revocations: AgentRevocations;
  readonly cache: AgentCache;
  readonly jwtSvids: Pick<JwtSvidCache, 'withdrawRevoked'>;
  /** has missing SVIDs fetched. */
  readonly wanted: () => void;
  readonly logger: Logger;
}

/**
 * Gives up every SVID of a workload as soon as it is revoked, and has another one fetched: whether there is one is the
 * server's to say.
 *
 * @returns ends it.
 */
export function withdrawRevoked(deps: WithdrawDeps): () => void {
  const { revocations, cache, jwtSvids, wanted, logger } = deps;
  return revocations.onChange(({ revocations: told, isFullState }) => {
    // What is issued in tasks is not among these.
    if (!isFullState && told.every(({ target }) => target.kind === 'task')) return;
    const revoked = [...cache.svids.values()].filter(
      ({ leaf }) => revocations.set.findX509(leaf) !== undefined,
    );
    const x509_svids = revoked.length;
    cache.dropSvids(revoked.map(({ entryId }) => entryId));
    const jwt_svids = jwtSvids.withdrawRevoked();
    if (x509_svids > 0) wanted();
    if (x509_svids + jwt_svids > 0) logger.info('Revoked SVIDs were given up', { x509_svids, jwt_svids });
  });
}

/** Whether a token that the agent itself was given is revoked. */
export function isTokenRevoked(token: string, set: RevocationSet): boolean {
  return set.size > 0 && set.findJwt(parseJwtSvidInsecure(token)) !== undefined;
}
