import type { LostRevocations } from './journal-record.ts';
import type { ServerRevocations } from './server-revocations.ts';

/** What is wrong with the revocations, and what to do; undefined when all is well. */
export function revocationProblem({
  failure,
  lost,
}: Pick<ServerRevocations, 'failure' | 'lost'>): string | undefined {
  if (failure !== undefined) return failure.message;
  if (lost === undefined) return undefined;
  return `what was issued or revoked is not known here, as after restoring an old backup: ${remedy(lost)}`;
}

/** What may be wrong, and what to do then; undefined when nothing may be. One agent alone can say it, and lie. */
export function revocationWarning({ suspected }: Pick<ServerRevocations, 'suspected'>): string | undefined {
  if (suspected === undefined) return undefined;
  const { agentId } = suspected;
  return `${agentId} holds revocations that are not known here: if an old backup was restored, ${remedy(suspected)}`;
}

function remedy({ at }: LostRevocations): string {
  return `run "signet-server svid revoke -issuedBefore ${new Date(at * 1000).toISOString()}"`;
}
