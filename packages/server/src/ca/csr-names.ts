import {
  CsrError,
  SignetError,
  findWildcardOverlap,
  parseSpiffeId,
  requireWorkloadId,
  validateDnsName,
  type CertificateRequest,
  type SpiffeId,
  type TrustDomain,
} from '@signet/core';

/** The names that an operator's CSR asks for, checked. */
export interface CsrNames {
  readonly spiffeId: SpiffeId;
  readonly dnsNames: readonly string[];
}

/**
 * Reads the names of a CSR whose SANs are to be honoured.
 *
 * @throws {CsrError} `ERR_CSR_URI_SAN_COUNT` not exactly one URI SAN; `ERR_CSR_SPIFFE_ID` it is not a workload ID of
 * the trust domain; `ERR_CSR_DNS_NAME` a name is invalid or covered by a wildcard.
 * @spec SPIRE SVID API, MintX509SVID
 */
export function readCsrNames(csr: CertificateRequest, trustDomain: TrustDomain): CsrNames {
  const [uri, ...more] = csr.uriSans;
  if (uri === undefined) throw new CsrError('ERR_CSR_URI_SAN_COUNT', 'CSR URI SAN is required');
  if (more.length > 0) throw new CsrError('ERR_CSR_URI_SAN_COUNT', 'only one URI SAN is expected');
  const spiffeId = workloadId(uri, trustDomain);
  requireDnsNames(csr.dnsSans);
  return { spiffeId, dnsNames: csr.dnsSans };
}

function workloadId(uri: string, trustDomain: TrustDomain): SpiffeId {
  return translate('ERR_CSR_SPIFFE_ID', 'CSR URI SAN is invalid', () => {
    const id = parseSpiffeId(uri);
    requireWorkloadId(id, trustDomain);
    return id;
  });
}

function requireDnsNames(names: readonly string[]): void {
  translate('ERR_CSR_DNS_NAME', 'CSR DNS name is invalid', () => names.forEach(validateDnsName));
  const overlap = findWildcardOverlap(names);
  if (overlap === undefined) return;
  const message = `CSR DNS name contains a wildcard that covers another non-wildcard name: ${overlap.name}`;
  throw new CsrError('ERR_CSR_DNS_NAME', message);
}

function translate<T>(code: 'ERR_CSR_SPIFFE_ID' | 'ERR_CSR_DNS_NAME', prefix: string, check: () => T): T {
  try {
    return check();
  } catch (cause) {
    if (!(cause instanceof SignetError)) throw cause;
    throw new CsrError(code, `${prefix}: ${cause.message}`, { cause });
  }
}
