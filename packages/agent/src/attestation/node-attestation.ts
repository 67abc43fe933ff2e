import {
  type Bundle,
  type Clock,
  nowSeconds,
  type TrustDomain,
  x509BundleOf,
  type X509BundleSource,
} from '@signet/core';
import type { Logger, Metrics } from '@signet/daemon';
import type { AgentNodeAttestor, KeyManager, ManagedKey } from '@signet/plugins';
import { openServerChannel, type ServerAddress, type ServerChannel } from '../server-api/server-channel.ts';
import type { ServerVerifier } from '../server-api/server-verifier.ts';
import { fetchOwnBundle } from '../sync/bundle-sync.ts';
import type { AgentIdentity } from './agent-identity.ts';
import { generateAgentKey, requestFor } from './agent-key.ts';
import { attestAgent } from './attest-exchange.ts';
import { checkIssuedIdentity } from './issued-identity.ts';

/** What node attestation needs. */
export interface NodeAttestationDeps {
  readonly address: ServerAddress;
  readonly trustDomain: TrustDomain;
  readonly keyManager: KeyManager;
  readonly attestor: AgentNodeAttestor;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** What a successful attestation gives. */
export interface NodeAttestationResult {
  readonly identity: AgentIdentity;
  /** the trust domain's bundle as the server has it. */
  readonly bundle: Bundle;
}

/**
 * Makes the agent known to the server: a fresh key, the evidence of the attestor, and the bundle over the same
 * connection, which carries no client certificate.
 *
 * @param verify - how the server is told from an impostor; nothing is sent to one.
 * @param present - the key in use, which is left alone.
 * @throws {ServerCallError} when the server refuses or cannot be reached; {SvidError} when what it issued is not sound.
 * @spec SPIRE server API §13, start
 */
export async function attestNode(
  deps: NodeAttestationDeps,
  verify: ServerVerifier,
  present: ManagedKey | undefined,
  signal: AbortSignal,
): Promise<NodeAttestationResult> {
  const counter = deps.metrics.callCounter(['node', 'attestor', 'new_svid'], {
    attestor: deps.attestor.type,
  });
  const end = counter.start();
  try {
    const result = await attestOnce(deps, verify, present, signal);
    end(0);
    return result;
  } catch (error) {
    end(2);
    throw error;
  }
}

async function attestOnce(
  deps: NodeAttestationDeps,
  verify: ServerVerifier,
  present: ManagedKey | undefined,
  signal: AbortSignal,
): Promise<NodeAttestationResult> {
  const attempt = await deps.attestor.begin({ signal });
  const key = await generateAgentKey(deps.keyManager, present);
  const csr = await requestFor(key);
  const channel = openServerChannel(deps.address, { verify, identity: () => undefined });
  const cancel = (): void => channel.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await attestOver(channel, deps, attempt, key, csr);
  } finally {
    signal.removeEventListener('abort', cancel);
    channel.close();
  }
}

async function attestOver(
  channel: ServerChannel,
  deps: NodeAttestationDeps,
  attempt: Awaited<ReturnType<AgentNodeAttestor['begin']>>,
  key: ManagedKey,
  csr: Uint8Array,
): Promise<NodeAttestationResult> {
  const admission = await attestAgent(channel.agent, deps.attestor.type, attempt, csr, deps.clock);
  const bundle = await fetchOwnBundle(channel.bundle, deps.trustDomain, deps);
  const identity = checkIssuedIdentity(admission.chainDer, key, admission.reattestable, {
    trustDomain: deps.trustDomain,
    bundles: onlyBundle(bundle),
    at: nowSeconds(deps.clock),
  });
  return { identity, bundle };
}

/** A source that knows one bundle. */
export function onlyBundle(bundle: Bundle): X509BundleSource {
  const x509 = x509BundleOf(bundle);
  return { x509Bundle: (domain) => (domain.equals(bundle.trustDomain) ? x509 : undefined) };
}
