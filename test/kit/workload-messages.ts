import type {
  WorkloadJWTBundlesResponseInput,
  WorkloadJWTSVIDResponseInput,
  WorkloadX509BundlesResponseInput,
  WorkloadX509SVIDResponseInput,
} from '@signet/api';
import type { TestCa, TestX509Svid } from './test-ca.ts';

/** What a message of FetchX509SVID is made of. */
export interface X509Message {
  /** In order; the first is the default identity. */
  readonly svids: readonly (TestX509Svid & { readonly hint?: string })[];
  /** Authorities of the SVIDs' own trust domain. */
  readonly bundle: readonly TestCa[];
  /** Of other trust domains. */
  readonly federated?: readonly TestCa[];
  readonly crls?: readonly Uint8Array[];
}

/** A message of FetchX509SVID. */
export function x509Message({
  svids,
  bundle,
  federated = [],
  crls = [],
}: X509Message): WorkloadX509SVIDResponseInput {
  return {
    svids: svids.map(({ id, chain, key, hint = '' }) => ({
      spiffe_id: id,
      x509_svid: Buffer.concat(chain),
      x509_svid_key: key,
      bundle: Buffer.concat(bundle.map(({ der }) => der)),
      hint,
    })),
    federated_bundles: x509Map(federated),
    crl: [...crls],
  };
}

/** A message of FetchX509Bundles: one bundle for each CA. */
export function x509BundlesMessage(cas: readonly TestCa[]): WorkloadX509BundlesResponseInput {
  return { bundles: x509Map(cas), crl: [] };
}

/** A message of FetchJWTBundles: one bundle for each CA. */
export function jwtBundlesMessage(cas: readonly TestCa[]): WorkloadJWTBundlesResponseInput {
  return {
    bundles: Object.fromEntries(
      cas.map(({ trustDomain, jwks }) => [`spiffe://${trustDomain}`, Buffer.from(jwks)]),
    ),
  };
}

/** An answer of FetchJWTSVID. */
export function jwtSvidMessage(
  svids: readonly { readonly id: string; readonly token: string; readonly hint?: string }[],
): WorkloadJWTSVIDResponseInput {
  return { svids: svids.map(({ id, token, hint = '' }) => ({ spiffe_id: id, svid: token, hint })) };
}

function x509Map(cas: readonly TestCa[]): Record<string, Buffer> {
  return Object.fromEntries(cas.map(({ trustDomain, der }) => [`spiffe://${trustDomain}`, Buffer.from(der)]));
}
