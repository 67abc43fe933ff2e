import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import {
  assembleSigned,
  buildCaTbs,
  distinguishedName,
  newSerial,
  parseCertificate,
  parseSpiffeId,
  signWithKey,
  signatureScheme,
  type KeyType,
} from '@signet/core';
import { createPublicKey, randomBytes, verify, type KeyObject } from 'node:crypto';
import type { LeafOrder, LeafOutcome } from './leaf-order.ts';
import { openSignPool, type SignPool } from './sign-pool.ts';
import { startSignWorker } from './sign-seat.ts';
import { FakeTime } from './testdata/fake-time.ts';
import { newPrivateKey } from './testdata/memory-keys.ts';
import { TEST_NOW, lineLogger } from './testdata/test-authority.ts';
import { testCsr } from './testdata/test-csr.ts';

// Workers start from sources, which on a busy machine takes seconds.
jest.setTimeout(60_000);

interface Ca {
  readonly key: KeyObject;
  readonly certificateDer: Uint8Array;
}

async function newCa(type: KeyType): Promise<Ca> {
  const key = await newPrivateKey(type);
  const serial = newSerial(randomBytes(16));
  const spkiDer = createPublicKey(key).export({ format: 'der', type: 'spki' });
  const subject = distinguishedName({ country: 'US', organization: 'SPIFFE' });
  const tbs = buildCaTbs({
    serial,
    spkiDer,
    subject,
    uriSan: 'spiffe://example.org',
    notBefore: TEST_NOW - 10,
    notAfter: TEST_NOW + 3600,
  });
  return {
    key,
    certificateDer: assembleSigned(tbs, signatureScheme(type).algorithmDer, signWithKey(key, tbs)),
  };
}

const csrDer = testCsr({ uris: ['spiffe://example.org/csr'], dnsNames: ['csr.example.org'] });
const dates = { notBefore: TEST_NOW - 10, notAfter: TEST_NOW + 60 };
const orderFor = (path: string): LeafOrder => ({
  csrDer,
  names: { spiffeId: parseSpiffeId(`spiffe://example.org/${path}`), dnsNames: [`${path}.example.org`] },
  ...dates,
});

function leafOf(outcome: LeafOutcome | undefined): ReturnType<typeof parseCertificate> {
  if (outcome?.ok !== true) throw new Error(`not signed: ${outcome?.fault.message ?? 'no outcome'}`);
  return parseCertificate(outcome.der);
}

