import type { WorkloadX509SVIDOutput, WorkloadX509SVIDResponseOutput } from '@signet/api';
import { parseSpiffeId, parseX509Svid, X509BundleSet, type X509Svid } from '@signet/core';
import { WorkloadApiError } from '../errors.ts';
import { x509BundleFromDer, x509BundlesFromMap } from './x509-bundles.ts';

/** All that the Workload API gives for X.509 at one moment. */
export interface X509Context {
  /** At least one; the first is the default identity. */
  readonly svids: readonly X509Svid[];
  readonly bundles: X509BundleSet;
}

/**
 * Reads a message of FetchX509SVID.
 *
 * @throws {WorkloadApiError} or {SvidError} when something mandatory is missing or does not fit; then the whole
 * message is dropped and the state before it stays.
 * @spec WAPI-12, WAPI-15, WAPI-22
 */
export function x509ContextOf(wire: WorkloadX509SVIDResponseOutput): X509Context {
  if (wire.svids.length === 0)
    throw new WorkloadApiError('ERR_X509_SVID_EMPTY', 'Workload API: answer without an SVID');
  const hints = new Set<string>();
  const kept = wire.svids.filter(({ hint }) => {
    if (hint === '') return true;
    if (hints.has(hint)) return false;
    return hints.add(hint);
  });
  const svids = kept.map(svidOf);
  const own = kept.map((svid, index) => {
    const id = (svids[index] as X509Svid).id;
    return x509BundleFromDer(id.trustDomain, svid.bundle);
  });
  return { svids, bundles: new X509BundleSet([...x509BundlesFromMap(wire.federated_bundles), ...own]) };
}

function svidOf(wire: WorkloadX509SVIDOutput): X509Svid {
  const svid = parseX509Svid({ chainDer: wire.x509_svid, keyPkcs8: wire.x509_svid_key, hint: wire.hint });
  if (svid.id.equals(parseSpiffeId(wire.spiffe_id))) return svid;
  throw new WorkloadApiError(
    'ERR_X509_SVID_SPIFFE_ID',
    'Workload API: SPIFFE ID and certificate do not agree',
  );
}
