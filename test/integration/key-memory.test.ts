import { createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Deployment } from '../kit/deployment.ts';
import { callUnary } from '../kit/grpc-call.ts';
import { countInMemory } from '../kit/memory-search.ts';
import { ServerApi } from '../kit/server-api.ts';
import { testCsr } from '../kit/test-csr.ts';

const ROUNDS = 50;
const IN_USE = 'in use';
/** Memory of hardened programs is root's to look at. */
const asRoot = process.getuid?.() === 0 ? describe : describe.skip;

asRoot('keys of the server in its memory (T37)', () => {
  let deployment: Deployment;

  beforeAll(async () => {
    deployment = await Deployment.start({ discoverWorkloadPath: false });
  }, 60_000);

  afterAll(() => deployment[Symbol.asyncDispose](), 30_000);

  it.each(['when it has made them', 'when it has read them from disk'])(
    'are where signatures are made, and nowhere else: %s, after it has signed',
    async (when) => {
      if (when.includes('disk')) {
        await deployment.server.stop();
        await deployment.startServer();
      }
      using api = ServerApi.local(deployment.serverSocket);
      for (let round = 0; round < ROUNDS; round++) {
        const { der: csr } = testCsr({ uri: 'spiffe://example.org/minted' });
        await callUnary(api.svid, api.svid.MintX509SVID, { csr });
        await callUnary(api.svid, api.svid.MintJWTSVID, {
          id: { trust_domain: 'example.org', path: '/minted' },
          audience: ['x'],
        });
      }
      const keys = await keysOnDisk(join(deployment.folder, 'server', 'data', 'keys.json'));
      expect(keys.size).toBeGreaterThanOrEqual(2);
      const needles = [...keys].flatMap(([key, forms]) =>
        [...forms].map(([form, bytes]) => [`${key}: ${form}`, bytes] as const),
      );
      const counts = [...(await countInMemory(deployment.server.process.pid ?? 0, new Map(needles)))];
      // The control: this is how OpenSSL has it, once for each thread that signs.
      const inUse = counts.filter(([name]) => name.endsWith(IN_USE));
      expect(inUse.filter(([, count]) => count === 0)).toEqual([]);
      expect(counts.filter(([name, count]) => !name.endsWith(IN_USE) && count > 0)).toEqual([]);
    },
    120_000,
  );
});

/** The secret part of each EC key, in the forms that it could be left in. */
async function keysOnDisk(path: string): Promise<ReadonlyMap<string, ReadonlyMap<string, Uint8Array>>> {
  const { keys } = JSON.parse(await readFile(path, 'utf8')) as { keys: Record<string, string> };
  return new Map(
    Object.entries(keys).map(([name, base64]) => {
      const key = createPrivateKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'pkcs8' });
      const scalar = Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url');
      // Past what every such key begins with.
      const part = base64.slice(60, 100);
      return [
        name,
        new Map<string, Uint8Array>([
          [IN_USE, Uint8Array.from(scalar).reverse()],
          ['scalar', scalar],
          ['base64', Buffer.from(part)],
          ['base64 in UTF-16', Buffer.from(part, 'utf16le')],
          ['hexadecimal', Buffer.from(scalar.toString('hex'))],
        ]),
      ];
    }),
  );
}
