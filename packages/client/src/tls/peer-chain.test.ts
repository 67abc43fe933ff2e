import { beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type TLSSocket } from 'node:tls';
import { TestCa, type TestX509Svid } from '../../../../test/kit/test-ca.ts';
import { listen, pemOf, rawConnect } from '../testdata/raw-peer.ts';
import { peerChain } from './peer-chain.ts';

let root: TestCa;
let upper: TestCa;
let lower: TestCa;
let svid: TestX509Svid;
let stranger: TestCa;

beforeAll(async () => {
  root = await TestCa.create('example.org');
  upper = await root.intermediate();
  lower = await upper.intermediate();
  svid = await lower.issueX509Svid('/peer');
  stranger = await TestCa.create('stranger.org');
});

/** The chain as both sides see it when this one is presented; they must agree. */
async function seen(
  chain: readonly Uint8Array[],
  key: Uint8Array = svid.key,
): Promise<readonly Uint8Array[]> {
  const presented = { chain, key };
  const options = { ...pemOf(presented), requestCert: true, rejectUnauthorized: false, ca: [] };
  const server = createServer(options);
  const port = await listen(server);
  const accepting = once(server, 'secureConnection') as Promise<[TLSSocket]>;
  const client = rawConnect(port, presented);
  const [[accepted]] = await Promise.all([accepting, once(client, 'secureConnect')]);
  const [byServer, byClient] = [peerChain(accepted), peerChain(client)];
  client.destroy();
  accepted.destroy();
  server.close();
  await once(server, 'close');
  expect(byServer).toEqual(byClient);
  return byServer;
}

function names(chain: readonly Uint8Array[]): string[] {
  const known = new Map<string, string>([
    [hex(svid.chain[0]), 'leaf'],
    [hex(lower.der), 'lower'],
    [hex(upper.der), 'upper'],
    [hex(root.der), 'root'],
    [hex(stranger.der), 'stranger'],
  ]);
  return chain.map((der) => known.get(hex(der)) ?? 'other');
}

function hex(der: Uint8Array | undefined): string {
  return Buffer.from(der ?? []).toString('hex');
}

function leaf(): Uint8Array {
  return svid.chain[0] as Uint8Array;
}

describe('peerChain', () => {
  it('is what the peer presented, in its order', async () => {
    expect(names(await seen(svid.chain))).toEqual(['leaf', 'lower', 'upper']);
  });

  it('is the leaf alone when nothing else came', async () => {
    expect(names(await seen([leaf()]))).toEqual(['leaf']);
  });

  it('ends with a root that came along', async () => {
    expect(names(await seen([...svid.chain, root.der]))).toEqual(['leaf', 'lower', 'upper', 'root']);
  });

  it('leaves out what does not belong to the chain', async () => {
    const chain = [leaf(), stranger.der, lower.der, stranger.der, upper.der, stranger.der];
    expect(names(await seen(chain))).toEqual(['leaf', 'lower', 'upper']);
  });

  it('takes a certificate once, however often it came', async () => {
    expect(names(await seen([leaf(), lower.der, lower.der, upper.der, upper.der]))).toEqual([
      'leaf',
      'lower',
      'upper',
    ]);
  });

  it('holds nothing but certificates of the chain when they came out of order', async () => {
    const chain = names(await seen([leaf(), upper.der, lower.der]));
    expect(chain.slice(0, 2)).toEqual(['leaf', 'lower']);
  });

  it('is one self-signed certificate when that is all there is', async () => {
    const { chain, key } = await root.asSvid();
    expect(names(await seen(chain, key))).toEqual(['root']);
  });

  it('does not go round in circles when authorities have signed each other', async () => {
    const a = await root.intermediate({ name: 'a' });
    const b = await a.intermediate({ name: 'b' });
    const aByB = await b.intermediate({ name: 'a', keyOf: a });
    const bByA = b;
    const circular = await aByB.issueX509Svid('/peer');
    const chain = [circular.chain[0] as Uint8Array, aByB.der, bByA.der, aByB.der, bByA.der];
    expect((await seen(chain, circular.key)).length).toBeLessThanOrEqual(5);
  });

  it('is bounded, one above what an X509-SVID may have', async () => {
    let ca = root;
    for (let depth = 0; depth < 12; depth++) ca = await ca.intermediate();
    const deep = await ca.issueX509Svid('/peer');
    expect(deep.chain).toHaveLength(13);
    expect(await seen(deep.chain, deep.key)).toHaveLength(9);
  });

  it('is not slowed down by a hundred certificates that do not belong', async () => {
    const crowd = Array.from({ length: 100 }, () => stranger.der);
    expect(names(await seen([leaf(), ...crowd, lower.der, upper.der]))).toEqual(['leaf', 'lower', 'upper']);
  });

  it('is empty without a certificate', async () => {
    const server = createServer({ ...pemOf(svid), requestCert: true, rejectUnauthorized: false });
    const port = await listen(server);
    const accepting = once(server, 'secureConnection') as Promise<[TLSSocket]>;
    const client = rawConnect(port).on('error', () => undefined);
    const [accepted] = await accepting;
    expect(peerChain(accepted)).toEqual([]);
    client.destroy();
    accepted.destroy();
    server.close();
  });
});
