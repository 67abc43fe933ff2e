import type { TrustDomain } from '../spiffe-id/trust-domain.ts';
import { type Certificate, parseCertificate } from '../x509/certificate.ts';
import type { Bundle } from './bundle.ts';

/** Where verifiers get the X.509 bundle of a trust domain from. */
export interface X509BundleSource {
  /** The trust domain's bundle; `undefined` when it is not trusted at all. */
  x509Bundle(trustDomain: TrustDomain): X509Bundle | undefined;
}

/** The X.509 authorities (roots) of one trust domain; a source of itself. */
export class X509Bundle implements X509BundleSource {
  readonly trustDomain: TrustDomain;
  readonly authorities: readonly Certificate[];

  constructor(trustDomain: TrustDomain, authorities: readonly Certificate[]) {
    this.trustDomain = trustDomain;
    this.authorities = authorities;
  }

  x509Bundle(trustDomain: TrustDomain): X509Bundle | undefined {
    return trustDomain.equals(this.trustDomain) ? this : undefined;
  }
}

/** The X.509 part of a bundle, tainted authorities included. @throws {X509Error} when an authority is no certificate. */
export function x509BundleOf(bundle: Bundle): X509Bundle {
  return new X509Bundle(
    bundle.trustDomain,
    bundle.x509Authorities.map(({ der }) => parseCertificate(der)),
  );
}
