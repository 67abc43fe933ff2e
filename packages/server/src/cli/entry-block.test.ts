import { describe, expect, it } from '@jest/globals';
import { entryBlock } from './entry-block.ts';
import { entryJson, wholeEntry } from './entry-json.ts';

const spiffe_id = { trust_domain: 'example.org', path: '/web' };
const parent_id = { trust_domain: 'example.org', path: '/node' };

describe('entryBlock', () => {
  it('leaves out what an entry does not have', () => {
    expect(entryBlock(wholeEntry({ spiffe_id, parent_id }))).toBe(
      [
        'Entry ID                : (none)',
        'SPIFFE ID               : spiffe://example.org/web',
        'Parent ID               : spiffe://example.org/node',
        'Revision                : 0',
        'X509-SVID TTL           : default',
        'JWT-SVID TTL            : default',
        '\n',
      ].join('\n'),
    );
  });

  it('shows all that an entry has, in the order of SPIRE', () => {
    const entry = wholeEntry({
      id: 'one',
      spiffe_id,
      parent_id,
      revision_number: '3',
      downstream: true,
      x509_svid_ttl: 60,
      jwt_svid_ttl: 30,
      expires_at: '1999999999',
      selectors: [
        { type: 'unix', value: 'uid:1' },
        { type: 'unix', value: 'gid:1' },
      ],
      federates_with: ['other.org', 'third.org'],
      dns_names: ['a.org', 'b.org'],
      admin: true,
      store_svid: true,
      hint: 'internal',
      additional_attributes: { disable_x509_svid_prefetch: true, jwt_svid_include_jti: true },
    });
    expect(entryBlock(entry)).toBe(
      [
        'Entry ID                : one',
        'SPIFFE ID               : spiffe://example.org/web',
        'Parent ID               : spiffe://example.org/node',
        'Revision                : 3',
        'Downstream              : true',
        'X509-SVID TTL           : 60',
        'JWT-SVID TTL            : 30',
        'Expiration time         : 2033-05-18 03:33:19 +0000 UTC',
        'Selector                : unix:uid:1',
        'Selector                : unix:gid:1',
        'FederatesWith           : other.org',
        'FederatesWith           : third.org',
        'DNS name                : a.org',
        'DNS name                : b.org',
        'Admin                   : true',
        'StoreSvid               : true',
        'Hint                    : internal',
        'DisableX509SvidPrefetch : true',
        'JwtSvidIncludeJti       : true',
        '\n',
      ].join('\n'),
    );
  });
});

describe('entryJson', () => {
  it('has no field that the message has not', () => {
    expect(
      entryJson({ ...wholeEntry({}), _additional_attributes: 'additional_attributes' }),
    ).not.toHaveProperty('_additional_attributes');
  });
});
