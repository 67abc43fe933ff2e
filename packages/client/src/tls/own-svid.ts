import { WorkloadApiError } from '../errors.ts';
import type { X509Source } from '../source/x509-source.ts';
import type { X509Svid } from '@signet/core';

/**
 * The SVID to present on a new connection.
 *
 * @throws {WorkloadApiError} `ERR_X509_EXPIRED` when it was not renewed in time, which every peer would refuse without a
 * word; otherwise as the source's own.
 */
export function ownSvid(source: X509Source): X509Svid {
  const { svid } = source;
  if (svid.expiresAt * 1000 + 1000 > Date.now()) return svid;
  throw new WorkloadApiError(
    'ERR_X509_EXPIRED',
    `own X.509-SVID "${svid.id.uri}" has expired, and the agent gave no newer one`,
  );
}
