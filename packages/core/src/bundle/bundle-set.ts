import type { TrustDomain } from '../spiffe-id/trust-domain.ts';
import type { JwtBundle, JwtBundleSource } from './jwt-bundle.ts';
import type { X509Bundle, X509BundleSource } from './x509-bundle.ts';

/** X.509 bundles of several trust domains, never mixed. */
export class X509BundleSet implements X509BundleSource {
  readonly bundles: ReadonlyMap<string, X509Bundle>;

  /** Of two bundles for one trust domain the later one counts. */
  constructor(bundles: Iterable<X509Bundle>) {
    this.bundles = new Map(Array.from(bundles, (bundle) => [bundle.trustDomain.name, bundle]));
  }

  x509Bundle(trustDomain: TrustDomain): X509Bundle | undefined {
    return this.bundles.get(trustDomain.name);
  }
}

/** JWT bundles of several trust domains, never mixed. */
export class JwtBundleSet implements JwtBundleSource {
  readonly bundles: ReadonlyMap<string, JwtBundle>;

  /** Of two bundles for one trust domain the later one counts. */
  constructor(bundles: Iterable<JwtBundle>) {
    this.bundles = new Map(Array.from(bundles, (bundle) => [bundle.trustDomain.name, bundle]));
  }

  jwtBundle(trustDomain: TrustDomain): JwtBundle | undefined {
    return this.bundles.get(trustDomain.name);
  }
}
