import { type Bundle, SignetError, type TrustDomain } from '@signet/core';
import { type BundleDeleteMode, type BundleMask, type BundleStore } from '../datastore/bundle-store.ts';
import { type Page, type PageRequest } from '../datastore/page.ts';
import { prefixingErrors, withPrefix } from '../error-text.ts';
import { withoutTaints } from './own-bundle.ts';

/** The roles that handling federated bundles involves. */
export interface FederatedBundleDeps {
  readonly trustDomain: TrustDomain;
  readonly bundles: Omit<BundleStore, `${'taint' | 'revoke'}${string}` | 'prune' | 'append'>;
}

/** @throws {SignetError} `ERR_INVALID_ARGUMENT` the own trust domain; `ERR_NOT_FOUND`. */
export async function getFederatedBundle(
  trustDomain: TrustDomain,
  deps: FederatedBundleDeps,
): Promise<Bundle> {
  refuseOwn(trustDomain, deps, "getting a federated bundle for the server's own trust domain is not allowed");
  const bundle = await prefixingErrors('failed to fetch bundle', deps.bundles.get(trustDomain));
  if (bundle === undefined) throw notFound();
  return bundle;
}

/** All bundles but our own, which is taken out after paging: a page may be short or empty and still have a token. */
export async function listFederatedBundles(
  page: PageRequest,
  deps: FederatedBundleDeps,
): Promise<Page<Bundle>> {
  const { items, nextPageToken } = await prefixingErrors('failed to list bundles', deps.bundles.list(page));
  return { items: items.filter((bundle) => !bundle.trustDomain.equals(deps.trustDomain)), nextPageToken };
}

/** Stores a new bundle as given, without taints. @throws {SignetError} `ERR_INVALID_ARGUMENT`, `ERR_ALREADY_EXISTS`. */
export async function createFederatedBundle(bundle: Bundle, deps: FederatedBundleDeps): Promise<Bundle> {
  refuseOwn(
    bundle.trustDomain,
    deps,
    "creating a federated bundle for the server's own trust domain is not allowed",
  );
  try {
    return await deps.bundles.create(withoutTaints(bundle));
  } catch (error) {
    if (error instanceof SignetError && error.code === 'ERR_ALREADY_EXISTS') {
      throw new SignetError('ERR_ALREADY_EXISTS', 'bundle already exists', { cause: error });
    }
    throw withPrefix('unable to create bundle', error);
  }
}

/** Replaces the flagged parts. @throws {SignetError} `ERR_INVALID_ARGUMENT`, `ERR_NOT_FOUND`. */
export async function updateFederatedBundle(
  bundle: Bundle,
  mask: BundleMask,
  deps: FederatedBundleDeps,
): Promise<Bundle> {
  refuseOwn(
    bundle.trustDomain,
    deps,
    "updating a federated bundle for the server's own trust domain is not allowed",
  );
  return orNotFound('failed to update bundle', deps.bundles.update(withoutTaints(bundle), mask));
}

/** Creates or replaces. @throws {SignetError} `ERR_INVALID_ARGUMENT`. */
export async function setFederatedBundle(bundle: Bundle, deps: FederatedBundleDeps): Promise<Bundle> {
  refuseOwn(
    bundle.trustDomain,
    deps,
    "setting a federated bundle for the server's own trust domain is not allowed",
  );
  return prefixingErrors('failed to set bundle', deps.bundles.set(withoutTaints(bundle)));
}

/**
 * Deletes a bundle, dealing with the entries that federate with it as the mode says.
 *
 * @throws {SignetError} `ERR_INVALID_ARGUMENT`, `ERR_NOT_FOUND`, `ERR_FAILED_PRECONDITION`.
 */
export async function deleteFederatedBundle(
  trustDomain: TrustDomain,
  mode: BundleDeleteMode,
  deps: FederatedBundleDeps,
): Promise<void> {
  refuseOwn(trustDomain, deps, 'removing the bundle for the server trust domain is not allowed');
  await orNotFound('failed to delete federated bundle', deps.bundles.delete(trustDomain, mode));
}

function refuseOwn(trustDomain: TrustDomain, deps: FederatedBundleDeps, text: string): void {
  if (trustDomain.equals(deps.trustDomain)) throw new SignetError('ERR_INVALID_ARGUMENT', text);
}

async function orNotFound<T>(prefix: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof SignetError && error.code === 'ERR_NOT_FOUND') throw notFound();
    throw withPrefix(prefix, error);
  }
}

function notFound(): SignetError {
  return new SignetError('ERR_NOT_FOUND', 'bundle not found');
}
