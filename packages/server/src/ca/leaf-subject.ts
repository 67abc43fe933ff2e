import { distinguishedName, isEmptyName, withNameAttributes } from '@signet/core';

const DEFAULT_SUBJECT = distinguishedName({ country: 'US', organization: 'SPIRE' });

/**
 * The subject of a leaf: what an operator's CSR asks for, or C=US O=SPIRE; the first DNS name becomes the common name.
 *
 * @param requested - DER Name to be honoured; without one, or with an empty one, the server's own.
 * @spec SPIRE SVID profile
 */
export function leafSubject(requested: Uint8Array | undefined, dnsNames: readonly string[]): Uint8Array {
  const base = requested === undefined || isEmptyName(requested) ? DEFAULT_SUBJECT : requested;
  const [commonName] = dnsNames;
  if (commonName !== undefined) return withNameAttributes(base, { commonName });
  return base === DEFAULT_SUBJECT ? base : withNameAttributes(base, {});
}
