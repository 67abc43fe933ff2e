import { randomBytes, verify } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { parseCertificate, parseTrustDomain, prepareIssuer, signWithKey } from '@signet/core';
import { decodeOrders, encodeOutcomes } from './leaf-codec.ts';
import type { LeafIssuer } from './leaf-order.ts';
import { signLeaf } from './sign-leaf.ts';
import type { FromSignWorker, ToSignWorker, WorkerIssuer, WorkerJob } from './sign-seat.ts';

// Importing a key makes Node throw and catch errors inside; their stack traces would cost more than the import.
Reflect.set(Error, 'stackTraceLimit', 0);

if (parentPort === null) throw new TypeError('the sign worker runs in a worker thread only');
const port = parentPort;

let sign: ((data: Uint8Array) => Uint8Array) | undefined;
let issuer: LeafIssuer | undefined;

function takeIssuer({ trustDomain, certificateDer, key, ownKeys }: WorkerIssuer): void {
  const certificate = parseCertificate(certificateDer);
  const profile = prepareIssuer(certificate);
  const probe = randomBytes(32);
  if (!verify(profile.scheme.hash, probe, certificate.publicKey, signWithKey(key, probe))) {
    throw new TypeError('the key is not the authority’s');
  }
  issuer = { trustDomain: parseTrustDomain(trustDomain), profile, ownKeys: new Set(ownKeys) };
  sign = (data) => signWithKey(key, data);
}

port.on('message', (message: ToSignWorker) => {
  if ('issuer' in message) takeIssuer(message.issuer);
  else signJob(message.job);
});

function signJob({ id, orders }: WorkerJob): void {
  if (issuer === undefined || sign === undefined) throw new TypeError('a job came before the issuer');
  const [by, signer] = [issuer, sign];
  const outcomes = encodeOutcomes(decodeOrders(orders).map((order) => signLeaf(order, by, signer)));
  port.postMessage({ id, outcomes } satisfies FromSignWorker, [outcomes.buffer]);
}
