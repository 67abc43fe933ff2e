import { AgentError } from '@signet/core';
import type { Logger } from '@signet/daemon';
import type { AgentRevocations } from '../revocation/agent-revocations.ts';
import { denialOf } from '../server-api/server-call-error.ts';
import type { AgentCache } from '../sync/agent-cache.ts';
import type { JwtSvidCache } from '../sync/jwt-svid-cache.ts';
import type { AgentIdentityKeeper } from './agent-identity-keeper.ts';
import { refusalAction, refusalMessage, type RefusalPhase } from './refusal-plan.ts';

/** What answering a refusal needs. */
export interface RefusalDeps {
  readonly keeper: AgentIdentityKeeper;
  readonly cache: AgentCache;
  readonly jwtSvids: JwtSvidCache;
  readonly logger: Logger;
  readonly revocations: Pick<AgentRevocations, 'over'>;
  /** Resolves when the feed has ended, with which the server tells the last that the agent may know; soon. */
  readonly heardOut: () => Promise<void>;
}

/**
 * Does what a failed call to the server asks for: nothing when it may be tried again, a new attestation, or the end.
 *
 * At the end everything that the server entrusted to the agent is dropped, so that no workload is served any longer.
 *
 * @throws {AgentError} with the refusal's code when the agent has to stop.
 */
export async function answerRefusal(
  error: unknown,
  phase: RefusalPhase,
  deps: RefusalDeps,
  signal: AbortSignal,
): Promise<void> {
  const denial = denialOf(error);
  if (denial === undefined || !(error instanceof AgentError)) return;
  const action = refusalAction(denial, phase, deps.keeper.current.reattestable);
  if (action === 'retry') return;
  if (action === 'reattest' && (await reattested(error, deps, signal))) return;
  // In this order: verifiers are to refuse what was revoked with the agent, and then to know that they know no more.
  await deps.heardOut();
  deps.revocations.over();
  deps.cache.clear();
  deps.jwtSvids.clear();
  await deps.keeper.forget();
  const message = refusalMessage(denial);
  deps.logger.error(message, { error, spiffe_id: deps.keeper.current.id.uri });
  throw new AgentError(error.code, message, { cause: error });
}

async function reattested(error: unknown, deps: RefusalDeps, signal: AbortSignal): Promise<boolean> {
  const { keeper, logger } = deps;
  logger.warn('Agent is not attested, attesting again', { error });
  try {
    await keeper.reattest(signal);
    return true;
  } catch (failure) {
    logger.error('Agent could not attest again', { error: failure });
    return false;
  }
}
