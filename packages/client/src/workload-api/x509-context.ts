import type { WorkloadX509SVIDOutput, WorkloadX509SVIDResponseOutput } from '@signet/api';
import {
  parseCertificateSequence,
  parseSpiffeId,
  parseX509Svid,
  X509Bundle,
  X509BundleSet,
  type X509Svid,
} from '@signet/core';
import { WorkloadApiError } from '../errors.ts';
import type { TaskHandle } from '../task/task-handle.ts';
import { firstOfEachHint } from './hints.ts';
import type { Report } from './usable.ts';
import { x509BundlesFromMap } from './x509-bundles.ts';

/** All that the Workload API gives for X.509 at one moment. */
export interface X509Context {
  /** At least one; the first is the default identity. */
  readonly svids: readonly X509Svid[];
  readonly bundles: X509BundleSet;
  /** Revocation lists, each in DER, of any trust domain. They are handed on as they came. */
  readonly crls: readonly Uint8Array[];
}

/**
 * Reads a message of FetchX509SVID. A federated bundle that cannot be read is reported and left out.
 *
 * @throws {WorkloadApiError} or another `SignetError` when something mandatory is missing or does not fit; then the
 * whole message is to be dropped, and the state before it stays.
 * @spec WAPI-9, WAPI-10, WAPI-12, WAPI-15, WAPI-20, WAPI-22
 */
export function x509ContextOf(wire: WorkloadX509SVIDResponseOutput, report: Report): X509Context {
  const kept = firstOfEachHint(wire.svids);
  if (kept.length === 0)
    throw new WorkloadApiError('ERR_X509_SVID_EMPTY', 'Workload API: answer without an SVID');
  const own = kept.map((each) => {
    const svid = svidOf(each);
    return { svid, bundle: new X509Bundle(svid.id.trustDomain, parseCertificateSequence(each.bundle)) };
  });
  return {
    svids: own.map(({ svid }) => svid),
    // The own trust domain's bundle comes last, for the last one counts.
    bundles: new X509BundleSet([
      ...x509BundlesFromMap(wire.federated_bundles, report),
      ...own.map(({ bundle }) => bundle),
    ]),
    crls: wire.crl,
  };
}

/** @throws {WorkloadApiError} `ERR_FAILED_PRECONDITION` when an SVID is not of the task, if there is one. */
export function requireOfTask(context: X509Context, task: TaskHandle | undefined): X509Context {
  if (task === undefined || context.svids.every(({ leaf }) => leaf.taskId === task.id)) return context;
  throw new WorkloadApiError(
    'ERR_FAILED_PRECONDITION',
    'Workload API: an SVID is not of the task that it was asked for in',
  );
}

function svidOf(wire: WorkloadX509SVIDOutput): X509Svid {
  const svid = parseX509Svid({ chainDer: wire.x509_svid, keyPkcs8: wire.x509_svid_key, hint: wire.hint });
  if (svid.id.equals(parseSpiffeId(wire.spiffe_id))) return svid;
  throw new WorkloadApiError(
    'ERR_X509_SVID_SPIFFE_ID',
    'Workload API: SPIFFE ID and certificate do not agree',
  );
}
