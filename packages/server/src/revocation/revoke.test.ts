import { describe, expect, it } from '@jest/globals';
import { parseTrustDomain } from '@signet/core';
import type { RevokeOrder } from '../datastore/revocation-store.ts';
import { revoke, type RevokeDeps, type RevokeSubject } from './revoke.ts';

const NOW = 1_800_000_000;
const trustDomain = parseTrustDomain('example.org');

async function targetOf(subject: RevokeSubject): Promise<RevokeOrder['target'] | undefined> {
  let target: RevokeOrder['target'] | undefined;
  const deps = {
    trustDomain,
    clock: { nowMs: () => NOW * 1000 },
    caTtl: 3600,
    ownBundle: () => Promise.resolve({ x509Authorities: [], jwtAuthorities: [] }),
    revocations: { size: 0, noteRecovered: () => Promise.resolve() },
    revocationStore: {
      revoke: (order: RevokeOrder) => {
        target = order.target;
        return Promise.resolve({ revocation: 1, x509Svids: 0, jwtSvids: 0 });
      },
    },
    agentsTold: () => 0,
    renewServerSvid: () => Promise.resolve(),
  } as unknown as RevokeDeps;
  await revoke({ subject, reason: 'unspecified', actor: 'a', comment: '', isDryRun: false }, deps);
  return target;
}

describe('revoke', () => {
  it('by SPIFFE ID takes also what was issued by a clock that has been set back since; by time it does not', async () => {
    const spiffeId = 'spiffe://example.org/w';
    expect(await targetOf({ kind: 'subject', spiffeId, isPrefix: false })).toMatchObject({
      issuedUntil: NOW,
      takesNewer: true,
    });
    expect(await targetOf({ kind: 'issuedBefore', time: NOW })).not.toHaveProperty('takesNewer');
  });
});
