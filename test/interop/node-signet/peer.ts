// A program that uses @signet/client against an agent. It prints "ok NAME" or "not ok NAME: REASON" for each check.
// Arguments: the SPIFFE ID that the agent is to give to this process, and how long a rotation may take, as "60s".
import { createServer } from 'node:https';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { JwtSource, mtlsAgent, mtlsServer, WorkloadApiClient, X509Source } from '@signet/client';

const [, , spiffeId = '', patience = '60s'] = process.argv;
let failures = 0;

await using source = await X509Source.open({ signal: AbortSignal.timeout(20_000) });
const firstSerial = source.svid.certificates[0].serialHex;

await check('X509-SVID has the registered ID', () =>
  expect(source.svid.id.uri === spiffeId, source.svid.id.uri),
);
await check('X.509 bundle of the own trust domain', () =>
  expect(source.x509Bundle(source.svid.id.trustDomain) !== undefined, 'no bundle'),
);
await check('mutual TLS with itself', () => exchange(spiffeId));
await check('mutual TLS refuses another ID', () =>
  refused(() => exchange('spiffe://example.org/somebody-else')),
);
await checkTokens();
await check('a watcher sees a rotation', () => rotation(Number.parseInt(patience) * 1000));
process.exitCode = failures === 0 ? 0 : 1;

async function checkTokens(): Promise<void> {
  await using tokens = await JwtSource.open({ signal: AbortSignal.timeout(20_000) });
  using client = new WorkloadApiClient();
  const { token } = await tokens.fetch({ audience: ['orders', 'billing'] });
  await check('JWT-SVID verifies against the bundle', () =>
    expect(tokens.validate(token, 'billing').id.uri === spiffeId, 'ID'),
  );
  await check('JWT-SVID is refused for another audience', () =>
    refused(() => tokens.validate(token, 'somebody-else')),
  );
  await check('the agent validates the JWT-SVID', async () => {
    const { spiffeId: id, claims } = await client.validateJwtSvid(token, 'orders');
    expect(id.uri === spiffeId && claims['sub'] === spiffeId, id.uri);
  });
  await check('the agent refuses another audience', () =>
    refused(() => client.validateJwtSvid(token, 'somebody-else')),
  );
}

async function exchange(expectedServer: string): Promise<void> {
  const server = mtlsServer(source, { authorize: spiffeId }, (options) =>
    createServer(options, (_request, response) => response.end('pong')),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const agent = mtlsAgent(source, { authorize: expectedServer });
    const body = await new Promise<string>((resolve, reject) => {
      request({ host: '127.0.0.1', port, agent }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => resolve(text));
      })
        .on('error', reject)
        .end();
    });
    expect(body === 'pong', body);
  } finally {
    server.close();
  }
}

function rotation(timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no rotation was seen')), timeoutMs);
    const look = (): void => {
      if (source.svid.certificates[0].serialHex === firstSerial) return;
      clearTimeout(timer);
      resolve();
    };
    source.onUpdate(look);
    look();
  });
}

function expect(condition: boolean, text: string): void {
  if (!condition) throw new Error(text);
}

async function refused(action: () => unknown): Promise<void> {
  try {
    await action();
  } catch {
    return;
  }
  throw new Error('was accepted');
}

async function check(name: string, action: () => unknown): Promise<void> {
  try {
    await action();
    console.log(`ok ${name}`);
  } catch (error) {
    failures++;
    console.log(`not ok ${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
