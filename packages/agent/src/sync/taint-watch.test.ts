import { describe, expect, it } from '@jest/globals';
import { noMetrics, silentLogger, systemClock } from '@signet/daemon';
import { entryMap, testEntry } from '../testdata/entries.ts';
import { issuedRecord } from '../testdata/records.ts';
import { TestAuthority } from '../testdata/test-authority.ts';
import { AgentCache } from './agent-cache.ts';
import { JwtSvidCache } from './jwt-svid-cache.ts';
import { TaintWatch } from './taint-watch.ts';

function scene(count: number) {
  const authority = new TestAuthority();
  const cache = new AgentCache(authority.trustDomain);
  const entries = Array.from({ length: count }, (_, i) => testEntry(`e${i}`));
  cache.update(entryMap(...entries), [authority.bundle()]);
  cache.putSvids(entries.map((entry) => issuedRecord(authority, entry)));
  const issuedAt = Math.floor(Date.now() / 1000);
  const jwtSvids = new JwtSvidCache({
    clock: systemClock,
    capacity: 10,
    draw: () => 0.5,
    fetch: () =>
      Promise.resolve({ token: 't', keyId: authority.jwtKeyId, issuedAt, expiresAt: issuedAt + 300 }),
  });
  const taints = new TaintWatch({
    cache,
    jwtSvids,
    clock: systemClock,
    logger: silentLogger,
    metrics: noMetrics,
  });
  return { authority, cache, entries, jwtSvids, taints };
}

const due = (cache: AgentCache): number =>
  [...cache.svids.values()].filter((svid) => svid.rotateAt <= Date.now() / 1000).length;

describe('TaintWatch', () => {
  it('makes SVIDs of a tainted authority due, a hundred every five seconds', () => {
    const { authority, cache, taints } = scene(150);
    taints.observe(authority.bundle());
    expect(due(cache)).toBe(0);
    taints.observe(authority.bundle({ tainted: true }));
    expect(due(cache)).toBe(100);
    expect(cache.svids.size).toBe(150);
    const latest = Math.max(...[...cache.svids.values()].map((svid) => svid.rotateAt));
    expect(latest).toBeLessThanOrEqual(Date.now() / 1000 + 5);
  });

  it('looks at each taint once', () => {
    const { authority, cache, entries, taints } = scene(1);
    taints.observe(authority.bundle({ tainted: true }));
    cache.putSvids([issuedRecord(authority, entries[0]!)]);
    taints.observe(authority.bundle({ tainted: true }));
    expect(due(cache)).toBe(0);
  });

  it('leaves SVIDs of other authorities alone', () => {
    const { cache, taints } = scene(1);
    taints.observe(new TestAuthority().bundle({ tainted: true }));
    expect(due(cache)).toBe(0);
  });

  it('drops tokens of a tainted JWT authority', async () => {
    const { authority, entries, jwtSvids, taints } = scene(1);
    await jwtSvids.get(entries[0]!, ['x'], '0');
    taints.observe(authority.bundle({ tainted: true }));
    expect(jwtSvids.size).toBe(0);
  });

  it('drops tokens of a JWT authority that is gone from the bundle', async () => {
    const { authority, entries, jwtSvids, taints } = scene(1);
    taints.observe(authority.bundle());
    await jwtSvids.get(entries[0]!, ['x'], '0');
    taints.observe({ ...authority.bundle(), jwtAuthorities: [] });
    expect(jwtSvids.size).toBe(0);
  });

  it('keeps no token of a key that was tainted while it was on its way', async () => {
    const { authority, entries, jwtSvids, taints } = scene(1);
    const underWay = jwtSvids.get(entries[0]!, ['x'], '0');
    taints.observe(authority.bundle({ tainted: true }));
    await underWay;
    expect(jwtSvids.size).toBe(0);
  });

  it('makes SVIDs of an authority that is gone from the bundle due', () => {
    const { authority, cache, taints } = scene(1);
    const other = new TestAuthority().bundle();
    taints.observe(authority.bundle());
    taints.observe({ ...authority.bundle(), x509Authorities: other.x509Authorities });
    expect(due(cache)).toBe(1);
  });

  it('relies again on an authority that has come back', () => {
    const { authority, cache, taints } = scene(1);
    const keyId = [...cache.svids.values()][0]!.authorityKeyId;
    taints.observe(authority.bundle());
    taints.observe({ ...authority.bundle(), x509Authorities: [] });
    expect(taints.isDistrusted(keyId)).toBe(true);
    taints.observe(authority.bundle());
    expect(taints.isDistrusted(keyId)).toBe(false);
  });

  it('knows a tainted authority by its key ID', () => {
    const { authority, cache, taints } = scene(1);
    const keyId = [...cache.svids.values()][0]!.authorityKeyId;
    expect(taints.isDistrusted(keyId)).toBe(false);
    taints.observe(authority.bundle({ tainted: true }));
    expect(taints.isDistrusted(keyId)).toBe(true);
    expect(taints.isDistrusted(undefined)).toBe(false);
  });
});
