import type { ServerRevocations } from './server-revocations.ts';

/** What is wrong with the revocations, and what to do; undefined when all is well. */
export function revocationProblem({
  failure,
  lost,
}: Pick<ServerRevocations, 'failure' | 'lost'>): string | undefined {
  if (failure !== undefined) return failure.message;
  if (lost === undefined) return undefined;
  const since = new Date(lost.at * 1000).toISOString();
  return `revocations were lost, as by restoring an old backup: run "signet-server svid revoke -issuedBefore ${since}"`;
}
