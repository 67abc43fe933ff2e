import { describe, expect, it } from '@jest/globals';
import { entriesOf } from './entry-data.ts';
import { JsonReader } from './json-reader.ts';

const entry = {
  spiffe_id: 'spiffe://example.org/web',
  parent_id: 'spiffe://example.org/node',
  selectors: [{ type: 'unix', value: 'uid:1' }],
};
const data = (...entries: unknown[]): string => JSON.stringify({ entries });

const parseEntryData = (text: string): unknown[] => entriesOf(JsonReader.parse(text));

describe('entriesOf', () => {
  it('reads the fields of the RegistrationEntry message, in any case', () => {
    const [parsed] = parseEntryData(
      data({
        ...entry,
        entry_id: 'one',
        X509_SVID_TTL: 60,
        jwt_svid_ttl: 30,
        federates_with: ['other.org'],
        dns_names: ['a.org'],
        hint: 'internal',
        admin: true,
        downstream: true,
        store_svid: true,
        entryExpiry: 1999999999,
        additional_attributes: { jwt_svid_include_jti: true },
        revision_number: 7,
      }),
    );
    expect(parsed).toEqual({
      id: 'one',
      spiffe_id: { trust_domain: 'example.org', path: '/web' },
      parent_id: { trust_domain: 'example.org', path: '/node' },
      selectors: [{ type: 'unix', value: 'uid:1' }],
      x509_svid_ttl: 60,
      jwt_svid_ttl: 30,
      federates_with: ['other.org'],
      dns_names: ['a.org'],
      hint: 'internal',
      admin: true,
      downstream: true,
      store_svid: true,
      expires_at: '1999999999',
      revision_number: '0',
      created_at: '0',
      additional_attributes: { disable_x509_svid_prefetch: false, jwt_svid_include_jti: true },
    });
  });

  it('takes several', () => {
    expect(parseEntryData(data(entry, { ...entry, hint: null }))).toHaveLength(2);
  });

  it.each([
    ['nothing', '', 'unexpected end of JSON input'],
    ['no JSON', 'entries', /not valid JSON/],
    ['no entries', '{}', 'json: there are no entries'],
    ['null entries', '{"entries":null}', 'json: there are no entries'],
    ['a misspelt list', '{"entrys":[]}', 'json: unknown key entrys; did you mean entries?'],
    [
      'a misspelt key of an entry',
      data(entry, { ...entry, dns_name: ['a'] }),
      'json: unknown key entries[1].dns_name; did you mean dns_names?',
    ],
    [
      'a misspelt key of a selector',
      data({ ...entry, selectors: [{ type: 'unix', val: 'x' }] }),
      'json: unknown key entries[0].selectors[0].val; did you mean value?',
    ],
    [
      'an unknown attribute',
      data({ ...entry, additional_attributes: { zzz: true } }),
      'json: unknown key entries[0].additional_attributes.zzz',
    ],
    ['a list', '[]', 'json: the whole must be an object'],
    ['entries that are no list', '{"entries":{}}', 'json: entries must be a list'],
    ['an entry that is no object', data(entry, 7), 'json: entries[1] must be an object'],
    [
      'a selector that is a text',
      data({ ...entry, selectors: ['a:b'] }),
      /^json: entries\[0\]\.selectors\[0\] /,
    ],
    ['a TTL that is a text', data({ ...entry, x509_svid_ttl: '60' }), /^json: entries\[0\]\.x509_svid_ttl /],
    ['a TTL with a fraction', data({ ...entry, jwt_svid_ttl: 0.5 }), /^json: entries\[0\]\.jwt_svid_ttl /],
    ['a flag that is a number', data({ ...entry, admin: 1 }), /^json: entries\[0\]\.admin /],
    ['DNS names that are numbers', data({ ...entry, dns_names: [1] }), /^json: entries\[0\]\.dns_names /],
    ['no SPIFFE ID', data({ ...entry, spiffe_id: '' }), /^invalid SPIFFE ID: /],
    ['a parent that is no SPIFFE ID', data({ ...entry, parent_id: 'node' }), /^invalid parent ID: /],
  ])('refuses %s', (_, text, message) => {
    expect(() => parseEntryData(text)).toThrow(
      expect.objectContaining({
        code: 'ERR_CONFIG_FILE',
        message: typeof message === 'string' ? message : expect.stringMatching(message),
      }),
    );
  });

  it('refuses a TTL that its field cannot hold', () => {
    expect(() => parseEntryData(data({ ...entry, x509_svid_ttl: 2 ** 31 }))).toThrow(
      expect.objectContaining({ code: 'ERR_CONFIG_FLAG' }),
    );
  });
});
