import { AgentError, AuthorizationError, type SignetError } from '@signet/core';
import type { Caller } from './caller.ts';

/**
 * Why a caller without identities gets nothing: it is told so only when that is certain; else it is to try again.
 *
 * @param isSynced - whether the agent knows what the server says.
 */
export function noIdentity(caller: Pick<Caller, 'complete'>, isSynced: boolean): SignetError {
  if (!isSynced)
    return new AgentError('ERR_AGENT_NOT_SYNCED', 'the agent has not synchronized with the server yet');
  if (!caller.complete) return new AgentError('ERR_UNAVAILABLE', 'the workload could not be fully attested');
  return new AuthorizationError('ERR_NO_IDENTITY_ISSUED', 'no identity issued');
}
