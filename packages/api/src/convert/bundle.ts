import { type Bundle, BundleError, parseCertificate, parseTrustDomain, SignetError } from '@signet/core';
import { createPublicKey } from 'node:crypto';
import type { BundleInput, BundleOutput } from '../gen/spire/api/types/Bundle.ts';
import type { BundleMaskOutput } from '../gen/spire/api/types/BundleMask.ts';
import type { JWTKeyInput, JWTKeyOutput } from '../gen/spire/api/types/JWTKey.ts';
import type { X509CertificateOutput } from '../gen/spire/api/types/X509Certificate.ts';
import { applyMask } from './mask.ts';

type X509Authority = Bundle['x509Authorities'][number];
type JwtAuthority = Bundle['jwtAuthorities'][number];

/** A bundle as the APIs carry it, cut to the mask. */
export function bundleToWire(bundle: Bundle, mask?: BundleMaskOutput | null): BundleInput {
  return applyMask(wholeBundle(bundle), mask as Record<string, boolean> | null | undefined, ['trust_domain']);
}

function wholeBundle(bundle: Bundle): BundleInput {
  return {
    trust_domain: bundle.trustDomain.name,
    x509_authorities: bundle.x509Authorities.map(({ der, tainted }) => ({ asn1: der, tainted })),
    jwt_authorities: jwtAuthoritiesToWire(bundle.jwtAuthorities),
    refresh_hint: bundle.refreshHint,
    sequence_number: bundle.sequenceNumber.toString(),
  };
}

/** JWT authorities as the APIs carry them. */
export function jwtAuthoritiesToWire(authorities: readonly JwtAuthority[]): JWTKeyInput[] {
  return authorities.map(({ keyId, spkiDer, expiresAt, tainted }) => ({
    key_id: keyId,
    public_key: spkiDer,
    expires_at: expiresAt,
    tainted,
  }));
}

/**
 * Reads a bundle, whole: every authority is parsed, so that nothing unusable is stored or trusted.
 *
 * @throws {BundleError} `ERR_BUNDLE_X509_AUTHORITY`, `ERR_BUNDLE_KEY_ID`, `ERR_BUNDLE_JWK`, or the parser's codes.
 */
export function bundleFromWire(wire: BundleOutput): Bundle {
  return {
    trustDomain: parseTrustDomain(wire.trust_domain),
    x509Authorities: x509AuthoritiesFromWire(wire.x509_authorities),
    jwtAuthorities: jwtAuthoritiesFromWire(wire.jwt_authorities),
    refreshHint: Number(wire.refresh_hint),
    sequenceNumber: BigInt(wire.sequence_number),
  };
}

/** Reads X.509 authorities; a value that is not exactly one certificate is refused. */
export function x509AuthoritiesFromWire(wire: readonly X509CertificateOutput[]): X509Authority[] {
  return wire.map(({ asn1, tainted }) => {
    try {
      parseCertificate(asn1);
    } catch (error) {
      throw wrapped('ERR_BUNDLE_X509_AUTHORITY', 'failed to convert X.509 authority', error);
    }
    return { der: Uint8Array.from(asn1), tainted };
  });
}

/** Reads JWT authorities; each needs a key ID and a readable public key. */
export function jwtAuthoritiesFromWire(wire: readonly JWTKeyOutput[]): JwtAuthority[] {
  return wire.map(({ key_id: keyId, public_key: spki, expires_at: expiresAt, tainted }) => {
    if (keyId === '')
      throw new BundleError('ERR_BUNDLE_KEY_ID', 'failed to convert JWT authority: missing key ID');
    try {
      createPublicKey({ key: spki, format: 'der', type: 'spki' });
    } catch (error) {
      throw wrapped('ERR_BUNDLE_JWK', 'failed to convert JWT authority', error);
    }
    return { keyId, spkiDer: Uint8Array.from(spki), expiresAt: Number(expiresAt), tainted };
  });
}

function wrapped(
  code: 'ERR_BUNDLE_X509_AUTHORITY' | 'ERR_BUNDLE_JWK',
  prefix: string,
  error: unknown,
): BundleError {
  const inner = error instanceof SignetError ? error.message : 'malformed public key';
  return new BundleError(code, `${prefix}: ${inner}`, { cause: error });
}
