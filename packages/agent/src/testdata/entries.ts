import { parseSpiffeId, parseTrustDomain, type RegistrationEntry } from '@signet/core';

/** What a test says of an entry; the rest is plain. */
export interface EntryOptions extends Partial<Omit<RegistrationEntry, 'spiffeId' | 'selectors' | 'federatesWith'>> {
  readonly path?: string;
  /** values of selectors of type `test`. */
  readonly needs?: readonly string[];
  readonly federates?: readonly string[];
}

/** An entry of `example.org`. */
export function testEntry(id: string, options: EntryOptions = {}): RegistrationEntry {
  const { path = `/${id}`, needs = ['a'], federates = [], ...fields } = options;
  return {
    id,
    parentId: parseSpiffeId('spiffe://example.org/spire/agent/test'),
    spiffeId: parseSpiffeId(`spiffe://example.org${path}`),
    selectors: needs.map((value) => ({ type: 'test', value })),
    x509SvidTtl: 0,
    jwtSvidTtl: 0,
    federatesWith: federates.map((name) => parseTrustDomain(name)),
    admin: false,
    downstream: false,
    expiresAt: 0,
    dnsNames: [],
    revisionNumber: 0,
    storeSvid: false,
    hint: '',
    createdAt: 1000,
    disableX509SvidPrefetch: false,
    jwtSvidIncludeJti: false,
    ...fields,
  };
}

/** Entries by ID. */
export function entryMap(...entries: readonly RegistrationEntry[]): ReadonlyMap<string, RegistrationEntry> {
  return new Map(entries.map((entry) => [entry.id, entry]));
}
