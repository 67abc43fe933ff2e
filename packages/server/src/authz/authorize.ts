import { AuthorizationError, type Clock, nowSeconds, type SpiffeId } from '@signet/core';
import { type AgentStore } from '../datastore/agent-store.ts';
import { type Caller, type CallerSvid } from './caller.ts';
import { checkAgent } from './agent-check.ts';
import { type AuthorizedEntries } from './authorized-entries.ts';
import { type CallerClass, ruleFor } from './rpc-policy.ts';

/** What deciding about a caller needs. */
export interface AuthorizeDeps {
  readonly adminIds: ReadonlySet<string>;
  readonly entries: Pick<AuthorizedEntries, 'callerRights'>;
  readonly agents: Pick<AgentStore, 'get' | 'activateNewSerial'>;
  readonly clock: Clock;
}

/** As what a caller was let in; `via` tells an auditor by what right. */
export interface Grant {
  readonly as: CallerClass;
  readonly via: 'policy' | 'socket' | 'config' | 'entry' | 'node';
}

/**
 * Lets a caller in, by the first class of the method's row that it belongs to.
 *
 * The order is: any, local, admin by configuration, admin by entry, downstream by entry, agent. A local caller has
 * no SPIFFE ID, so it is never more than local. A caller whose SVID is bound to a task is never more than any.
 *
 * @throws {AuthorizationError} `ERR_AUTHORIZATION_DENIED`, or `ERR_AGENT_*` when the agent check was what refused.
 * @spec spire-server-api §3
 */
export async function authorize(method: string, caller: Caller, deps: AuthorizeDeps): Promise<Grant> {
  const allow = ruleFor(method)?.allow ?? [];
  if (allow.includes('any')) return { as: 'any', via: 'policy' };
  if (caller.kind === 'local') {
    if (allow.includes('local')) return { as: 'local', via: 'socket' };
    throw denied(method);
  }
  // What was issued for a piece of work speaks for that work only, whatever its entry or the configuration says.
  if (caller.svid === undefined || caller.svid.taskId !== undefined) throw denied(method);
  const grant = grantById(allow, caller.svid.id, deps);
  if (grant !== undefined) {
    if (caller.svid.isRevoked?.() === true) throw denied(method);
    return grant;
  }
  if (!allow.includes('agent')) throw denied(method);
  await requireAgent(method, caller.svid, deps);
  return { as: 'agent', via: 'node' };
}

function grantById(allow: readonly CallerClass[], id: SpiffeId, deps: AuthorizeDeps): Grant | undefined {
  const adminAllowed = allow.includes('admin');
  const downstreamAllowed = allow.includes('downstream');
  if (!adminAllowed && !downstreamAllowed) return undefined;
  if (adminAllowed && deps.adminIds.has(id.uri)) return { as: 'admin', via: 'config' };
  const rights = deps.entries.callerRights(id, nowSeconds(deps.clock));
  if (adminAllowed && rights.admin) return { as: 'admin', via: 'entry' };
  return downstreamAllowed && rights.downstream ? { as: 'downstream', via: 'entry' } : undefined;
}

async function requireAgent(method: string, svid: CallerSvid, deps: AuthorizeDeps): Promise<void> {
  const denial = await checkAgent(svid, deps.agents, nowSeconds(deps.clock));
  if (denial !== undefined) throw new AuthorizationError(denial, denialText(method));
}

function denied(method: string): AuthorizationError {
  return new AuthorizationError('ERR_AUTHORIZATION_DENIED', denialText(method));
}

/** The text of every refusal; the reason proper is in the details. */
export function denialText(method: string): string {
  return `authorization denied for method ${method}`;
}