describe('openSignPool', () => {
  const ca = newCa('ec-p256');
  let pool: SignPool | undefined;
  afterEach(async () => pool?.close());

  async function openPool(
    workers: Worker[] = [],
    count = 2,
    log: string[] = [],
  ): Promise<{ pool: SignPool; time: FakeTime }> {
    const time = new FakeTime(TEST_NOW);
    const startWorker = (): Worker => {
      const worker = startSignWorker();
      workers.push(worker);
      return worker;
    };
    pool = openSignPool(count, { logger: lineLogger(log), after: time.after, startWorker });
    pool.setIssuer({ trustDomain: 'example.org', ...(await ca), ownKeys: [] });
    return { pool, time };
  }

  it('answers a batch in order, whichever worker signed what', async () => {
    const { pool } = await openPool();
    const orders = Array.from({ length: 333 }, (_, at) => orderFor(`w${at}`));
    const outcomes = await pool.sign(orders);
    expect(outcomes.map((outcome) => leafOf(outcome).uriSans[0])).toEqual(
      orders.map((_, at) => `spiffe://example.org/w${at}`),
    );
    expect(outcomes.map((outcome) => leafOf(outcome).dnsSans[0])).toEqual(
      orders.map((_, at) => `w${at}.example.org`),
    );
    const leaf = leafOf(outcomes[7]);
    expect(verify('sha256', leaf.tbsDer, createPublicKey((await ca).key), leaf.signature)).toBe(true);
  });

  it('carries refusals, the names of a CSR and long names through', async () => {
    const { pool } = await openPool([], 1);
    const long = Array.from({ length: 400 }, (_, at) => `n${at}.${'x'.repeat(60)}.example.org`);
    const spiffeId = parseSpiffeId('spiffe://example.org/x');
    const outcomes = await pool.sign([
      { csrDer, names: 'csr', ...dates },
      { csrDer: csrDer.subarray(1), names: 'csr', ...dates },
      { csrDer, names: { spiffeId, dnsNames: long }, ...dates },
      { csrDer: testCsr({}), names: 'csr', ...dates },
    ]);
    expect(outcomes[0]).toMatchObject({ ok: true, spiffeId: { uri: 'spiffe://example.org/csr' } });
    expect(outcomes[1]).toMatchObject({ ok: false, fault: { phase: 'parse', code: 'ERR_CSR_MALFORMED' } });
    expect(leafOf(outcomes[2]).dnsSans).toEqual(long);
    expect(outcomes[3]).toMatchObject({
      ok: false,
      fault: { phase: 'names', code: 'ERR_CSR_URI_SAN_COUNT', message: 'CSR URI SAN is required' },
    });
  });

  it('signs with the new authority from the order after it on', async () => {
    const { pool } = await openPool();
    const next = await newCa('rsa-2048');
    const before = pool.sign([orderFor('a')]);
    pool.setIssuer({ trustDomain: 'example.org', ...next, ownKeys: [] });
    const after = pool.sign([orderFor('b')]);
    const [first, second] = [leafOf((await before)[0]), leafOf((await after)[0])];
    expect(first.authorityKeyId).toEqual(parseCertificate((await ca).certificateDer).subjectKeyId);
    expect(second.authorityKeyId).toEqual(parseCertificate(next.certificateDer).subjectKeyId);
    expect(verify('sha256', second.tbsDer, createPublicKey(next.key), second.signature)).toBe(true);
  });

  it('fails what a dying worker held, uses the other one, and puts the seat back', async () => {
    const [workers, log]: [Worker[], string[]] = [[], []];
    const { pool, time } = await openPool(workers, 2, log);
    await pool.sign([orderFor('warm')]);
    const held = pool.sign(Array.from({ length: 64 }, (_, at) => orderFor(`h${at}`)));
    await workers[0]?.terminate();
    const outcomes = await held;
    expect(new Set(outcomes.map((outcome) => (outcome.ok ? 'signed' : outcome.fault.code)))).toEqual(
      new Set(['signed', 'ERR_SIGNING_WORKER_LOST']),
    );
    expect((await pool.sign([orderFor('x')]))[0]).toMatchObject({ ok: true });
    expect(log).toEqual(['Sign worker stopped restart_ms=50']);
    time.fireDueSync(1);
    expect(workers).toHaveLength(3);
    const both = await pool.sign(Array.from({ length: 64 }, (_, at) => orderFor(`y${at}`)));
    expect(both.every((outcome) => outcome.ok)).toBe(true);
  });

  it('refuses at once while no worker is there', async () => {
    const workers: Worker[] = [];
    const { pool } = await openPool(workers, 1);
    const gone = once(workers[0]!, 'exit');
    await workers[0]!.terminate();
    await gone;
    expect((await pool.sign([orderFor('x')]))[0]).toMatchObject({
      fault: { phase: 'sign', code: 'ERR_SIGNING_WORKER_LOST' },
    });
  });

  it('gives up on a worker that answers nothing', async () => {
    const workers: Worker[] = [];
    const { pool, time } = await openPool(workers, 1);
    await pool.sign([orderFor('warm')]);
    workers[0]!.removeAllListeners('message');
    const stuck = pool.sign([orderFor('x')]);
    time.fireDueSync(10);
    time.fireDueSync(10);
    expect((await stuck)[0]).toMatchObject({ fault: { code: 'ERR_SIGNING_WORKER_LOST' } });
  });

  it('refuses what would not fit into the queue, and takes new orders when it is drained', async () => {
    const { pool } = await openPool();
    const full = pool.sign(
      Array.from({ length: 20_000 }, () => ({ ...orderFor('q'), csrDer: csrDer.subarray(1) })),
    );
    expect((await pool.sign([orderFor('x')]))[0]).toMatchObject({
      fault: { phase: 'sign', code: 'ERR_SIGNING_QUEUE_FULL' },
    });
    await full;
    expect((await pool.sign([orderFor('x')]))[0]).toMatchObject({ ok: true });
  });

  it('does not sign with a key that is not the authority’s', async () => {
    const { pool } = await openPool([], 1);
    const { certificateDer } = await ca;
    pool.setIssuer({
      trustDomain: 'example.org',
      certificateDer,
      key: (await newCa('ec-p256')).key,
      ownKeys: [],
    });
    expect((await pool.sign([orderFor('x')]))[0]).toMatchObject({
      ok: false,
      fault: { code: 'ERR_SIGNING_WORKER_LOST' },
    });
  });
});
