import { describe, expect, it } from '@jest/globals';
import type { Revocation } from './revocation.ts';
import type { RevocableCertificate } from './revocation-set.ts';
import { type FailClosedScope, RevocationView } from './revocation-view.ts';

const TASK = 'AAAAAAAAAAAAAAAAAAAAAA';
const plain: RevocableCertificate = {
  authorityKeyId: Uint8Array.of(1),
  serialHex: '0a',
  uriSans: ['spiffe://example.org/a'],
  notBefore: 1_000,
};
const ofTask: RevocableCertificate = { ...plain, taskId: TASK };
const serialRevoked: Revocation = {
  sequence: 7,
  reason: 'unspecified',
  revokedAt: 1_010,
  expiresAt: 2_000,
  target: { kind: 'x509', authorityId: '01', serialHex: '0a' },
};

function viewOf(scope: FailClosedScope, afterMs?: number): RevocationView {
  const view = new RevocationView({ scope, afterMs });
  view.knownAt(10_000, 1_000);
  return view;
}

describe('RevocationView', () => {
  it('refuses what is revoked, whatever the scope and however fresh', () => {
    for (const scope of ['none', 'task', 'all'] as const) {
      const view = viewOf(scope);
      view.set.apply([serialRevoked], { isFullState: false });
      expect(view.refusalOfX509(plain, 10_000)?.code).toBe('ERR_SVID_REVOKED');
      expect(view.refusalOfX509(plain, 99_000)?.code).toBe('ERR_SVID_REVOKED');
    }
  });

  it.each<[FailClosedScope, string | undefined, string | undefined]>([
    ['none', undefined, undefined],
    ['task', undefined, 'ERR_REVOCATIONS_STALE'],
    ['all', 'ERR_REVOCATIONS_STALE', 'ERR_REVOCATIONS_STALE'],
  ])('late by more than three heartbeats, with scope %s', (scope, ofPlain, ofTasks) => {
    const view = viewOf(scope);
    expect(view.refusalOfX509(plain, 13_000)).toBeUndefined();
    expect(view.refusalOfX509(ofTask, 13_000)).toBeUndefined();
    expect(view.refusalOfX509(plain, 13_001)?.code).toBe(ofPlain);
    expect(view.refusalOfX509(ofTask, 13_001)?.code).toBe(ofTasks);
  });

  it('takes the bound that it is given', () => {
    expect(viewOf('all', 500).refusalOfX509(plain, 10_500)).toBeUndefined();
    expect(viewOf('all', 500).refusalOfX509(plain, 10_501)?.code).toBe('ERR_REVOCATIONS_STALE');
  });

  it.each<[FailClosedScope, string | undefined, string | undefined]>([
    ['none', undefined, undefined],
    ['task', undefined, 'ERR_REVOCATIONS_STALE'],
    ['all', 'ERR_REVOCATIONS_STALE', 'ERR_REVOCATIONS_STALE'],
  ])('before anything was told, with scope %s', (scope, ofPlain, ofTasks) => {
    const view = new RevocationView({ scope });
    expect(view.refusalOfX509(plain, 1)?.code).toBe(ofPlain);
    expect(view.refusalOfX509(ofTask, 1)?.code).toBe(ofTasks);
  });

  it('goes on growing old when whoever told of revocations does not any more', () => {
    const view = viewOf('all');
    view.untold();
    expect(view.refusalOfX509(plain, 13_000)).toBeUndefined();
    expect(view.refusalOfX509(plain, 13_001)?.code).toBe('ERR_REVOCATIONS_STALE');
  });

  it('is never stale where nobody tells of revocations', () => {
    const view = new RevocationView({ scope: 'all' });
    view.untold();
    expect(view.isSupported).toBe(false);
    expect(view.ageMs(1)).toBe(Infinity);
    expect(view.refusalOfX509(ofTask, 1e9)).toBeUndefined();
  });

  it('does not grow older by news of an older moment', () => {
    const view = viewOf('all');
    view.knownAt(9_000, 1_000);
    expect(view.ageMs(10_500)).toBe(500);
  });
});
