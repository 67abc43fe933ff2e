import { AgentError, type Selector } from '@signet/core';
import { monotonicMs, type PeerRegistry, type UnixPeer } from '@signet/daemon';
import { requireSameProcess } from '../attestation/workload-process.ts';
import type { AttestWorkload } from '../attestation/workload-attestation.ts';
import type { FairGate } from '../fair-gate.ts';

/** The process behind a request, attested for this request. */
export interface Caller {
  readonly peer: UnixPeer;
  readonly selectors: readonly Selector[];
  /** false when an attestor failed, so that selectors may be missing. */
  readonly complete: boolean;
  /** when it was last found to be what it was when it connected; monotonic. */
  readonly attestedAtMs: number;
}

/** What finding the caller needs. */
export interface CallerDeps {
  readonly peers: () => PeerRegistry;
  readonly attest: AttestWorkload;
  /** turns of users. */
  readonly gate: FairGate<string>;
}

/**
 * Finds out who calls, and attests it.
 *
 * @param peerId - what `call.getPeer()` gives.
 * @throws {AgentError} `ERR_UNAVAILABLE` when the connection is gone; {AttestationError}; {RateLimitError}.
 */
export async function identifyCaller(peerId: string, deps: CallerDeps): Promise<Caller> {
  const peer = deps.peers().resolve(peerId);
  if (peer?.kind !== 'unix') throw new AgentError('ERR_UNAVAILABLE', 'the connection has gone');
  const attestation = await deps.gate.run(peer.share, () => deps.attest(peer));
  return { peer, ...attestation, attestedAtMs: monotonicMs() };
}

/** So long after attestation the caller is not looked at again: what can be answered at once is. */
const FRESH_MS = 5;

/**
 * Makes sure that the caller is still what was attested: before anything that took its time is handed to it.
 *
 * @throws {AttestationError} as {@link requireSameProcess}.
 */
export function requireStillSame({ peer, attestedAtMs }: Pick<Caller, 'peer' | 'attestedAtMs'>): void {
  if (monotonicMs() - attestedAtMs > FRESH_MS) requireSameProcess(peer);
}
