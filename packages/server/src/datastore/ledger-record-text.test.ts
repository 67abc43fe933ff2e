import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatLedgerRecord, parseLedgerRecord } from './ledger-record-text.ts';
import type { LedgerRecord } from './ledger-store.ts';

const text = fc.string({ unit: 'binary' });
const record: fc.Arbitrary<LedgerRecord> = fc.record({
  kind: fc.constantFrom('x509', 'jwt'),
  authorityId: text,
  credential: text,
  spiffeId: text,
  entryId: text,
  agentId: text,
  taskId: text,
  evidence: fc.array(text),
  audience: fc.array(text),
  issuedAt: fc.nat(),
  expiresAt: fc.nat(),
});

describe('the text of a ledger record', () => {
  it('comes back as the record that it was', () => {
    fc.assert(
      fc.property(record, (value) => expect(parseLedgerRecord(formatLedgerRecord(value))).toEqual(value)),
    );
  });

  it.each([
    ['no JSON', '{'],
    ['no array', '{}'],
    ['another version', '[2,"x509","","","","","","",[],[],0,0]'],
    ['another kind', '[1,"wit","","","","","","",[],[],0,0]'],
    ['a field too few', '[1,"x509","","","","","","",[],[],0]'],
    ['a field too many', '[1,"x509","","","","","","",[],[],0,0,0]'],
    ['a number for a text', '[1,"x509",1,"","","","","",[],[],0,0]'],
    ['a number in a list', '[1,"x509","","","","","","",[1],[],0,0]'],
    ['a fraction for a time', '[1,"x509","","","","","","",[],[],0.5,0]'],
  ])('is refused when it is %s', (_, value) => {
    expect(() => parseLedgerRecord(value)).toThrow(expect.objectContaining({ code: 'ERR_LEDGER_RECORD' }));
  });
});
