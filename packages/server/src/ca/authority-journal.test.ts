import { describe, expect, it } from '@jest/globals';
import { createHash, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import type { ManagedKey } from '@signet/plugins';
import { decodeJournal, encodeJournal } from './authority-journal.ts';
import type { JwtSigningAuthority, SlotName, SlotStatus } from './authority.ts';

const spkiDer = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({
  format: 'der',
  type: 'spki',
});
const key: ManagedKey = {
  id: 'JWT-Signer-A',
  type: 'ec-p256',
  spkiDer,
  sign: () => Promise.reject(new Error('not asked to sign')),
};

function jwtAuthority(slot: SlotName, status: SlotStatus): JwtSigningAuthority {
  const published = { keyId: `kid-${slot}`, spkiDer, expiresAt: 2_000, tainted: false };
  return {
    kind: 'jwt',
    slot,
    status,
    authorityId: `kid-${slot}`,
    issuedAt: 1_000,
    expiresAt: 2_000,
    key,
    published,
  };
}

const authorities = [jwtAuthority('A', 'old'), jwtAuthority('B', 'active')];
const good = encodeJournal(authorities);

function withBody(body: unknown): Uint8Array {
  const text = JSON.stringify(body);
  const [magic] = Buffer.from(encodeJournal([])).toString('utf8').split('\n');
  return Buffer.from([magic, createHash('sha256').update(text).digest('hex'), text].join('\n'));
}

describe('decodeJournal', () => {
  it('reads back what was written', () => {
    expect(decodeJournal(good)).toEqual(
      authorities.map(({ kind, slot, status, authorityId, issuedAt, expiresAt }) => ({
        kind,
        slot,
        status,
        authorityId,
        issuedAt,
        expiresAt,
        der: Uint8Array.from(spkiDer),
      })),
    );
  });

  it('R25: every one-bit flip is a damaged journal', () => {
    fc.assert(
      fc.property(fc.nat(good.length * 8 - 1), (bit) => {
        const damaged = Uint8Array.from(good);
        damaged[bit >> 3]! ^= 1 << (bit & 7);
        expect(() => decodeJournal(damaged)).toThrow(
          expect.objectContaining({ code: 'ERR_AUTHORITY_JOURNAL' }),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('R25: every truncation is a damaged journal', () => {
    for (let length = 0; length < good.length; length++) {
      expect(() => decodeJournal(good.subarray(0, length))).toThrow(
        expect.objectContaining({ code: 'ERR_AUTHORITY_JOURNAL' }),
      );
    }
  });

  const record = {
    kind: 'jwt',
    slot: 'A',
    status: 'active',
    authorityId: 'k',
    issuedAt: 1,
    expiresAt: 2,
    der: 'MFk=',
  };
  it.each([
    { name: 'no list', body: {} },
    { name: 'a record that is no object', body: [1] },
    { name: 'unknown kind', body: [{ ...record, kind: 'wit' }] },
    { name: 'unknown slot', body: [{ ...record, slot: 'C' }] },
    { name: 'unknown status', body: [{ ...record, status: 'tainted' }] },
    { name: 'empty ID', body: [{ ...record, authorityId: '' }] },
    { name: 'fractional time', body: [{ ...record, issuedAt: 1.5 }] },
    { name: 'no certificate', body: [{ ...record, der: null }] },
    { name: 'one slot twice', body: [record, { ...record, status: 'old' }] },
    { name: 'two active ones', body: [record, { ...record, slot: 'B' }] },
  ])('refuses $name', ({ body }) => {
    expect(() => decodeJournal(withBody(body))).toThrow(
      expect.objectContaining({ code: 'ERR_AUTHORITY_JOURNAL' }),
    );
  });

  it('names the damage without the content', () => {
    expect(() => decodeJournal(new Uint8Array(10))).toThrow(
      'the CA journal is damaged: it is not a journal of a version known here',
    );
  });
});
