import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import { FakeFailure, FakeWorkloadApi } from '../../../../test/kit/fake-workload-api.ts';
import { TestCa, type TestX509Svid } from '../../../../test/kit/test-ca.ts';
import {
  jwtBundlesMessage,
  jwtSvidMessage,
  x509BundlesMessage,
  x509Message,
} from '../../../../test/kit/workload-messages.ts';
import { WorkloadApiError } from '../errors.ts';
import { errorCode, rejectionCode } from '../testdata/error-code.ts';
import { WorkloadApiClient } from './workload-api-client.ts';

const ORDERS = 'spiffe://example.org/orders';
let ca: TestCa;
let partner: TestCa;
let orders: TestX509Svid;
let api: FakeWorkloadApi;
let client: WorkloadApiClient;

beforeAll(async () => {
  ca = await TestCa.create('example.org');
  partner = await TestCa.create('partner.org');
  orders = await ca.issueX509Svid('/orders');
});

beforeEach(async () => {
  api = await FakeWorkloadApi.start();
  client = new WorkloadApiClient({ endpoint: api.endpoint });
});

afterEach(async () => {
  client.close();
  await api[Symbol.asyncDispose]();
});

function pushOrders(): void {
  api.x509Svids.push(x509Message({ svids: [orders], bundle: [ca] }));
}

function answerTokens(): void {
  api.onFetchJwtSvid = ({ audience }) =>
    jwtSvidMessage([{ id: ORDERS, token: ca.issueJwtSvid('/orders', { audience }) }]);
}

describe('WorkloadApiClient', () => {
  it('WE-5: every call carries the security header', async () => {
    pushOrders();
    answerTokens();
    api.x509Bundles.push(x509BundlesMessage([ca]));
    api.jwtBundles.push(jwtBundlesMessage([ca]));
    api.onValidateJwtSvid = () => ({ spiffe_id: ORDERS, claims: { fields: {} } });
    await client.fetchX509Context();
    await client.fetchX509Bundles();
    await client.fetchJwtBundles();
    await client.fetchJwtSvids({ audience: 'a' });
    await client.validateJwtSvid('token', 'a');
    expect(api.calls).toHaveLength(5);
    expect(new Set(api.calls.map(({ method }) => method)).size).toBe(5);
    expect(new Set(api.calls.map(({ securityHeader }) => securityHeader.join()))).toEqual(new Set(['true']));
  });

  it('WE-8: finds the agent by the environment', async () => {
    pushOrders();
    process.env['SPIFFE_ENDPOINT_SOCKET'] = api.endpoint;
    try {
      using byEnvironment = new WorkloadApiClient();
      expect((await byEnvironment.fetchX509Context()).svids).toHaveLength(1);
    } finally {
      delete process.env['SPIFFE_ENDPOINT_SOCKET'];
    }
    expect(errorCode(() => new WorkloadApiClient())).toBe('ERR_INVALID_ARGUMENT');
  });

  it.each(['127.0.0.1', '[::1]'] as const)('WE-9: reaches an agent over TCP at %s', async (host) => {
    await using tcp = await FakeWorkloadApi.startTcp(host);
    tcp.x509Svids.push(x509Message({ svids: [orders], bundle: [ca] }));
    await using overTcp = new WorkloadApiClient({ endpoint: tcp.endpoint });
    expect((await overTcp.fetchX509Context()).svids[0]?.id.uri).toBe(ORDERS);
  });

  it.each([
    [status.INVALID_ARGUMENT, 'ERR_INVALID_ARGUMENT'],
    [status.PERMISSION_DENIED, 'ERR_PERMISSION_DENIED'],
    [status.UNAVAILABLE, 'ERR_UNAVAILABLE'],
    [status.UNIMPLEMENTED, 'ERR_UNIMPLEMENTED'],
    [status.RESOURCE_EXHAUSTED, 'ERR_RESOURCE_EXHAUSTED'],
    [status.INTERNAL, 'ERR_INTERNAL'],
  ])('status %i is code %s, of streams and of single calls', async (code, expected) => {
    api.x509Svids.fail(code, 'because');
    api.onFetchJwtSvid = () => {
      throw new FakeFailure(code, 'because');
    };
    const calls = [client.fetchX509Context(), client.fetchJwtSvids({ audience: 'a' })];
    for (const call of await Promise.allSettled(calls)) {
      const error = (call as PromiseRejectedResult).reason as WorkloadApiError;
      expect(error).toBeInstanceOf(WorkloadApiError);
      expect(error).toMatchObject({
        code: expected,
        message: 'Workload API: because',
        details: { grpcCode: code },
      });
    }
  });

  it('an agent that is not there is unavailable', async () => {
    api.pause();
    expect(await rejectionCode(client.fetchX509Context())).toBe('ERR_UNAVAILABLE');
    expect(await rejectionCode(client.fetchJwtSvids({ audience: 'a' }))).toBe('ERR_UNAVAILABLE');
  });

  it('an agent that does not answer in time is unavailable', async () => {
    using hasty = new WorkloadApiClient({ endpoint: api.endpoint, timeoutMs: 20 });
    api.onFetchJwtSvid = () => new Promise(() => undefined);
    expect(await rejectionCode(hasty.fetchX509Context())).toBe('ERR_UNAVAILABLE');
    expect(await rejectionCode(hasty.fetchJwtSvids({ audience: 'a' }))).toBe('ERR_UNAVAILABLE');
  });

  it('reads a message of more than 4 MiB', async () => {
    const federated: Record<string, Buffer> = {};
    const bundle = Buffer.concat(Array.from({ length: 100 }, () => partner.der));
    for (let size = 0; size < 5 * 1024 * 1024; size += bundle.length)
      federated[`spiffe://td-${size}`] = bundle;
    const message = x509Message({ svids: [orders], bundle: [ca] });
    api.x509Svids.push({ ...message, federated_bundles: federated });
    const { bundles } = await client.fetchX509Context();
    expect(bundles.bundles.size).toBe(Object.keys(federated).length + 1);
  });

  it('refuses a message beyond its limit of 16 MiB', async () => {
    const message = x509Message({ svids: [orders], bundle: [ca] });
    api.x509Svids.push({ ...message, crl: [Buffer.alloc(17 * 1024 * 1024)] });
    expect(await rejectionCode(client.fetchX509Context())).toBe('ERR_RESOURCE_EXHAUSTED');
  });

  it('WAPI-12: a single fetch fails when a federated bundle cannot be read', async () => {
    const message = x509Message({ svids: [orders], bundle: [ca] });
    api.x509Svids.push({ ...message, federated_bundles: { 'spiffe://partner.org': Buffer.of(1) } });
    expect(await rejectionCode(client.fetchX509Context())).toBe('ERR_X509_MALFORMED');
  });

  it.each(['fetchX509Bundles', 'fetchJwtBundles'] as const)(
    '%s refuses an answer without a bundle',
    async (method) => {
      api.x509Bundles.push(x509BundlesMessage([]));
      api.jwtBundles.push(jwtBundlesMessage([]));
      expect(await rejectionCode(client[method]())).toBe('ERR_BUNDLE_DOCUMENT');
    },
  );

  it('WAPI-14: X.509 and JWT bundles come from calls of their own', async () => {
    api.x509Bundles.push(x509BundlesMessage([ca, partner]));
    api.jwtBundles.push(jwtBundlesMessage([ca]));
    const [x509, jwt] = await Promise.all([client.fetchX509Bundles(), client.fetchJwtBundles()]);
    expect([[...x509.bundles.keys()], [...jwt.bundles.keys()]]).toEqual([
      ['example.org', 'partner.org'],
      ['example.org'],
    ]);
  });

  it('rejects when the stream ends without a word', async () => {
    const fetching = client.fetchX509Context();
    await api.x509Svids.untilOpened(1);
    api.x509Svids.end();
    expect(await rejectionCode(fetching)).toBe('ERR_UNAVAILABLE');
  });
});

