import { type Clock, nowSeconds, type TrustDomain } from '@signet/core';
import { type Health, type HealthState } from '@signet/daemon';
import { type CertificateAuthority } from '../ca/certificate-authority.ts';
import { type BundleStore } from '../datastore/bundle-store.ts';
import { type Ledger } from '../ledger/ledger.ts';
import { crlProblem, crlWarning } from '../revocation/crl-problem.ts';
import { revocationProblem, revocationWarning } from '../revocation/revocation-problem.ts';
import { type ServerRevocations } from '../revocation/server-revocations.ts';
import { type SignedStatusDocuments } from '../revocation/status-documents.ts';

/** What the health checks look at. */
export interface HealthCheckDeps {
  readonly trustDomain: TrustDomain;
  readonly bundles: Pick<BundleStore, 'get' | 'count'>;
  readonly authority: Pick<CertificateAuthority, 'activeX509Authority'>;
  readonly ledger: Pick<Ledger, 'problem'>;
  readonly revocations: Pick<ServerRevocations, 'failure' | 'lost' | 'suspected'>;
  readonly statusDocuments: Pick<SignedStatusDocuments, 'crlFaults'>;
  readonly clock: Clock;
}

/** Adds the server's subsystems under SPIRE's names. @spec spire-cli-config §5.3 */
export function addHealthChecks(health: Health, deps: HealthCheckDeps): void {
  const { trustDomain, bundles, authority, ledger, revocations, statusDocuments, clock } = deps;
  health.add('catalog.datastore', () => healthyWhen(async () => (await bundles.count()) >= 0));
  health.add('server', () => healthyWhen(async () => (await bundles.get(trustDomain)) !== undefined));
  // Throws, which counts as unhealthy, as long as there is none.
  const canSign = (): boolean => authority.activeX509Authority().status === 'active';
  health.add('server.ca', () => healthyWhen(canSign));
  health.add('server.ca.rotator', () => healthyWhen(canSign));
  health.add('server.ledger', () => readyUnless(ledger.problem()));
  health.add('server.revocations', () =>
    readyUnless(revocationProblem(revocations), revocationWarning(revocations)),
  );
  health.add('server.crls', () => {
    const [faults, now] = [statusDocuments.crlFaults(), nowSeconds(clock)];
    return readyUnless(crlProblem(faults, now), crlWarning(faults, now));
  });
}

async function healthyWhen(check: () => boolean | Promise<boolean>): Promise<HealthState> {
  const isHealthy = await check();
  return { live: isHealthy, ready: isHealthy, liveDetails: {}, readyDetails: {} };
}

/** Restarting helps neither a full disk nor lost records: the server lives, and is not ready. */
function readyUnless(problem: string | undefined, warning?: string): HealthState {
  const details = { ...(problem !== undefined && { problem }), ...(warning !== undefined && { warning }) };
  return { live: true, ready: problem === undefined, readyDetails: details };
}
