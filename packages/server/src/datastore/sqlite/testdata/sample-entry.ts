import { parseSpiffeId } from '@signet/core';
import type { NewEntry } from '../../entry-store.ts';

/** A plain entry of its own SPIFFE ID. */
export function sampleEntry(name: string, fields: Partial<NewEntry> = {}): NewEntry {
  return {
    parentId: parseSpiffeId('spiffe://example.org/agent'),
    spiffeId: parseSpiffeId(`spiffe://example.org/${name}`),
    selectors: [{ type: 'unix', value: 'uid:1' }],
    x509SvidTtl: 0,
    jwtSvidTtl: 0,
    federatesWith: [],
    admin: false,
    downstream: false,
    expiresAt: 0,
    dnsNames: [],
    storeSvid: false,
    hint: '',
    disableX509SvidPrefetch: false,
    jwtSvidIncludeJti: false,
    ...fields,
  };
}
