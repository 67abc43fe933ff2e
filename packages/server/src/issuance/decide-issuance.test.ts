import { describe, expect, it } from '@jest/globals';
import { parseSpiffeId, parseTrustDomain, type RegistrationEntry } from '@signet/core';
import { decideEntryJwtSvid, decideEntrySvid, decideJwtSvid, ttlOrDefault } from './decide-issuance.ts';
import type { IssuanceSettings } from './issuance-deps.ts';

const NOW = 1_800_000_000;
const trustDomain = parseTrustDomain('example.org');
const settings: IssuanceSettings = {
  trustDomain,
  defaultX509SvidTtl: 3600,
  defaultJwtSvidTtl: 300,
  agentTtl: 0,
  disableJwtSvids: false,
  jwtSvidJti: true,
};
const id = parseSpiffeId('spiffe://example.org/web');

const entry: RegistrationEntry = {
  id: 'entry-1',
  parentId: parseSpiffeId('spiffe://example.org/spire/agent/join_token/x'),
  spiffeId: id,
  selectors: [{ type: 'unix', value: 'uid:1' }],
  x509SvidTtl: 0,
  jwtSvidTtl: 0,
  federatesWith: [],
  admin: false,
  downstream: false,
  expiresAt: 0,
  dnsNames: ['web.example.org', 'www.example.org'],
  revisionNumber: 0,
  storeSvid: false,
  hint: 'public',
  createdAt: NOW,
  disableX509SvidPrefetch: false,
  jwtSvidIncludeJti: false,
};

describe('ttlOrDefault', () => {
  it.each([
    { asked: 0, given: 3600 },
    { asked: -5, given: 3600 },
    { asked: 60, given: 60 },
    { asked: 99_999_999, given: 99_999_999 },
  ])('$asked → $given', ({ asked, given }) => {
    expect(ttlOrDefault(asked, 3600)).toBe(given);
  });
});

describe('decideEntrySvid', () => {
  it('grants what the entry says, and the default TTL', () => {
    const order = { spiffeId: id, dnsNames: entry.dnsNames, ttl: 3600 };
    expect(decideEntrySvid(entry, settings, NOW)).toEqual({ granted: true, order });
  });

  it('grants the TTL of the entry', () => {
    expect(decideEntrySvid({ ...entry, x509SvidTtl: 77 }, settings, NOW)).toMatchObject({
      order: { ttl: 77 },
    });
  });

  it.each([
    { name: 'expired entry', change: { expiresAt: NOW }, code: 'ERR_NOT_FOUND' },
    {
      name: 'ID of another trust domain',
      change: { spiffeId: parseSpiffeId('spiffe://other.org/web') },
      code: 'ERR_INTERNAL',
    },
  ])('refuses: $name', ({ change, code }) => {
    expect(decideEntrySvid({ ...entry, ...change }, settings, NOW)).toMatchObject({
      granted: false,
      error: { code },
    });
  });
});

describe('decideJwtSvid', () => {
  it('grants, without the empty strings of the audience', () => {
    expect(decideJwtSvid({ spiffeId: id, audience: ['a', '', 'b'], ttl: 0 }, settings)).toEqual({
      granted: true,
      order: { spiffeId: id, audience: ['a', 'b'], ttl: 300 },
    });
  });

  it.each([
    {
      name: 'JWT-SVIDs are off',
      request: {},
      off: true,
      code: 'ERR_JWT_DISABLED',
      message: 'JWT functionality is disabled',
    },
    {
      name: 'no audience',
      request: { audience: [] },
      code: 'ERR_INVALID_ARGUMENT',
      message: 'at least one audience is required',
    },
    {
      name: 'only empty audiences',
      request: { audience: ['', ''] },
      code: 'ERR_JWT_AUDIENCE',
      message: 'failed to sign JWT-SVID: invalid JWT-SVID audience: cannot be empty',
    },
    {
      name: 'reserved ID',
      request: { spiffeId: parseSpiffeId('spiffe://example.org/spire/server') },
      code: 'ERR_SPIFFE_ID_RESERVED',
      message:
        'invalid SPIFFE ID: "spiffe://example.org/spire/server" is not a workload in trust domain "example.org"; path is in the reserved namespace',
    },
    {
      name: 'foreign ID',
      request: { spiffeId: parseSpiffeId('spiffe://other.org/x') },
      code: 'ERR_SPIFFE_ID_NOT_MEMBER',
      message: /^invalid SPIFFE ID: /,
    },
  ])('refuses: $name', ({ request, off, code, message }) => {
    const decision = decideJwtSvid(
      { spiffeId: id, audience: ['a'], ttl: 0, ...request },
      { ...settings, disableJwtSvids: off ?? false },
    );
    if (decision.granted) throw new Error('was granted');
    expect(decision.error.code).toBe(code);
    expect(decision.error.message).toMatch(message);
  });
});

describe('decideEntryJwtSvid', () => {
  it('takes ID and TTL from the entry', () => {
    expect(decideEntryJwtSvid({ ...entry, jwtSvidTtl: 9 }, ['a'], settings, NOW)).toMatchObject({
      order: { spiffeId: id, ttl: 9 },
    });
  });

  it('says that JWT-SVIDs are off before it says that the entry has expired', () => {
    const expired = { ...entry, expiresAt: NOW };
    expect(decideEntryJwtSvid(expired, ['a'], settings, NOW)).toMatchObject({
      error: { code: 'ERR_NOT_FOUND' },
    });
    expect(decideEntryJwtSvid(expired, ['a'], { ...settings, disableJwtSvids: true }, NOW)).toMatchObject({
      error: { code: 'ERR_JWT_DISABLED' },
    });
  });
});
