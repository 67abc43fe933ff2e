import { beforeAll, describe, expect, it } from '@jest/globals';
import type { WorkloadX509SVIDOutput, WorkloadX509SVIDResponseOutput } from '@signet/api';
import { parseTrustDomain } from '@signet/core';
import { TestCa, type TestX509Svid } from '../../../../test/kit/test-ca.ts';
import { type X509Message, x509Message } from '../../../../test/kit/workload-messages.ts';
import type { WorkloadApiError } from '../errors.ts';
import { errorCode } from '../testdata/error-code.ts';
import { type X509Context, x509ContextOf } from './x509-context.ts';

let ca: TestCa;
let next: TestCa;
let partner: TestCa;
let orders: TestX509Svid;
let billing: TestX509Svid;

beforeAll(async () => {
  ca = await TestCa.create('example.org');
  next = await TestCa.create('example.org');
  partner = await TestCa.create('partner.org');
  orders = await ca.issueX509Svid('/orders');
  billing = await ca.issueX509Svid('/billing');
});

function wire(message: X509Message): WorkloadX509SVIDResponseOutput {
  return x509Message(message) as WorkloadX509SVIDResponseOutput;
}

function read(message: WorkloadX509SVIDResponseOutput, problems: WorkloadApiError[] = []): X509Context {
  return x509ContextOf(message, (problem) => problems.push(problem));
}

/** A message whose only SVID differs from a good one as told. */
function withSvid(change: Partial<WorkloadX509SVIDOutput>): WorkloadX509SVIDResponseOutput {
  const good = wire({ svids: [orders], bundle: [ca] });
  return { ...good, svids: good.svids.map((svid) => ({ ...svid, ...change })) };
}

function authorities(context: X509Context, trustDomain: string): number | undefined {
  return context.bundles.x509Bundle(parseTrustDomain(trustDomain))?.authorities.length;
}

