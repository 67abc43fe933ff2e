import { TestCa, type TestX509Svid } from '../../../../test/kit/test-ca.ts';

/** The authorities that peers of a test come from. */
export interface Authorities {
  /** Of `example.org`; trusted. */
  readonly own: TestCa;
  /** Of `partner.org`; trusted through federation. */
  readonly partner: TestCa;
}

/** Makes the authorities. */
export async function authorities(): Promise<Authorities> {
  return { own: await TestCa.create('example.org'), partner: await TestCa.create('partner.org') };
}

/** A peer that is to be refused where `spiffe://example.org/peer` is authorized. */
export interface WrongPeer {
  readonly name: string;
  readonly code: string;
  readonly svid: (from: Authorities) => Promise<TestX509Svid>;
}

const PEER = 'spiffe://example.org/peer';

/** Each is wrong in one point. */
export const WRONG_PEERS: readonly WrongPeer[] = [
  {
    name: 'a peer of a trust domain that is not trusted',
    code: 'ERR_X509_SVID_NO_BUNDLE',
    svid: async () => (await TestCa.create('stranger.org')).issueX509Svid('/peer'),
  },
  {
    name: 'SID-18, X509-27, WAPI-13: an ID of the own trust domain from the authority of a federated one',
    code: 'ERR_X509_SVID_UNTRUSTED',
    svid: ({ partner }) => partner.issueX509Svid('/peer', { uris: [PEER] }),
  },
  {
    name: 'SID-18, X509-27, WAPI-13: an ID of a federated trust domain from the own authority',
    code: 'ERR_X509_SVID_UNTRUSTED',
    svid: ({ own }) => own.issueX509Svid('/peer', { uris: ['spiffe://partner.org/peer'] }),
  },
  {
    name: 'a peer from an authority of the same name with another key',
    code: 'ERR_X509_SVID_UNTRUSTED',
    svid: async ({ own: { name } }) => (await TestCa.create('example.org', { name })).issueX509Svid('/peer'),
  },
  {
    name: 'X509-22: an expired peer',
    code: 'ERR_X509_SVID_UNTRUSTED',
    svid: ({ own }) => own.issueX509Svid('/peer', { ttl: -60 }),
  },
  {
    name: 'X509-10, X509-23: a CA certificate with the ID of the peer',
    code: 'ERR_X509_SVID_CA',
    svid: ({ own }) => own.issueX509Svid('/peer', { isCa: true }),
  },
  {
    name: 'X509-10: the trusted authority itself',
    code: 'ERR_X509_SVID_PATH_MISSING',
    svid: ({ own }) => own.asSvid(),
  },
  {
    name: 'X509-26: an ID without a path',
    code: 'ERR_X509_SVID_PATH_MISSING',
    svid: ({ own }) => own.issueX509Svid('/peer', { uris: ['spiffe://example.org'] }),
  },
  {
    name: 'X509-2: a second URI',
    code: 'ERR_X509_SVID_URI_SAN_COUNT',
    svid: ({ own }) => own.issueX509Svid('/peer', { uris: [PEER, 'https://example.org/'] }),
  },
  {
    name: 'X509-25: a URI of another scheme',
    code: 'ERR_X509_SVID_SPIFFE_ID',
    svid: ({ own }) => own.issueX509Svid('/peer', { uris: ['https://example.org/peer'] }),
  },
  {
    name: 'a certificate with a DNS name only',
    code: 'ERR_X509_SVID_URI_SAN_COUNT',
    svid: ({ own }) => own.issueX509Svid('/peer', { uris: [], dnsNames: ['localhost'] }),
  },
  {
    name: 'another ID',
    code: 'ERR_PERMISSION_DENIED',
    svid: ({ own }) => own.issueX509Svid('/somebody-else'),
  },
  {
    name: 'SID-17: an ID that differs in case',
    code: 'ERR_PERMISSION_DENIED',
    svid: ({ own }) => own.issueX509Svid('/Peer'),
  },
];
