import { type AuthorizationErrorCode, type UnixSeconds } from '@signet/core';
import { type AgentStore, isBanned } from '../datastore/agent-store.ts';
import { type CallerSvid } from './caller.ts';

/** Why a caller is not an active agent. */
export type AgentDenialCode = Extract<AuthorizationErrorCode, `ERR_AGENT_${string}`>;

/**
 * Checks that a caller's SVID is the one that its node row says is in use.
 *
 * The first use of a renewed SVID makes it the current one; from then on the former is refused.
 *
 * @returns undefined for an active agent, else the reason.
 * @spec spire-server-api §5
 */
export async function checkAgent(
  svid: CallerSvid,
  agents: Pick<AgentStore, 'get' | 'activateNewSerial'>,
  now: UnixSeconds,
): Promise<AgentDenialCode | undefined> {
  // The handshake saw a valid certificate, but a connection can outlive it.
  if (now > svid.expiresAt) return 'ERR_AGENT_EXPIRED';
  const node = await agents.get(svid.id);
  if (node === undefined) return 'ERR_AGENT_NOT_ATTESTED';
  if (isBanned(node)) return 'ERR_AGENT_BANNED';
  // Another one is only to be had by proving again what the node is.
  if (svid.isRevoked?.() === true) return 'ERR_AGENT_MUST_REATTEST';
  if (node.serialNumber === svid.serialNumber) return undefined;
  if (node.newSerialNumber !== svid.serialNumber) return 'ERR_AGENT_NOT_ACTIVE';
  const isCurrent = await agents.activateNewSerial(svid.id, svid.serialNumber);
  return isCurrent ? undefined : 'ERR_AGENT_NOT_ACTIVE';
}
