import {
  type bundleService,
  bundleFromWire,
  bundleToWire,
  jwtAuthoritiesFromWire,
  jwtAuthoritiesToWire,
  type WireBundleInput,
  type WireBundleMaskOutput,
  type WireBundleOutput,
  type WireJWTKeyOutput,
  x509AuthoritiesFromWire,
} from '@signet/api';
import {
  type Bundle,
  BundleError,
  importCertifiedKey,
  parseCertificate,
  parseTrustDomain,
  SignetError,
  type TrustDomain,
} from '@signet/core';
import { requireBundleWithinLimits, requireFewAuthorities } from '../bundles/bundle-limits.ts';
import { type CurrentBundles } from '../bundles/current-bundles.ts';
import {
  createFederatedBundle,
  deleteFederatedBundle,
  getFederatedBundle,
  listFederatedBundles,
  setFederatedBundle,
  updateFederatedBundle,
} from '../bundles/federated-bundles.ts';
import {
  appendToOwnBundle,
  getOwnBundle,
  type JwtAuthorityInBundle,
  publishJwtAuthority,
} from '../bundles/own-bundle.ts';
import { type BundleDeleteMode, type BundleMask, type BundleStore } from '../datastore/bundle-store.ts';
import { prefixingErrors, readingArgument } from '../error-text.ts';
import { itemStatus, requireBatch } from './batch.ts';
import { type AuthorizedCall } from './call.ts';
import { type RpcStatus } from './status.ts';
import { type Handlers } from './service-host.ts';

/** The roles behind the Bundle API. */
export interface BundleServiceDeps {
  readonly trustDomain: TrustDomain;
  readonly bundles: BundleStore;
  readonly current: Pick<CurrentBundles, 'bundle' | 'settled'>;
}

/** The handlers of `spire.api.server.bundle.v1.Bundle`. @spec spire-server-api §9 */
export function createBundleService(deps: BundleServiceDeps): Handlers<typeof bundleService> {
  const { trustDomain, bundles, current } = deps;
  return {
    GetBundle: async ({ output_mask: mask }) => bundleToWire(await getOwnBundle(trustDomain, current), mask),

    AppendBundle: async ({ x509_authorities: x509, jwt_authorities: jwt, output_mask: mask }) => {
      requireFewAuthorities(x509, jwt);
      const authorities = {
        jwtAuthorities: jwtAuthoritiesFromWire(jwt),
        x509Authorities: withUsableKeys(x509AuthoritiesFromWire(x509)),
      };
      return bundleToWire(await appendToOwnBundle(trustDomain, authorities, bundles), mask);
    },

    PublishJWTAuthority: async ({ jwt_authority: wire }, call) => {
      const authority = readJwtAuthority(wire);
      call.audit.note({ jwt_authority_key_id: authority.keyId });
      const authorities = await publishJwtAuthority(trustDomain, authority, bundles);
      return { jwt_authorities: jwtAuthoritiesToWire(authorities) };
    },

    CountBundles: async () => ({ count: await prefixingErrors('failed to count bundles', bundles.count()) }),

    ListFederatedBundles: async ({ output_mask: mask, page_size: size, page_token: token }) => {
      const page = await listFederatedBundles({ size, token }, deps);
      return {
        bundles: page.items.map((bundle) => bundleToWire(bundle, mask)),
        next_page_token: page.nextPageToken,
      };
    },

    GetFederatedBundle: async ({ trust_domain: name, output_mask: mask }, call) => {
      call.audit.note({ trust_domain_id: name });
      return bundleToWire(await getFederatedBundle(trustDomainOf(name), deps), mask);
    },

    BatchCreateFederatedBundle: ({ bundle: wanted, output_mask: mask }, call) =>
      eachBundle(wanted, mask, call, (wire) => createFederatedBundle(readBundle(wire), deps)),

    BatchUpdateFederatedBundle: ({ bundle: wanted, input_mask: inputMask, output_mask: mask }, call) =>
      eachBundle(wanted, mask, call, (wire) =>
        updateFederatedBundle(readBundle(wire), inputMaskOf(inputMask), deps),
      ),

    BatchSetFederatedBundle: ({ bundle: wanted, output_mask: mask }, call) =>
      eachBundle(wanted, mask, call, (wire) => setFederatedBundle(readBundle(wire), deps)),

    BatchDeleteFederatedBundle: async ({ trust_domains: names, mode: wireMode }, call) => {
      const mode = deleteModeOf(wireMode);
      requireBatch(names);
      const results = [];
      for (const name of names) {
        requireStillWanted(call);
        const error = await failureOf(async () => deleteFederatedBundle(trustDomainOf(name), mode, deps));
        results.push({ trust_domain: name, status: itemStatus(call, error, { trust_domain_id: name }) });
      }
      return { results };
    },
  };
}

