import type { KeyObject } from 'node:crypto';
import { AgentError, assembleSigned, signatureScheme } from '@signet/core';
import type { KeyManager, ManagedKey } from '@signet/plugins';
import { requestInfo } from '../sync/certificate-request.ts';

/** The two places for the agent's key: the next one is made while the present one is still in use. */
const SLOTS = ['agent-svid-A', 'agent-svid-B'] as const;

/** Makes a key for the agent's next SVID, in the slot that the present one does not use. */
export function generateAgentKey(
  keyManager: KeyManager,
  present: ManagedKey | undefined,
): Promise<ManagedKey> {
  const slot = present?.id === SLOTS[0] ? SLOTS[1] : SLOTS[0];
  return keyManager.generateKey(slot, 'ec-p256');
}

/** The agent key with this public key, or undefined when the key manager does not have it. */
export async function findAgentKey(
  keyManager: KeyManager,
  spkiDer: Uint8Array,
): Promise<ManagedKey | undefined> {
  const keys = await Promise.all(SLOTS.map((slot) => keyManager.getKey(slot)));
  return keys.find((key) => key !== undefined && Buffer.compare(key.spkiDer, spkiDer) === 0);
}

/** A request to certify the key, without an ID: the server knows the agent's. */
export async function requestFor(key: ManagedKey): Promise<Uint8Array> {
  const info = requestInfo(key.spkiDer);
  return assembleSigned(info, signatureScheme(key.type).algorithmDer, await key.sign(info));
}

/**
 * The private key for TLS.
 *
 * @throws {AgentError} `ERR_AGENT_KEY` when the key manager does not let it out, as TLS here needs.
 */
export function tlsKey(key: ManagedKey): KeyObject {
  if (key.localKey !== undefined) return key.localKey;
  throw new AgentError('ERR_AGENT_KEY', 'the key manager keeps its keys where TLS cannot use them');
}
