import {
  AgentError,
  type Bundle,
  nowSeconds,
  parseCertificate,
  parseSpiffeId,
  SignetError,
  type TrustDomain,
} from '@signet/core';
import { backoff, delay, formatGoDuration, monotonicMs } from '@signet/daemon';
import {
  type ServerVerifier,
  verifyServerByBundle,
  verifyServerIdOnly,
} from '../server-api/server-verifier.ts';
import { type AgentData, loadAgentData, storeAgentData } from '../storage/agent-data.ts';
import type { AgentIdentity } from './agent-identity.ts';
import { bundleOfAuthorities } from './agent-identity-keeper.ts';
import { findAgentKey } from './agent-key.ts';
import { attestationHint, isFinalFailure } from './attestation-hint.ts';
import { type BootstrapTrust, loadBootstrapBundle } from './bootstrap-bundle.ts';
import { storedIdentity } from './issued-identity.ts';
import { attestNode, type NodeAttestationDeps, onlyBundle } from './node-attestation.ts';

/** What the start of an agent needs. */
export interface EstablishDeps extends NodeAttestationDeps {
  readonly dataDir: string;
  readonly trust: BootstrapTrust;
  /** how long attestation is tried. */
  readonly giveUpAfterMs?: number;
}

/** Who the agent is and whom it trusts when it starts. */
export interface Established {
  readonly identity: AgentIdentity;
  readonly bundle: Bundle;
}

type Chain = readonly Uint8Array[];

const RETRY_FROM_MS = 5_000;
const RETRY_UP_TO_MS = 30_000;
const GIVE_UP_AFTER_MS = 60_000;
const BOOTSTRAP = { mode: 'bootstrap' };

/**
 * The agent's identity at start: the stored one when it still serves, else a new attestation, which is tried again for a
 * minute unless the server says no or the configuration cannot do it.
 *
 * @throws {AgentError} with the code of what failed, and what to do about it: `ERR_AGENT_BOOTSTRAP`, `ERR_AGENT_DATA`, those
 *   of calls to the server; {ConfigError} when the configuration has no usable evidence.
 * @spec SPIRE server API §13, start
 */
export async function establishIdentity(deps: EstablishDeps, signal: AbortSignal): Promise<Established> {
  const data = await loadAgentData(deps.dataDir);
  const identity = await usableIdentity(data, deps);
  if (identity !== undefined && data.bundle.length > 0) {
    deps.logger.info('SVID loaded', { spiffe_id: identity.id.uri });
    deps.metrics.gauge(['bootstrapped'], 1);
    return { identity, bundle: bundleOfAuthorities(deps.trustDomain, data.bundle) };
  }
  deps.logger.info('SVID is not found. Starting node attestation', { subsystem_name: 'attestor' });
  return retrying(() => attestAndStore(data, deps, signal), deps, signal);
}

async function usableIdentity(data: AgentData, deps: EstablishDeps): Promise<AgentIdentity | undefined> {
  if (data.svid.length === 0) return undefined;
  try {
    const leaf = parseCertificate(data.svid[0] as Uint8Array);
    const key = await findAgentKey(deps.keyManager, leaf.spkiDer);
    const expired = leaf.notAfter <= nowSeconds(deps.clock) + 1;
    return key === undefined || expired ? undefined : storedIdentity(data.svid, key, data.reattestable);
  } catch (error) {
    if (!(error instanceof SignetError)) throw error;
    deps.logger.warn('Stored SVID cannot be used', { error });
    return undefined;
  }
}

async function attestAndStore(
  data: AgentData,
  deps: EstablishDeps,
  signal: AbortSignal,
): Promise<Established> {
  const trial = watched(await serverVerifier(data, deps, signal));
  const { identity, bundle } = await attestNode(deps, trial.verify, undefined, signal).catch(
    (error: unknown) => {
      const refusedChain = trial.refused();
      throw hinted(
        error,
        deps,
        refusedChain && { chain: refusedChain, by: bundleName(data, deps), isKept: data.bundle.length > 0 },
      );
    },
  );
  await storeAgentData(deps.dataDir, {
    svid: identity.chainDer,
    bundle: bundle.x509Authorities.map((authority) => authority.der),
    reattestable: identity.reattestable,
  });
  const fields = { spiffe_id: identity.id.uri, reattestable: identity.reattestable };
  deps.logger.info('Node attestation was successful', { subsystem_name: 'attestor', ...fields });
  return { identity, bundle };
}

