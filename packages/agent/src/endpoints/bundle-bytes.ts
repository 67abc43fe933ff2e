import { type Bundle, formatJwtBundleJwks } from '@signet/core';

/** A bundle as Workload API messages carry it. */
export interface BundleBytes {
  /** concatenated DER. */
  readonly x509: Buffer;
  /** a JWK Set with the JWT authorities only. */
  readonly jwt: Buffer;
}

const encoded = new WeakMap<Bundle, BundleBytes>();

/** The bundle's bytes, made once for each bundle. */
export function bundleBytes(bundle: Bundle): BundleBytes {
  const known = encoded.get(bundle);
  if (known !== undefined) return known;
  const bytes = {
    x509: Buffer.concat(bundle.x509Authorities.map((authority) => authority.der)),
    jwt: Buffer.from(formatJwtBundleJwks(bundle)),
  };
  encoded.set(bundle, bytes);
  return bytes;
}
