import { describe, expect, it } from '@jest/globals';
import { addressKey, plainAddress } from './address-key.ts';
import { Admission } from './admission.ts';
import { defaultTlsLimits, effectiveLimits, openFileLimit } from './connection-limits.ts';

const limits = {
  ...defaultTlsLimits,
  maxConnections: 3,
  maxConnectionsPerPeer: 2,
  connectionBurst: 10,
  connectionsPerSecond: 2,
};

describe('Admission', () => {
  it('bounds one peer, then all', () => {
    const admission = new Admission(limits);
    expect(['a', 'a', 'a', 'b', 'b'].map((peer) => admission.enter(peer))).toEqual([
      undefined,
      undefined,
      'too many connections of this peer',
      undefined,
      'too many connections',
    ]);
    admission.leave('a');
    expect([admission.open, admission.enter('c')]).toEqual([2, undefined]);
  });

  it('bounds how often, and forgives with time', () => {
    let nowMs = 0;
    const admission = new Admission(limits, () => nowMs);
    const connect = (): string | undefined => {
      const refusal = admission.enter('a');
      if (refusal === undefined) admission.leave('a');
      return refusal;
    };
    for (let count = 0; count < 10; count += 1) expect(connect()).toBeUndefined();
    expect(connect()).toBe('connecting too often');
    nowMs = 500;
    expect([connect(), connect()]).toEqual([undefined, 'connecting too often']);
  });

  it('lets a peer that flooded connect less often for a while', () => {
    let nowMs = 0;
    const admission = new Admission(
      { ...limits, maxConnectionsPerPeer: 100, maxConnections: 100 },
      () => nowMs,
    );
    expect([admission.enter('a'), admission.enter('b')]).toEqual([undefined, undefined]);
    admission.flooded('a');
    expect([admission.enter('a'), admission.enter('b')]).toEqual(['connecting too often', undefined]);
    nowMs = 60_000;
    expect(admission.enter('a')).toBeUndefined();
  });

  it('does not count below nothing', () => {
    const admission = new Admission(limits);
    admission.leave('a');
    admission.enter('a');
    admission.leave('a');
    admission.leave('a');
    expect(admission.open).toBe(0);
  });

  it('forgets peers, so that many addresses take no memory', () => {
    const admission = new Admission({ ...limits, connectionBurst: 1 });
    for (let peer = 0; peer < 100_000; peer += 1) {
      admission.enter(String(peer));
      admission.leave(String(peer));
    }
    expect(admission.open).toBe(0);
  });
});

describe('addressKey', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::ffff:c000:201', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::ffff:1', '0:0:0:0::/64'],
  ])('%s', (address, key) => {
    expect(addressKey(address)).toBe(key);
  });

  it('plainAddress takes off what an address may carry', () => {
    expect(['::ffff:192.0.2.1', 'fe80::1%eth0', '::1'].map(plainAddress)).toEqual([
      '192.0.2.1',
      'fe80::1',
      '::1',
    ]);
  });
});

it('the total follows from the open files allowed', () => {
  expect(openFileLimit()).toBeGreaterThan(255);
  expect(effectiveLimits(defaultTlsLimits, { maxConnections: 1e9 }, 2).maxConnections).toBeLessThanOrEqual(
    openFileLimit() / 2,
  );
});
