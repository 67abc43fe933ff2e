import { describe, expect, it } from '@jest/globals';
import { entryService, entryToWire } from '@signet/api';
import { parseSpiffeId, parseTrustDomain, type RegistrationEntry } from '@signet/core';
import fc from 'fast-check';
import { entryBytes } from './entry-bytes.ts';

const plain: RegistrationEntry = {
  id: 'id',
  parentId: parseSpiffeId('spiffe://example.org/parent'),
  spiffeId: parseSpiffeId('spiffe://example.org/workload'),
  selectors: [{ type: 'unix', value: 'uid:1' }],
  x509SvidTtl: 2 ** 31 - 1,
  jwtSvidTtl: 2 ** 31 - 1,
  federatesWith: [],
  admin: true,
  downstream: true,
  expiresAt: Number.MAX_SAFE_INTEGER,
  dnsNames: [],
  revisionNumber: Number.MAX_SAFE_INTEGER,
  storeSvid: true,
  hint: '',
  createdAt: Number.MAX_SAFE_INTEGER,
  disableX509SvidPrefetch: true,
  jwtSvidIncludeJti: true,
};

const serialized = (entry: RegistrationEntry): number =>
  entryService.SyncAuthorizedEntries.responseSerialize({ entries: [entryToWire(entry, null)] }).length;

const anyText = fc.string({ unit: 'binary', maxLength: 300 });
const anyEntry = fc.record({
  id: anyText,
  hint: anyText,
  selectors: fc.array(fc.record({ type: anyText, value: anyText }), { maxLength: 30 }),
  dnsNames: fc.array(anyText, { maxLength: 30 }),
  federatesWith: fc.array(fc.constantFrom('other.org', 'a', `${'b'.repeat(200)}.org`), { maxLength: 30 }),
});

describe('entryBytes', () => {
  it('is never less than what an entry takes in a message', () => {
    fc.assert(
      fc.property(anyEntry, (fields) => {
        const federatesWith = fields.federatesWith.map((name) => parseTrustDomain(name));
        const entry = { ...plain, ...fields, federatesWith };
        expect(entryBytes(entry)).toBeGreaterThanOrEqual(serialized(entry));
      }),
    );
  });

  it('is not much more than that for an entry that is large', () => {
    const selectors = Array.from({ length: 100 }, (_, i) => ({
      type: 'unix',
      value: `${i}${'x'.repeat(1000)}`,
    }));
    const entry = { ...plain, selectors };
    expect(entryBytes(entry)).toBeLessThan(1.05 * serialized(entry));
  });
});
