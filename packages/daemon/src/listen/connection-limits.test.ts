import { describe, expect, it } from '@jest/globals';
import { defaultTlsLimits, defaultUnixLimits, effectiveLimits } from './connection-limits.ts';

describe('effectiveLimits', () => {
  it.each([
    ['a Unix socket, with as many files as it may ever need', defaultUnixLimits, 4, 1_048_576, 8192, 2048],
    ['a Unix socket, with 1,024 files', defaultUnixLimits, 4, 1024, 192, 48],
    ['a Unix socket, with hardly any file', defaultUnixLimits, 4, 64, 16, 4],
    ['a port, with 1,024 files', defaultTlsLimits, 1, 1024, 768, 192],
  ])('leaves no peer all connections: %s', (_, defaults, perConnection, openFiles, all, perPeer) => {
    const limits = effectiveLimits(defaults, {}, perConnection, openFiles);
    expect([limits.maxConnections, limits.maxConnectionsPerPeer]).toEqual([all, perPeer]);
  });

  it('leaves a small share as small as it was asked for', () => {
    const limits = effectiveLimits(defaultUnixLimits, { maxConnectionsPerPeer: 2 }, 2, 1024);
    expect(limits.maxConnectionsPerPeer).toBe(2);
  });

  it('keeps what was asked for where there are files enough', () => {
    const changes = { maxConnections: 100, maxConnectionsPerPeer: 60 };
    expect(effectiveLimits(defaultUnixLimits, changes, 2, 1024)).toMatchObject(changes);
    expect(effectiveLimits(defaultUnixLimits, changes, 2, 356)).toMatchObject({
      maxConnections: 50,
      maxConnectionsPerPeer: 30,
    });
  });
});