function readJwtAuthority(wire: WireJWTKeyOutput | null): JwtAuthorityInBundle {
  if (wire === null) throw new SignetError('ERR_INVALID_ARGUMENT', 'missing JWT authority');
  const [authority] = readingArgument('invalid JWT authority', () => {
    if (wire.key_id === '') throw new SignetError('ERR_BUNDLE_KEY_ID', 'missing key ID');
    return jwtAuthoritiesFromWire([wire]);
  });
  if (authority === undefined) throw new TypeError('one authority was read');
  return authority;
}

interface BundleResult {
  readonly status: RpcStatus;
  readonly bundle?: WireBundleInput;
}

async function eachBundle(
  wanted: readonly WireBundleOutput[],
  mask: WireBundleMaskOutput | null,
  call: AuthorizedCall,
  work: (wire: WireBundleOutput) => Promise<Bundle>,
): Promise<{ results: BundleResult[] }> {
  requireBatch(wanted);
  const results: BundleResult[] = [];
  for (const wire of wanted) {
    requireStillWanted(call);
    const facts = { trust_domain_id: wire.trust_domain };
    let bundle: Bundle | undefined;
    const error = await failureOf(async () => {
      bundle = await work(wire);
    });
    const status = itemStatus(call, error, facts);
    results.push({ status, ...(bundle && { bundle: bundleToWire(bundle, mask) }) });
  }
  return { results };
}

// Each item is a transaction of its own: what nobody waits for any more is not begun.
function requireStillWanted({ life }: AuthorizedCall): void {
  if (life.reason !== undefined) throw life.reason;
}

async function failureOf(work: () => Promise<void>): Promise<unknown> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error;
  }
}

function trustDomainOf(name: string): TrustDomain {
  return readingArgument('trust domain argument is not valid', () => parseTrustDomain(name));
}

function readBundle(wire: WireBundleOutput): Bundle {
  trustDomainOf(wire.trust_domain);
  return readingArgument('failed to convert bundle', () => {
    requireFewAuthorities(wire.x509_authorities, wire.jwt_authorities);
    const bundle = bundleFromWire(wire);
    requireBundleWithinLimits(bundle);
    withUsableKeys(bundle.x509Authorities);
    return bundle;
  });
}

/** An authority whose key cannot be used verifies nothing, and has no place in a SPIFFE bundle document. */
function withUsableKeys<Authorities extends Bundle['x509Authorities']>(
  authorities: Authorities,
): Authorities {
  for (const { der } of authorities) {
    try {
      importCertifiedKey(parseCertificate(der).spkiDer);
    } catch (cause) {
      const reason = cause instanceof SignetError ? cause.message : 'unusable key';
      const message = `failed to convert X.509 authority: ${reason}`;
      throw new BundleError('ERR_BUNDLE_X509_AUTHORITY', message, { cause });
    }
  }
  return authorities;
}

function inputMaskOf(mask: WireBundleMaskOutput | null): BundleMask {
  return {
    x509Authorities: mask?.x509_authorities ?? true,
    jwtAuthorities: mask?.jwt_authorities ?? true,
    refreshHint: mask?.refresh_hint ?? true,
    sequenceNumber: mask?.sequence_number ?? true,
  };
}

const deleteModes: ReadonlyMap<string, BundleDeleteMode> = new Map([
  ['RESTRICT', 'restrict'],
  ['DELETE', 'delete'],
  ['DISSOCIATE', 'dissociate'],
]);

// A number that this version does not know arrives as that number.
function deleteModeOf(wire: string | number): BundleDeleteMode {
  const mode = deleteModes.get(String(wire));
  if (mode === undefined) throw new SignetError('ERR_INVALID_ARGUMENT', `unhandled delete mode: ${wire}`);
  return mode;
}
