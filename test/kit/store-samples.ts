import { generateKeyPairSync, randomBytes } from 'node:crypto';
import {
  assembleSigned,
  buildCaTbs,
  distinguishedName,
  newSerial,
  parseCertificate,
  parseSelector,
  parseSpiffeId,
  parseTrustDomain,
  signatureScheme,
  signWithKey,
  type Bundle,
  type Selector,
  type SpiffeId,
  type TrustDomain,
  type UnixSeconds,
} from '@signet/core';
import type { NewEntry } from '@signet/server/datastore';

/** The time at which store tests begin. */
export const STORE_TIME: UnixSeconds = 1_800_000_000;

/** An ID in `example.org`. */
export function sampleId(path: string): SpiffeId {
  return parseSpiffeId(`spiffe://example.org${path}`);
}

/** Selectors from their text form. */
export function sampleSelectors(...texts: readonly string[]): readonly Selector[] {
  return texts.map(parseSelector);
}

/** A plain entry below `/agent`, with what is given in place of its fields. */
export function sampleEntry(fields: Partial<NewEntry> = {}): NewEntry {
  return {
    parentId: sampleId('/agent'),
    spiffeId: sampleId('/workload'),
    selectors: sampleSelectors('unix:uid:1000'),
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

/** An entry whose every field differs from the default. */
export function fullEntry(federatesWith: readonly TrustDomain[]): NewEntry {
  return sampleEntry({
    id: 'full.entry-1',
    parentId: sampleId('/full/agent'),
    spiffeId: sampleId('/full/workload'),
    selectors: sampleSelectors('k8s:sa:b', 'k8s:ns:a', 'k8s:ns:a:b'),
    x509SvidTtl: 61,
    jwtSvidTtl: 62,
    federatesWith,
    admin: true,
    downstream: true,
    expiresAt: 4_000_000_000,
    dnsNames: ['z.example.org', 'a.example.org'],
    storeSvid: true,
    hint: 'häuschen',
    disableX509SvidPrefetch: true,
    jwtSvidIncludeJti: true,
  });
}

/** A root certificate of its own key. */
export function sampleAuthority(notAfter: UnixSeconds): { der: Uint8Array; subjectKeyId: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const tbs = buildCaTbs({
    serial: newSerial(randomBytes(16)),
    subject: distinguishedName({ organization: 'Sample' }),
    spkiDer: publicKey.export({ format: 'der', type: 'spki' }),
    notBefore: STORE_TIME - 100_000,
    notAfter,
  });
  const der = assembleSigned(tbs, signatureScheme('ec-p256').algorithmDer, signWithKey(privateKey, tbs));
  const { subjectKeyId = new Uint8Array() } = parseCertificate(der);
  return { der, subjectKeyId: Buffer.from(subjectKeyId).toString('hex') };
}

/** A JWT authority; the key is bytes that nobody parses. */
export function sampleJwtAuthority(keyId: string, expiresAt: UnixSeconds): Bundle['jwtAuthorities'][number] {
  return { keyId, spkiDer: Uint8Array.from(Buffer.from(`key ${keyId}`)), expiresAt, tainted: false };
}

/** A bundle with what is given in it. */
export function sampleBundle(trustDomain: string, parts: Partial<Bundle> = {}): Bundle {
  return {
    trustDomain: parseTrustDomain(trustDomain),
    x509Authorities: [],
    jwtAuthorities: [],
    refreshHint: 0,
    sequenceNumber: 0n,
    ...parts,
  };
}
