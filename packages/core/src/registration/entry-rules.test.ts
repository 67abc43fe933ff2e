import { describe, expect, it } from '@jest/globals';
import { parseSpiffeId, parseTrustDomain } from '../spiffe-id/spiffe-id.ts';
import {
  parseEntryFederatesWith,
  readEntryField,
  validateEntryDnsNames,
  validateEntryHint,
  validateEntryParentId,
  validateEntrySelectors,
  validateEntrySpiffeId,
} from './entry-fields.ts';
import { type StorableEntry, validateEntryForCreate, validateEntryForUpdate } from './entry-rules.ts';
import { parseSelector } from './selector.ts';

const td = parseTrustDomain('example.org');
const STORE_PREFIX = 'datastore-validation: invalid registration entry: ';
const good: StorableEntry = {
  id: 'a.B-c_1',
  selectors: [parseSelector('unix:uid:1')],
  dnsNames: ['a.example.org'],
  x509SvidTtl: 0,
  jwtSvidTtl: 60,
  storeSvid: false,
  disableX509SvidPrefetch: false,
};

describe('fields of an entry', () => {
  it.each([
    [
      'parent of another trust domain',
      () => {
        validateEntryParentId(parseSpiffeId('spiffe://foo.org/x'), td);
      },
      'ERR_ENTRY_PARENT_ID',
      'invalid parent ID: "spiffe://foo.org/x" is not a member of trust domain "example.org"',
    ],
    [
      'SPIFFE ID in the reserved namespace',
      () => {
        validateEntrySpiffeId(parseSpiffeId('spiffe://example.org/spire/server'), td);
      },
      'ERR_ENTRY_SPIFFE_ID',
      'invalid spiffe ID: "spiffe://example.org/spire/server" is not a workload in trust domain "example.org"; path is in the reserved namespace',
    ],
    [
      'no selector',
      () => {
        validateEntrySelectors([]);
      },
      'ERR_ENTRY_SELECTORS_EMPTY',
      'selector list is empty',
    ],
    [
      'malformed selector',
      () => {
        validateEntrySelectors([{ type: 'a', value: '' }]);
      },
      'ERR_SELECTOR_VALUE_MISSING',
      'missing selector value',
    ],
    [
      'DNS name',
      () => {
        validateEntryDnsNames(['ok', 'a..b']);
      },
      'ERR_ENTRY_DNS_NAME',
      'invalid DNS name: empty label',
    ],
    [
      'federated trust domain',
      () => parseEntryFederatesWith(['foo.org', '']),
      'ERR_ENTRY_FEDERATES_WITH',
      'invalid federated trust domain: trust domain is missing',
    ],
    [
      'hint of 1,025 bytes',
      () => {
        validateEntryHint('\u00fc'.repeat(512) + 'a');
      },
      'ERR_ENTRY_HINT_TOO_LONG',
      'hint is too long, max length is 1024 characters',
    ],
  ])('refuses: %s', (_, act, code, message) => {
    expect(act).toThrow(expect.objectContaining({ code, message }));
  });

  it('accepts what SPIRE accepts', () => {
    expect(() => {
      validateEntryParentId(parseSpiffeId('spiffe://example.org/spire/server'), td);
      validateEntrySpiffeId(parseSpiffeId('spiffe://example.org/x'), td);
      validateEntrySelectors([parseSelector('a:b'), parseSelector('a:b')]);
      validateEntryHint('a'.repeat(1024));
    }).not.toThrow();
    expect(parseEntryFederatesWith(['spiffe://foo.org/x', 'bar.org']).map(String)).toEqual([
      'foo.org',
      'bar.org',
    ]);
  });

  it('lets a bug through as it is', () => {
    const bug = new TypeError('bug');
    const act = (): never =>
      readEntryField('parentId', () => {
        throw bug;
      });
    expect(act).toThrow(bug);
  });
});

describe('entries for the store', () => {
  const twoTypes = [parseSelector('unix:uid:1'), parseSelector('k8s:ns:x')];

  it.each([
    ['ID of 256 bytes', { id: 'a'.repeat(256) }, 'ERR_ENTRY_ID', 'entry ID too long'],
    ['slash in the ID', { id: 'a/b' }, 'ERR_ENTRY_ID', 'entry ID contains invalid characters'],
    ['line feed after the ID', { id: 'a\n' }, 'ERR_ENTRY_ID', 'entry ID contains invalid characters'],
    ['no ID', { id: '' }, 'ERR_ENTRY_ID', 'entry ID contains invalid characters'],
    ['no selector', { selectors: [] }, 'ERR_ENTRY_SELECTORS_EMPTY', 'missing selector list'],
    ['negative X.509 TTL', { x509SvidTtl: -1 }, 'ERR_ENTRY_TTL', 'X509SvidTtl is not set'],
    ['negative JWT TTL', { jwtSvidTtl: -1 }, 'ERR_ENTRY_TTL', 'JwtSvidTtl is not set'],
    [
      'stored SVID with two selector types',
      { storeSvid: true, selectors: twoTypes },
      'ERR_ENTRY_STORE_SVID',
      'selector types must be the same when store SVID is enabled',
    ],
  ])('refuses: %s', (_, change, code, reason) => {
    expect(() => {
      validateEntryForCreate({ ...good, ...change });
    }).toThrow(expect.objectContaining({ code, message: STORE_PREFIX + reason }));
  });

  it.each([
    [
      'a selector twice',
      { selectors: [...good.selectors, ...good.selectors] },
      'ERR_ENTRY_DUPLICATE_SELECTOR',
    ],
    ['a DNS name twice', { dnsNames: ['a', 'b', 'a'] }, 'ERR_ENTRY_DUPLICATE_DNS_NAME'],
    [
      'stored SVID without prefetch',
      { storeSvid: true, disableX509SvidPrefetch: true },
      'ERR_ENTRY_STORE_SVID',
    ],
  ])('refuses on create only: %s', (_, change, code) => {
    const entry = { ...good, ...change };
    expect(() => {
      validateEntryForCreate(entry);
    }).toThrow(expect.objectContaining({ code }));
    expect(() => {
      validateEntryForUpdate(entry);
    }).not.toThrow();
  });

  it.each([
    ['a plain entry', {}],
    ['two selector types', { selectors: twoTypes }],
    ['a stored SVID of one selector type', { storeSvid: true }],
    ['an ID of 255 bytes', { id: 'a'.repeat(255) }],
  ])('accepts %s', (_, change) => {
    expect(() => {
      validateEntryForCreate({ ...good, ...change });
    }).not.toThrow();
  });
});
