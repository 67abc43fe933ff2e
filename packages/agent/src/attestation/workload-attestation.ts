import { AttestationError, type Selector } from '@signet/core';
import { type CallCounter, LineLimiter, type Logger, type Metrics, type UnixPeer } from '@signet/daemon';
import type { WorkloadAttestor } from '@signet/plugins';
import { Deadline } from './deadline.ts';
import { requireAlive, requireSameProcess, workloadProcess } from './workload-process.ts';

/** What is known of a workload. */
export interface WorkloadAttestation {
  readonly selectors: readonly Selector[];
  /** false when an attestor failed: the workload may have selectors that are not here. */
  readonly complete: boolean;
}

/** What workload attestation needs. */
export interface WorkloadAttestationDeps {
  readonly attestors: readonly WorkloadAttestor[];
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** Attests the process behind a connection, once for each request. */
export type AttestWorkload = (peer: UnixPeer) => Promise<WorkloadAttestation>;

const TIMEOUT_MS = 10_000;
/** Of one user. */
const LINES_A_MINUTE = 60;

/**
 * Attests with all attestors at once, within ten seconds. What they say counts only if the caller is, after all of them,
 * still the process and program that connected. An attestor that fails is logged; the others' selectors stand.
 *
 * @throws {AttestationError} `ERR_WORKLOAD_GONE`, `ERR_WORKLOAD_CHANGED`; `ERR_ATTESTATION_FAILED` when all attestors failed.
 */
export function createWorkloadAttestation(deps: WorkloadAttestationDeps): AttestWorkload {
  const counter = deps.metrics.callCounter(['workload_api', 'workload_attestation']);
  const attestors = deps.attestors.map((attestor) => ({
    attestor,
    counter: deps.metrics.callCounter(['workload_api', 'workload_attestor'], { attestor: attestor.type }),
  }));
  const lines = new LineLimiter({
    most: LINES_A_MINUTE,
    report: (user, count) => deps.logger.warn('More workloads could not be attested', { user, count }),
  });
  const discovered = deps.metrics.series('summary', ['workload_api', 'discovered_selectors']);
  return async (peer) => {
    const end = counter.start();
    const deadline = new Deadline(TIMEOUT_MS);
    try {
      requireAlive(peer);
      const workload = workloadProcess(peer);
      const results = await Promise.all(
        attestors.map((one) => attestOne(one, workload, deadline, { logger: deps.logger, lines })),
      );
      requireSameProcess(peer);
      const attestation = combine(results);
      discovered.record(attestation.selectors.length);
      end(0);
      return attestation;
    } catch (error) {
      end(2);
      throw error;
    } finally {
      deadline.cancel();
    }
  };
}

async function attestOne(
  { attestor, counter }: { readonly attestor: WorkloadAttestor; readonly counter: CallCounter },
  workload: ReturnType<typeof workloadProcess>,
  deadline: Deadline,
  { logger, lines }: { readonly logger: Logger; readonly lines: LineLimiter },
): Promise<readonly Selector[] | undefined> {
  const end = counter.start();
  try {
    const selectors = await deadline.bound(attestor.attest(workload, deadline), tooSlow);
    end(0);
    return selectors;
  } catch (error) {
    end(2);
    const fields = { pid: workload.pid, plugin_name: attestor.type, error };
    if (lines.admit(workload.share)) logger.error('Failed to collect all selectors for PID', fields);
    return undefined;
  }
}

/** An attestor that does not heed its signal is not waited for. */
function tooSlow(): AttestationError {
  return new AttestationError('ERR_ATTESTATION_FAILED', 'the attestor took too long');
}

function combine(results: readonly (readonly Selector[] | undefined)[]): WorkloadAttestation {
  const succeeded = results.filter((selectors) => selectors !== undefined);
  if (succeeded.length === 0) throw new AttestationError('ERR_ATTESTATION_FAILED', 'no attestor succeeded');
  // Selectors that are the same object each time are recognized without a look at them.
  const [first = [], ...more] = succeeded;
  const selectors = more.length === 0 ? first : succeeded.flat();
  return { selectors, complete: succeeded.length === results.length };
}
