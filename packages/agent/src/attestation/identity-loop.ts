import { AgentError, parseCertificate } from '@signet/core';
import { backoff, type Metrics } from '@signet/daemon';
import { lived } from '../lived.ts';
import { answerRefusal, type RefusalDeps } from './answer-refusal.ts';
import type { ServerConnection } from '../server-api/server-connection.ts';
import { authorityKeyId } from '../sync/x509-svid-record.ts';
import type { TaintWatch } from '../sync/taint-watch.ts';

/** What the loop needs. */
export interface IdentityLoopDeps extends RefusalDeps {
  readonly connection: ServerConnection;
  readonly taints: TaintWatch;
  readonly metrics: Metrics;
}

const CHECK_MS = 5_000;
const LONGEST_PAUSE_MS = 2 * 60_000;

/**
 * Keeps the agent's own SVID fresh until the signal aborts: looked at every five seconds, and after failures up to two
 * minutes apart.
 *
 * @throws {AgentError} when the agent has to stop: it was refused, or its SVID has expired and no new one can be had.
 */
export async function runIdentityLoop(deps: IdentityLoopDeps, signal: AbortSignal): Promise<void> {
  const pauses = backoff({ initialMs: CHECK_MS, maxMs: LONGEST_PAUSE_MS, factor: 1.5 });
  let pause = CHECK_MS;
  while (await lived(pause, signal)) {
    const succeeded = !isDue(deps) || (await rotated(deps, signal));
    if (succeeded) pauses.reset();
    pause = succeeded ? CHECK_MS : untilExpiry(pauses.next(), deps);
  }
}

function isDue({ keeper, taints, logger }: IdentityLoopDeps): boolean {
  if (keeper.isDue()) return true;
  const chain = keeper.current.chainDer.map((der) => parseCertificate(der));
  if (!taints.isDistrusted(authorityKeyId(chain))) return false;
  logger.info('Agent SVID is tainted by a root authority, forcing rotation');
  return true;
}

async function rotated(deps: IdentityLoopDeps, signal: AbortSignal): Promise<boolean> {
  const { keeper, connection, logger, metrics } = deps;
  const end = metrics.callCounter(['agent_svid', 'rotate']).start();
  try {
    await keeper.rotate(connection, signal);
    end(0);
    logger.info('Agent SVID rotated', { spiffe_id: keeper.current.id.uri });
    return true;
  } catch (error) {
    end(2);
    if (signal.aborted) return false;
    logger.error('Failed to rotate agent SVID', { error });
    await answerRefusal(error, 'later', deps, signal);
    if (!keeper.isExpired()) return false;
    throw new AgentError('ERR_AGENT_SVID_EXPIRED', 'the agent SVID has expired and could not be renewed', {
      cause: error,
    });
  }
}

/** No pause reaches far beyond the end of the SVID: that end is to be noticed. */
function untilExpiry(pause: number, { keeper }: IdentityLoopDeps): number {
  return keeper.isExpired() ? CHECK_MS : pause;
}
