import { parseCertificate } from '@signet/core';
import { callUnary } from './grpc-call.ts';
import type { ServerApi } from './server-api.ts';
import { testCsr } from './test-csr.ts';

const MINTED = { trust_domain: 'example.org', path: '/minted' };

/** Clients that have SVIDs minted without pause, and keep what they got: serials and jtis. */
export class IssueLoad {
  readonly received: string[] = [];

  /** Runs until each has lost its server or the signal aborts. */
  async run(api: ServerApi, signal: AbortSignal, minters: number): Promise<void> {
    const minting = Array.from({ length: minters }, (_, number) =>
      number % 2 === 0 ? this.#mint(signal, () => newX509(api)) : this.#mint(signal, () => newJwt(api)),
    );
    await Promise.all(minting);
  }

  async #mint(signal: AbortSignal, mint: () => Promise<string>): Promise<void> {
    try {
      while (!signal.aborted) this.received.push(await mint());
    } catch {
      // The server is gone.
    }
  }
}

const csr = testCsr({ uri: 'spiffe://example.org/minted' }).der;

async function newX509(api: ServerApi): Promise<string> {
  const { svid } = await callUnary(api.svid, api.svid.MintX509SVID, { csr, ttl: 3600 });
  return parseCertificate(svid?.cert_chain[0] ?? new Uint8Array()).serialHex;
}

async function newJwt(api: ServerApi): Promise<string> {
  const request = { id: MINTED, audience: ['spiffe://example.org/db'], ttl: 3600 };
  const { svid } = await callUnary(api.svid, api.svid.MintJWTSVID, request);
  const claims = Buffer.from(svid?.token.split('.')[1] ?? '', 'base64url').toString();
  return (JSON.parse(claims) as { jti: string }).jti;
}