describe('x509ContextOf', () => {
  it('reads SVIDs, bundles and revocation lists', () => {
    const crls = [Uint8Array.of(0x30, 0)];
    const context = read(wire({ svids: [orders, billing], bundle: [ca, next], federated: [partner], crls }));
    expect(context.svids.map(({ id }) => id.uri)).toEqual([orders.id, billing.id]);
    expect([authorities(context, 'example.org'), authorities(context, 'partner.org')]).toEqual([2, 1]);
    expect(context.crls).toEqual(crls);
  });

  it('reads a chain with intermediates', async () => {
    const middle = await ca.intermediate();
    const svid = await middle.issueX509Svid('/orders');
    const [read0] = read(wire({ svids: [svid], bundle: [ca] })).svids;
    expect(read0?.certificates).toHaveLength(2);
  });

  it('WAPI-39: the first SVID stays the first', () => {
    const [first] = read(wire({ svids: [billing, orders], bundle: [ca] })).svids;
    expect(first?.id.uri).toBe(billing.id);
  });

  it('WAPI-9, WAPI-20: an empty list of revocation lists, and of federated bundles, is the state', () => {
    const context = read(wire({ svids: [orders], bundle: [ca] }));
    expect([context.crls, [...context.bundles.bundles.keys()]]).toEqual([[], ['example.org']]);
  });

  it('WAPI-22: of two SVIDs with the same hint the first counts', () => {
    const svids = [
      { ...orders, hint: 'main' },
      { ...billing, hint: 'main' },
    ];
    expect(read(wire({ svids, bundle: [ca] })).svids.map(({ id }) => id.uri)).toEqual([orders.id]);
  });

  it('WAPI-22: a dropped duplicate need not even be readable', () => {
    const good = wire({
      svids: [
        { ...orders, hint: 'main' },
        { ...billing, hint: 'main' },
      ],
      bundle: [ca],
    });
    const [first, second] = good.svids as [WorkloadX509SVIDOutput, WorkloadX509SVIDOutput];
    const message = { ...good, svids: [first, { ...second, x509_svid: Buffer.alloc(0) }] };
    expect(read(message).svids).toHaveLength(1);
  });

  it('WAPI-21: SVIDs without a hint are all kept', () => {
    expect(read(wire({ svids: [orders, billing], bundle: [ca] })).svids).toHaveLength(2);
  });

  it('the bundle of the SVID counts for its trust domain, whatever the federated ones say', () => {
    const message = wire({ svids: [orders], bundle: [ca, next], federated: [partner] });
    message.federated_bundles['spiffe://example.org'] = Buffer.from(partner.der);
    expect(authorities(read(message), 'example.org')).toBe(2);
  });

  it('takes bare names of trust domains for federated bundles', () => {
    const message = wire({ svids: [orders], bundle: [ca] });
    message.federated_bundles['partner.org'] = Buffer.from(partner.der);
    expect(authorities(read(message), 'partner.org')).toBe(1);
  });

  it('X509-34: an empty federated bundle leaves its trust domain without authorities', () => {
    const message = wire({ svids: [orders], bundle: [ca] });
    message.federated_bundles['spiffe://partner.org'] = Buffer.alloc(0);
    expect(authorities(read(message), 'partner.org')).toBe(0);
  });

  it.each([
    ['bytes that are no certificate', 'spiffe://partner.org', 'ERR_X509_MALFORMED'],
    ['a name that is no trust domain', 'spiffe://PARTNER.org', 'ERR_TRUST_DOMAIN_UPPERCASE'],
  ])('a federated bundle with %s is reported, and costs nothing else', (_, name, code) => {
    const message = wire({ svids: [orders], bundle: [ca], federated: [partner] });
    message.federated_bundles[name] = Buffer.from('0500', 'hex');
    if (name !== 'spiffe://partner.org') message.federated_bundles[name] = Buffer.from(partner.der);
    const problems: WorkloadApiError[] = [];
    const context = read(message, problems);
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    expect(authorities(context, 'example.org')).toBe(1);
    expect(authorities(context, 'partner.org')).toBe(name === 'spiffe://partner.org' ? undefined : 1);
  });

  it.each<[string, () => WorkloadX509SVIDResponseOutput, string]>([
    ['no SVID', () => ({ ...withSvid({}), svids: [] }), 'ERR_X509_SVID_EMPTY'],
    ['an empty SPIFFE ID', () => withSvid({ spiffe_id: '' }), 'ERR_SPIFFE_ID_SCHEME'],
    ['an empty chain', () => withSvid({ x509_svid: Buffer.alloc(0) }), 'ERR_X509_MALFORMED'],
    ['an empty key', () => withSvid({ x509_svid_key: Buffer.alloc(0) }), 'ERR_X509_SVID_KEY_MISMATCH'],
    ['an empty bundle', () => withSvid({ bundle: Buffer.alloc(0) }), 'ERR_X509_MALFORMED'],
    [
      'a SPIFFE ID that is not the certificate’s',
      () => withSvid({ spiffe_id: billing.id }),
      'ERR_X509_SVID_SPIFFE_ID',
    ],
    [
      'a key of another SVID',
      () => withSvid({ x509_svid_key: Buffer.from(billing.key) }),
      'ERR_X509_SVID_KEY_MISMATCH',
    ],
    [
      'a chain in PEM',
      () => withSvid({ x509_svid: Buffer.from('-----BEGIN CERTIFICATE-----') }),
      'ERR_X509_MALFORMED',
    ],
    [
      'bytes behind the chain',
      () => withSvid({ x509_svid: Buffer.concat([...orders.chain, Buffer.of(0)]) }),
      'ERR_X509_MALFORMED',
    ],
    [
      'bytes behind the bundle',
      () => withSvid({ bundle: Buffer.concat([ca.der, Buffer.of(0)]) }),
      'ERR_X509_MALFORMED',
    ],
    [
      'a leaf above the leaf',
      () => withSvid({ x509_svid: Buffer.concat([...orders.chain, ...billing.chain]) }),
      'ERR_X509_SVID_CA',
    ],
    [
      'a CA certificate as SVID',
      () => withSvid({ x509_svid: Buffer.from(ca.der) }),
      'ERR_X509_SVID_PATH_MISSING',
    ],
  ])('WAPI-12: refuses a message with %s', (_, message, code) => {
    expect(errorCode(() => read(message()))).toBe(code);
  });

  it('says nothing of the key in what it throws', () => {
    const key = Buffer.from('a key that is none');
    expect(() => read(withSvid({ x509_svid_key: key }))).toThrow('private key is not PKCS#8');
  });
});