async function serverVerifier(
  data: AgentData,
  deps: EstablishDeps,
  signal: AbortSignal,
): Promise<ServerVerifier> {
  const { trust, trustDomain, clock, logger } = deps;
  const stored = data.bundle.length > 0 ? data.bundle : undefined;
  const authorities = stored ?? (await loadBootstrapBundle(trust, trustDomain, signal));
  if (authorities === undefined) {
    logger.warn('Insecure bootstrap enabled; skipping server certificate verification');
    return verifyServerIdOnly(trustDomain);
  }
  return verifyServerByBundle(trustDomain, onlyBundle(bundleOfAuthorities(trustDomain, authorities)), clock);
}

/** The verifier, and the chain that it has found wanting, if any. */
function watched(verify: ServerVerifier): { verify: ServerVerifier; refused: () => Chain | undefined } {
  let refused: Chain | undefined;
  return {
    verify: (chainDer) => {
      refused = chainDer;
      verify(chainDer);
      refused = undefined;
    },
    refused: () => refused,
  };
}

/** The error with what an operator can do about it. */
function hinted(
  error: unknown,
  { attestor, address, trustDomain }: EstablishDeps,
  refusal: { readonly chain: Chain; readonly by: string; readonly isKept: boolean } | undefined,
): unknown {
  if (!(error instanceof SignetError)) return error;
  const hint = attestationHint({
    error,
    attestor: attestor.type,
    address,
    distrustedBy: refusal?.by,
    isKeptBundle: refusal?.isKept === true,
    strangeDomain: refusal && strangeDomain(refusal.chain, trustDomain),
  });
  if (hint === undefined) return error;
  return new AgentError(error.code, `${error.message}; ${hint}`, { cause: error });
}

/** What the certificate says of itself, which nobody vouches for. */
function strangeDomain([leaf]: Chain, own: TrustDomain): TrustDomain | undefined {
  try {
    const [uri] = leaf === undefined ? [] : parseCertificate(leaf).uriSans;
    const { trustDomain } = parseSpiffeId(uri ?? '');
    return trustDomain.equals(own) ? undefined : trustDomain;
  } catch {
    return undefined;
  }
}

function bundleName({ bundle }: AgentData, { dataDir, trust }: EstablishDeps): string {
  if (bundle.length > 0) return `the bundle kept in ${dataDir}`;
  if (trust.kind === 'file') return `trust_bundle_path ${trust.path}`;
  return trust.kind === 'url' ? `trust_bundle_url ${trust.url}` : 'insecure_bootstrap itself';
}

async function retrying<T>(run: () => Promise<T>, deps: EstablishDeps, signal: AbortSignal): Promise<T> {
  const { metrics } = deps;
  const beganAtMs = monotonicMs();
  metrics.gauge(['bootstrapped'], 0);
  const pauses = backoff({ initialMs: RETRY_FROM_MS, maxMs: RETRY_UP_TO_MS, factor: 1.5 });
  const giveUpAt = monotonicMs() + (deps.giveUpAfterMs ?? GIVE_UP_AFTER_MS);
  for (let attempts = 1; ; attempts++) {
    metrics.gauge(['bootstrap_attempts'], attempts, BOOTSTRAP);
    try {
      const established = await run();
      metrics.gauge(['bootstrapped'], 1);
      metrics.gauge(['bootstrap_seconds'], (monotonicMs() - beganAtMs) / 1000, BOOTSTRAP);
      return established;
    } catch (error) {
      const pause = pauses.next();
      const isFinal = isFinalFailure(error) || signal.aborted;
      if (isFinal || monotonicMs() + pause > giveUpAt) throw error;
      deps.logger.warn('Failed to attest node', {
        error,
        retry_interval: formatGoDuration(Math.round(pause) / 1000),
      });
      await delay(pause, signal);
    }
  }
}
