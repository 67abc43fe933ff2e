import type { Clock, TrustDomain } from '@signet/core';
import type { Metrics } from '@signet/daemon';
import type { KeyManager } from '@signet/plugins';
import type { AuthorityListener } from '../ca/certificate-authority.ts';
import type { IssuedHook } from '../ca/issued-credential.ts';
import type { BundleStore } from '../datastore/bundle-store.ts';
import { countCalls } from './count-calls.ts';

/** Counts what begins to sign, and tells when the X.509 authority ends. @spec SPIRE telemetry: ca.manager, manager */
export function authorityListener(
  metrics: Metrics,
  trustDomain: TrustDomain,
  clock: Clock,
): AuthorityListener {
  const labels = { trust_domain_id: trustDomain.name };
  return ({ event, authority }) => {
    if (event !== 'activated') return;
    if (authority.kind === 'jwt') {
      metrics.count(['manager', 'jwt_key', 'activate']);
      return;
    }
    metrics.count(['ca', 'manager', 'x509_ca', 'activate']);
    metrics.gauge(['manager', 'x509_ca', 'rotate', 'expiration'], authority.expiresAt, labels);
    metrics.gauge(
      ['manager', 'x509_ca', 'rotate', 'ttl'],
      authority.expiresAt - clock.nowMs() / 1000,
      labels,
    );
  };
}

/** The hook, with what leaves counted before it. @spec SPIRE telemetry: server_ca.sign */
export function countIssued(metrics: Metrics, issued: IssuedHook | undefined): IssuedHook {
  const x509 = metrics.series('counter', ['server_ca', 'sign', 'x509_svid']);
  const jwt = metrics.series('counter', ['server_ca', 'sign', 'jwt_svid']);
  return (credentials) => {
    for (const { kind } of credentials) (kind === 'x509' ? x509 : jwt).record(1);
    return issued?.(credentials);
  };
}

/** The bundles, with their pruning by the authority counted. @spec SPIRE telemetry: ca.manager.bundle */
export function countPruning<Bundles extends Pick<BundleStore, 'prune'>>(
  bundles: Bundles,
  metrics: Metrics,
): Bundles {
  const counted = countCalls<Pick<BundleStore, 'prune'>>(
    { prune: (trustDomain, before) => bundles.prune(trustDomain, before) },
    ['ca', 'manager'],
    { prune: 'bundle.prune' },
    metrics,
  );
  return {
    ...bundles,
    prune: async (trustDomain, before) => {
      const isPruned = await counted.prune(trustDomain, before);
      if (isPruned) metrics.count(['ca', 'manager', 'bundle', 'pruned']);
      return isPruned;
    },
  };
}

/** The key manager, with its calls counted. @spec SPIRE telemetry: server_key_manager */
export function countKeyManagerCalls(keys: KeyManager, metrics: Metrics): KeyManager {
  const target: KeyManager = {
    generateKey: (id, type) => keys.generateKey(id, type),
    getKey: (id) => keys.getKey(id),
    getKeys: () => keys.getKeys(),
    close: () => keys.close(),
  };
  const names = { generateKey: 'generate_key', getKey: 'get_public_key', getKeys: 'get_public_keys' };
  return countCalls(target, ['server_key_manager'], names, metrics);
}