describe('WorkloadApiClient and tokens', () => {
  it('WAPI-27: asks for the whole audience, and for all identities', async () => {
    const asked: unknown[] = [];
    api.onFetchJwtSvid = (request) => {
      asked.push(request);
      return jwtSvidMessage([{ id: ORDERS, token: ca.issueJwtSvid('/orders', request) }]);
    };
    await client.fetchJwtSvids({ audience: ['a', 'b'] });
    await client.fetchJwtSvids({ audience: 'a', spiffeId: ORDERS });
    expect(asked).toEqual([
      { audience: ['a', 'b'], spiffe_id: '' },
      { audience: ['a'], spiffe_id: ORDERS },
    ]);
  });

  it('an answer that cannot be used is a failure of the call', async () => {
    api.onFetchJwtSvid = () => jwtSvidMessage([{ id: ORDERS, token: 'no token' }]);
    const error = await client.fetchJwtSvids({ audience: 'a' }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(WorkloadApiError);
    expect(error).toMatchObject({ code: 'ERR_JWT_MALFORMED' });
  });

  it('lets the agent validate a token, and reads its claims', async () => {
    const asked: unknown[] = [];
    api.onValidateJwtSvid = (request) => {
      asked.push(request);
      const fields = { sub: { stringValue: ORDERS }, exp: { numberValue: 17 } };
      return { spiffe_id: ORDERS, claims: { fields } };
    };
    const { spiffeId, claims } = await client.validateJwtSvid('token', 'a');
    expect([spiffeId.uri, claims, asked]).toEqual([
      ORDERS,
      { sub: ORDERS, exp: 17 },
      [{ svid: 'token', audience: 'a' }],
    ]);
  });

  it('WAPI-12: an answer of validation without an ID is none', async () => {
    api.onValidateJwtSvid = () => ({ spiffe_id: '', claims: { fields: {} } });
    expect(await rejectionCode(client.validateJwtSvid('token', 'a'))).toBe('ERR_SPIFFE_ID_SCHEME');
  });
});

describe('WorkloadApiClient and its streams', () => {
  it('WAPI-5: gives one state for each message', async () => {
    pushOrders();
    const seen: string[] = [];
    for await (const { svids } of client.watchX509Context()) {
      seen.push(svids.map(({ id }) => id.path).join());
      if (seen.length === 2) break;
      const svids2 = [orders, await ca.issueX509Svid('/billing')];
      api.x509Svids.push(x509Message({ svids: svids2, bundle: [ca] }));
    }
    expect(seen).toEqual(['/orders', '/orders,/billing']);
  });

  it('a loop that ends cancels its call', async () => {
    pushOrders();
    for await (const { svids } of client.watchX509Context()) if (svids.length > 0) break;
    await until(() => api.x509Svids.open === 0);
    expect(api.x509Svids.opened).toBe(1);
  });

  it('a stream that nobody reads is not opened', async () => {
    client.watchX509Context();
    pushOrders();
    await client.fetchX509Context();
    expect(api.x509Svids.opened).toBe(1);
  });

  it('WAPI-12: ends at a message that cannot be used', async () => {
    api.x509Svids.push({ svids: [] });
    const states = client.watchX509Context()[Symbol.asyncIterator]();
    expect(await rejectionCode(states.next())).toBe('ERR_X509_SVID_EMPTY');
  });

  it('WAPI-12: drops a message that cannot be used, and goes on, for whoever listens', async () => {
    const invalid: string[] = [];
    const watching = client.watchX509Context({ onInvalid: ({ code }) => invalid.push(code) });
    const states = watching[Symbol.asyncIterator]();
    api.x509Svids.push({ svids: [] });
    const first = states.next();
    await api.x509Svids.untilOpened(1);
    pushOrders();
    expect((await first).done).toBe(false);
    expect(invalid).toEqual(['ERR_X509_SVID_EMPTY']);
    await states.return?.();
  });

  it('gives the newest message before the failure that follows it', async () => {
    pushOrders();
    const seen: string[] = [];
    const watching = (async () => {
      for await (const { svids } of client.watchX509Context()) {
        seen.push(svids[0]?.id.path ?? '');
        api.x509Svids.drop(status.PERMISSION_DENIED, 'withdrawn');
      }
    })();
    expect(await rejectionCode(watching)).toBe('ERR_PERMISSION_DENIED');
    expect(seen).toEqual(['/orders']);
  });
});

describe('WorkloadApiClient and signals', () => {
  it.each([
    ['a single fetch', (signal: AbortSignal) => client.fetchX509Context({ signal })],
    ['a token', (signal: AbortSignal) => client.fetchJwtSvids({ audience: 'a', signal })],
    ['a validation', (signal: AbortSignal) => client.validateJwtSvid('token', 'a', { signal })],
  ])('%s is given up', async (_, call) => {
    api.onFetchJwtSvid = () => new Promise(() => undefined);
    api.onValidateJwtSvid = () => new Promise(() => undefined);
    const abort = new AbortController();
    const calling = call(abort.signal);
    await until(() => api.calls.length === 1);
    abort.abort(new Error('had enough'));
    await expect(calling).rejects.toMatchObject({
      code: 'ERR_ABORTED',
      message: 'Workload API: had enough',
    });
    expect(await rejectionCode(call(abort.signal))).toBe('ERR_ABORTED');
    expect(api.calls).toHaveLength(1);
  });

  it('a watch ends', async () => {
    pushOrders();
    const abort = new AbortController();
    const watching = (async () => {
      for await (const { svids } of client.watchX509Context({ signal: abort.signal })) abort.abort(svids);
    })();
    expect(await rejectionCode(watching)).toBe('ERR_ABORTED');
    await until(() => api.x509Svids.open === 0);
  });

  it('closing the client ends its streams', async () => {
    pushOrders();
    const states = client.watchX509Context()[Symbol.asyncIterator]();
    await states.next();
    client.close();
    const watching = states.next();
    expect(await rejectionCode(watching)).toBe('ERR_UNAVAILABLE');
    expect(await rejectionCode(client.fetchX509Context())).toBe('ERR_UNAVAILABLE');
    expect(await rejectionCode(client.fetchJwtSvids({ audience: 'a' }))).toBe('ERR_UNAVAILABLE');
  });
});

/** Ends when the condition holds; looks once an event-loop turn. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
