import type { BatchNewX509SVIDResponseOutput, SVIDClient } from '@signet/api';
import { type Clock, type RegistrationEntry, SignetError } from '@signet/core';
import type { Logger } from '@signet/daemon';
import { callUnary } from '../server-api/call.ts';
import type { KeySource } from './key-source.ts';
import type { KeyAndRequest } from './certificate-request.ts';
import type { RotationPolicy } from './rotation-plan.ts';
import { recordX509Svid, type X509SvidRecord } from './x509-svid-record.ts';

/** What fetching SVIDs needs. */
export interface SvidFetchDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly keys: KeySource;
  readonly rotation: RotationPolicy;
  /** a number in [0, 1). */
  readonly draw: () => number;
}

type Result = BatchNewX509SVIDResponseOutput['results'][number];

/**
 * X.509-SVIDs for the entries, each with a fresh key, in one call. An entry that the server refuses is left out with a
 * warning: it is asked for again later.
 *
 * @param entries - 1 to 500.
 * @throws {ServerCallError} when the whole call fails.
 */
export async function fetchX509Svids(
  client: SVIDClient,
  entries: readonly RegistrationEntry[],
  deps: SvidFetchDeps,
): Promise<readonly X509SvidRecord[]> {
  const keys = await deps.keys.make(entries.map((entry) => entry.spiffeId));
  const params = entries.map((entry, i) => ({ entry_id: entry.id, csr: keyAt(keys, i).csrDer }));
  const { results } = await callUnary<BatchNewX509SVIDResponseOutput>(
    'BatchNewX509SVID',
    deps.clock,
    (options, done) => client.BatchNewX509SVID({ params }, options, done),
  );
  // The results carry no entry ID: their place in the list is all that ties them to what was asked.
  return entries.flatMap((entry, i) => readResult(entry, keyAt(keys, i), results[i], deps));
}

function readResult(
  entry: RegistrationEntry,
  key: KeyAndRequest,
  result: Result | undefined,
  deps: SvidFetchDeps,
): readonly X509SvidRecord[] {
  const fields = { entry_id: entry.id, spiffe_id: entry.spiffeId.uri };
  if (result?.status?.code !== 0 || result.svid === null) {
    const reason = result?.status?.message ?? 'no result';
    deps.logger.warn('X509-SVID was not issued', { ...fields, status: reason });
    return [];
  }
  try {
    return [recordX509Svid(entry, key, result.svid.cert_chain, deps.draw(), deps.rotation)];
  } catch (error) {
    if (!(error instanceof SignetError)) throw error;
    deps.logger.error('X509-SVID from the server cannot be used', { ...fields, error });
    return [];
  }
}

function keyAt(keys: readonly KeyAndRequest[], i: number): KeyAndRequest {
  return keys[i] as KeyAndRequest;
}
