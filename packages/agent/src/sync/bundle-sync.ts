import { status } from '@grpc/grpc-js';
import { type BundleClient, bundleFromWire, type WireBundleOutput } from '@signet/api';
import {
  AgentError,
  type Bundle,
  type Clock,
  type RegistrationEntry,
  SignetError,
  type TrustDomain,
} from '@signet/core';
import type { Logger } from '@signet/daemon';
import { callUnary } from '../server-api/call.ts';
import { hasStatus } from '../server-api/server-call-error.ts';
import { inPages } from './entry-plan.ts';

/** What reading bundles needs. */
export interface BundleSyncDeps {
  readonly clock: Clock;
  readonly logger: Logger;
}

const AT_A_TIME = 10;

/**
 * The bundle of the agent's own trust domain.
 *
 * @throws {ServerCallError} when the server refuses or cannot be reached; {BundleError} when it cannot be used.
 */
export async function fetchOwnBundle(
  client: BundleClient,
  trustDomain: TrustDomain,
  deps: BundleSyncDeps,
): Promise<Bundle> {
  const wire = await callUnary<WireBundleOutput>('GetBundle', deps.clock, (options, done) =>
    client.GetBundle({}, options, done),
  );
  const bundle = bundleFromWire(wire);
  if (!bundle.trustDomain.equals(trustDomain)) {
    throw new AgentError(
      'ERR_FAILED_PRECONDITION',
      `the server sent the bundle of "${bundle.trustDomain.name}"`,
    );
  }
  return bundle;
}

/**
 * The bundles of the trust domains that the entries federate with. A domain that the server has no bundle of is left
 * out, and so is, with a warning, a bundle that cannot be read.
 *
 * @throws {ServerCallError} for any other failure of any of the calls.
 */
export async function fetchFederatedBundles(
  client: BundleClient,
  trustDomains: readonly TrustDomain[],
  deps: BundleSyncDeps,
): Promise<readonly Bundle[]> {
  const bundles: Bundle[] = [];
  for (const page of inPages(trustDomains, AT_A_TIME)) {
    const fetched = await Promise.all(page.map((domain) => fetchFederated(client, domain, deps)));
    bundles.push(...fetched.filter((bundle) => bundle !== undefined));
  }
  return bundles;
}

/** The foreign trust domains of all entries, each once, in order of name. */
export function federatedDomains(
  entries: Iterable<RegistrationEntry>,
  own: TrustDomain,
): readonly TrustDomain[] {
  const domains = new Map<string, TrustDomain>();
  for (const entry of entries) {
    for (const domain of entry.federatesWith) if (!domain.equals(own)) domains.set(domain.name, domain);
  }
  return [...domains.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function fetchFederated(
  client: BundleClient,
  domain: TrustDomain,
  deps: BundleSyncDeps,
): Promise<Bundle | undefined> {
  try {
    const wire = await callUnary<WireBundleOutput>('GetFederatedBundle', deps.clock, (options, done) =>
      client.GetFederatedBundle({ trust_domain: domain.name }, options, done),
    );
    return readBundle(wire, domain, deps.logger);
  } catch (error) {
    if (hasStatus(error, status.NOT_FOUND)) return undefined;
    throw error;
  }
}

function readBundle(wire: WireBundleOutput, domain: TrustDomain, logger: Logger): Bundle | undefined {
  try {
    const bundle = bundleFromWire(wire);
    if (bundle.trustDomain.equals(domain)) return bundle;
    logger.warn('Ignoring bundle of another trust domain', { trust_domain_id: domain.idString });
  } catch (error) {
    if (!(error instanceof SignetError)) throw error;
    logger.warn('Ignoring malformed bundle', { trust_domain_id: domain.idString, error });
  }
  return undefined;
}
