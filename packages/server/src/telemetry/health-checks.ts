import { type TrustDomain } from '@signet/core';
import { type Health, type HealthState } from '@signet/daemon';
import { type CertificateAuthority } from '../ca/certificate-authority.ts';
import { type BundleStore } from '../datastore/bundle-store.ts';

/** What the health checks look at. */
export interface HealthCheckDeps {
  readonly trustDomain: TrustDomain;
  readonly bundles: Pick<BundleStore, 'get' | 'count'>;
  readonly authority: Pick<CertificateAuthority, 'activeX509Authority'>;
}

/** Adds the server's subsystems under SPIRE's names. @spec spire-cli-config §5.3 */
export function addHealthChecks(health: Health, deps: HealthCheckDeps): void {
  const { trustDomain, bundles, authority } = deps;
  health.add('catalog.datastore', () => healthyWhen(async () => (await bundles.count()) >= 0));
  health.add('server', () => healthyWhen(async () => (await bundles.get(trustDomain)) !== undefined));
  health.add('server.ca', () => healthyWhen(() => authority.activeX509Authority() !== undefined));
  health.add('server.ca.rotator', () => healthyWhen(() => authority.activeX509Authority() !== undefined));
}

async function healthyWhen(check: () => boolean | Promise<boolean>): Promise<HealthState> {
  const isHealthy = await check();
  return { live: isHealthy, ready: isHealthy, liveDetails: {}, readyDetails: {} };
}
