import { parseCertificate, type Certificate } from '@signet/core';

/**
 * How closely node certificates are held to RFC 5280: as far as path validation needs it. They come from whatever PKI
 * their owner has, and SPIRE asks no more of them.
 */
export const NODE_CONFORMANCE = 'path-only';

/** Parses a certificate of a node or of its authorities; errors as of `parseCertificate`. */
export function parseNodeCertificate(der: Uint8Array): Certificate {
  return parseCertificate(der, { conformance: NODE_CONFORMANCE });
}
