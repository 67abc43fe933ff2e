import { type Logger, monotonicMs } from '@signet/daemon';

const WARN_EVERY_MS = 60_000;

/**
 * Warns of servers that the agent's own bundle does not vouch for, once a minute at most, with what to do when it is the
 * right server: its authorities may have been made anew, as after the loss of its database.
 */
export function distrustWarning(
  logger: Pick<Logger, 'warn'>,
  dataDir: string,
  nowMs: () => number = monotonicMs,
): (error: unknown) => void {
  let warnAtMs = -Infinity;
  return (error) => {
    if (nowMs() < warnAtMs) return;
    warnAtMs = nowMs() + WARN_EVERY_MS;
    const hint = `if the server was set up anew, stop the agent, delete agent-data.json in ${dataDir}, and give it the new bundle`;
    logger.warn('The bundle that the agent keeps does not vouch for the server', { error, hint });
  };
}
