import { parseSpiffeId, parseTrustDomain, type RegistrationEntry, SignetError } from '@signet/core';
import { describe, expect, it } from '@jest/globals';
import { packageDefinition } from '../definitions.ts';
import type { WireEntryInput, WireEntryOutput, WireEntryMaskOutput } from '../messages.ts';
import { authorizedEntryFromWire, entryFromWire, entryToWire } from './entry.ts';

const trustDomain = parseTrustDomain('example.org');
const codec = packageDefinition['spire.api.types.Entry'] as unknown as {
  serialize(value: WireEntryInput): Buffer;
  deserialize(bytes: Buffer): WireEntryOutput;
};

const entry: RegistrationEntry = {
  id: 'e1',
  spiffeId: parseSpiffeId('spiffe://example.org/orders'),
  parentId: parseSpiffeId('spiffe://example.org/node'),
  selectors: [
    { type: 'unix', value: 'uid:1' },
    { type: 'unix', value: 'gid:2' },
  ],
  x509SvidTtl: 60,
  jwtSvidTtl: 30,
  federatesWith: [parseTrustDomain('other.org')],
  admin: true,
  downstream: false,
  expiresAt: 9_000_000_000,
  dnsNames: ['b.example.org', 'a.example.org'],
  revisionNumber: 3,
  storeSvid: false,
  hint: 'internal',
  createdAt: 1_700_000_000,
  disableX509SvidPrefetch: false,
  jwtSvidIncludeJti: true,
};

function overTheWire(wire: WireEntryInput): WireEntryOutput {
  return codec.deserialize(codec.serialize(wire));
}

function request(changes: WireEntryInput): WireEntryOutput {
  return overTheWire({ ...entryToWire(entry), ...changes });
}

const nothing: WireEntryMaskOutput = {
  spiffe_id: false,
  parent_id: false,
  selectors: false,
  x509_svid_ttl: false,
  federates_with: false,
  admin: false,
  downstream: false,
  expires_at: false,
  dns_names: false,
  revision_number: false,
  store_svid: false,
  jwt_svid_ttl: false,
  hint: false,
  created_at: false,
  additional_attributes: false,
};

describe('an entry on the wire', () => {
  it('comes back as it went', () => {
    expect(authorizedEntryFromWire(overTheWire(entryToWire(entry)))).toEqual(entry);
  });

  it('is cut to its mask; the ID is never masked', () => {
    expect(entryToWire(entry, nothing)).toEqual({ id: 'e1' });
    expect(entryToWire(entry, { ...nothing, hint: true })).toEqual({ id: 'e1', hint: 'internal' });
  });

  it('takes only what the mask of a request names', () => {
    const draft = entryFromWire(request({ spiffe_id: null }), trustDomain, { ...nothing, admin: true });
    expect(draft).toEqual({ id: 'e1', admin: true });
  });

  it('clears what a request without a mask leaves empty', () => {
    const draft = entryFromWire(request({ additional_attributes: null, hint: '' }), trustDomain);
    expect(draft).toMatchObject({ hint: '', jwtSvidIncludeJti: false });
  });

  it.each<[string, WireEntryInput, string, string]>([
    [
      'no parent',
      { parent_id: null },
      'ERR_ENTRY_PARENT_ID',
      'invalid parent ID: request must specify SPIFFE ID',
    ],
    [
      'a foreign parent',
      { parent_id: { trust_domain: 'foo.org', path: '/x' } },
      'ERR_ENTRY_PARENT_ID',
      'invalid parent ID: "spiffe://foo.org/x" is not a member of trust domain "example.org"',
    ],
    [
      'a reserved SPIFFE ID',
      { spiffe_id: { trust_domain: 'example.org', path: '/spire/agent/x' } },
      'ERR_ENTRY_SPIFFE_ID',
      'invalid spiffe ID: "spiffe://example.org/spire/agent/x" is not a workload in trust domain "example.org"; path is in the reserved namespace',
    ],
    ['no selectors', { selectors: [] }, 'ERR_ENTRY_SELECTORS_EMPTY', 'selector list is empty'],
    [
      'a selector without a type',
      { selectors: [{ value: 'x' }] },
      'ERR_SELECTOR_TYPE_MISSING',
      'missing selector type',
    ],
    [
      'a hint of 1025 bytes',
      { hint: 'x'.repeat(1025) },
      'ERR_ENTRY_HINT_TOO_LONG',
      'hint is too long, max length is 1024 characters',
    ],
    ['a bad DNS name', { dns_names: ['a..b'] }, 'ERR_ENTRY_DNS_NAME', 'invalid DNS name: '],
    [
      'a bad federated trust domain',
      { federates_with: ['A'] },
      'ERR_ENTRY_FEDERATES_WITH',
      'invalid federated trust domain: ',
    ],
  ])('is refused with %s', (_name, changes, code, text) => {
    const error = refusal(() => entryFromWire(request(changes), trustDomain));
    expect(error.code).toBe(code);
    expect(error.message).toContain(text);
  });

  it('accepts a trust domain written as a SPIFFE ID', () => {
    const wire = request({ spiffe_id: { trust_domain: 'spiffe://example.org/dropped', path: '/orders' } });
    expect(entryFromWire(wire, trustDomain).spiffeId?.uri).toBe('spiffe://example.org/orders');
  });
});

function refusal(action: () => unknown): SignetError {
  try {
    action();
  } catch (error) {
    if (error instanceof SignetError) return error;
    throw error;
  }
  throw new Error('was accepted');
}
