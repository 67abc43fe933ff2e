import { createMetrics } from '@signet/daemon';
import { parseTrustDomain } from '@signet/core';
import { describe, expect, it } from '@jest/globals';
import type { Authority } from '../ca/authority.ts';
import type { IssuedCredential } from '../ca/issued-credential.ts';
import type { BundleStore } from '../datastore/bundle-store.ts';
import { authorityListener, countIssued, countKeyManagerCalls, countPruning } from './authority-metrics.ts';

const trustDomain = parseTrustDomain('example.org');
const clock = { nowMs: () => 1_000_000 };
const metricsHere = () => createMetrics({ prefix: 'spire_server', hostLabel: false, runtime: false });

describe('metrics of authorities', () => {
  it.each([
    [
      'x509' as const,
      'activated' as const,
      [
        'ca_manager_x509_ca_activate 1',
        'manager_x509_ca_rotate_expiration{trust_domain_id="example_org"} 4600',
        'manager_x509_ca_rotate_ttl{trust_domain_id="example_org"} 3600',
      ],
    ],
    ['jwt' as const, 'activated' as const, ['manager_jwt_key_activate 1']],
    ['jwt' as const, 'prepared' as const, []],
  ])('%s %s', async (kind, event, lines) => {
    const metrics = metricsHere();
    authorityListener(
      metrics,
      trustDomain,
      clock,
    )({ event, authority: { kind, expiresAt: 4600 } as Authority });
    const text = await metrics.expose();
    expect(text.split('\n').filter((line) => line.startsWith('spire_server'))).toEqual(
      lines.map((line) => `spire_server_${line}`),
    );
  });

  it('count what leaves, and keep the hook’s word', async () => {
    const metrics = metricsHere();
    const refused = new Error('the ledger is full');
    const credentials = ['x509', 'x509', 'jwt'].map((kind) => ({ kind }) as IssuedCredential);
    await countIssued(metrics, undefined)(credentials);
    await expect(
      Promise.resolve(countIssued(metrics, () => Promise.reject(refused))(credentials)),
    ).rejects.toBe(refused);
    const text = await metrics.expose();
    expect(text).toContain('spire_server_server_ca_sign_x509_svid 4');
    expect(text).toContain('spire_server_server_ca_sign_jwt_svid 2');
  });

  it('count pruning, and what it did', async () => {
    const metrics = metricsHere();
    const answers = [true, false];
    const prune: BundleStore['prune'] = () => Promise.resolve(answers.shift() ?? false);
    const bundles = countPruning({ prune }, metrics);
    expect([await bundles.prune(trustDomain, 0), await bundles.prune(trustDomain, 0)]).toEqual([true, false]);
    const text = await metrics.expose();
    expect(text).toContain('spire_server_ca_manager_bundle_prune{status="OK"} 2');
    expect(text).toContain('spire_server_ca_manager_bundle_pruned 1');
  });

  it('count calls of the key manager', async () => {
    const metrics = metricsHere();
    const nothing = (): Promise<never> => Promise.resolve(undefined as never);
    const keys = countKeyManagerCalls(
      { generateKey: nothing, getKey: nothing, getKeys: nothing, close: nothing },
      metrics,
    );
    await keys.generateKey('x509-CA-A', 'ec-p256');
    await keys.getKeys();
    await keys.close();
    const text = await metrics.expose();
    expect(text).toContain('spire_server_server_key_manager_generate_key{status="OK"} 1');
    expect(text).toContain('spire_server_server_key_manager_get_public_keys{status="OK"} 1');
  });
});
