import { describe, expect, it } from '@jest/globals';
import type { Revocation } from '@signet/core';
import type { RevocationOutput } from '../gen/signet/types/v1/Revocation.ts';
import { revocationFromWire, revocationToWire } from './revocation.ts';

const common = { sequence: 7, reason: 'keyCompromise', revokedAt: 1000, expiresAt: 2000 } as const;
const spiffeId = 'spiffe://example.org/a';

/** What arrives of a message that was sent. */
function received(revocation: Revocation): RevocationOutput {
  const { x509_svid, subject, ...sent } = revocationToWire(revocation);
  return {
    ...sent,
    sequence: String(sent.sequence),
    revoked_at: String(sent.revoked_at),
    expires_at: String(sent.expires_at),
    ...(x509_svid && { x509_svid }),
    ...(subject && { subject: { ...subject, issued_until: String(subject.issued_until) } }),
  } as RevocationOutput;
}

const serial: Revocation = { ...common, target: { kind: 'x509', authorityId: 'aa', serialHex: '0102' } };
const wire = received(serial);

describe('revocations on the wire', () => {
  it.each<Revocation>([
    serial,
    { ...common, target: { kind: 'jwt', jti: 'id' } },
    { ...common, target: { kind: 'task', taskId: 'id' } },
    { ...common, target: { kind: 'subject', spiffeId, isPrefix: true, issuedUntil: 999 } },
  ])('come back as they were sent: $target.kind', (revocation) => {
    expect(revocationFromWire(received(revocation))).toEqual(revocation);
  });

  it.each<[string, Partial<RevocationOutput>, string]>([
    ['sequence 0', { sequence: '0' }, 'ERR_INVALID_ARGUMENT'],
    ['a sequence beyond exact numbers', { sequence: '9007199254740993' }, 'ERR_INVALID_ARGUMENT'],
    ['a negative time', { expires_at: '-1' }, 'ERR_INVALID_ARGUMENT'],
    [
      'no serial',
      { x509_svid: { authority_key_id: Buffer.of(0xaa), serial: Buffer.of() } },
      'ERR_INVALID_ARGUMENT',
    ],
    [
      'a leading zero',
      { x509_svid: { authority_key_id: Buffer.of(0xaa), serial: Buffer.of(0, 1) } },
      'ERR_INVALID_ARGUMENT',
    ],
    [
      '21 octets',
      { x509_svid: { authority_key_id: Buffer.of(0xaa), serial: Buffer.alloc(21, 1) } },
      'ERR_INVALID_ARGUMENT',
    ],
    [
      'an endless authority',
      { x509_svid: { authority_key_id: Buffer.alloc(65), serial: Buffer.of(1) } },
      'ERR_INVALID_ARGUMENT',
    ],
    ['an empty jti', { x509_svid: null, jwt_svid: { jti: '' } }, 'ERR_INVALID_ARGUMENT'],
    ['an endless task', { x509_svid: null, task: { task_id: 'a'.repeat(257) } }, 'ERR_INVALID_ARGUMENT'],
    [
      'no SPIFFE ID',
      { x509_svid: null, subject: { spiffe_id: 'a', is_prefix: false, issued_until: '1' } },
      'ERR_SPIFFE_ID_SCHEME',
    ],
    ['a target of the future', { x509_svid: null }, 'ERR_UNIMPLEMENTED'],
  ])('refuses %s', (_, change, code) => {
    expect(() => revocationFromWire({ ...wire, ...change })).toThrow(expect.objectContaining({ code }));
  });

  it('takes an unknown reason for none, not the revocation for nothing', () => {
    const reason = 6 as unknown as RevocationOutput['reason'];
    expect(revocationFromWire({ ...wire, reason }).reason).toBe('unspecified');
  });
});
