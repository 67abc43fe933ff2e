import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { type ClientReadableStream, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import {
  createClient,
  type SpiffeWorkloadAPIClient,
  type WorkloadX509SVIDResponseOutput,
  workloadApiService,
} from '@signet/api';
import { FakeFailure, FakeWorkloadApi } from './fake-workload-api.ts';

type Stream = ClientReadableStream<WorkloadX509SVIDResponseOutput>;

let api: FakeWorkloadApi;
let client: SpiffeWorkloadAPIClient;

beforeEach(async () => {
  api = await FakeWorkloadApi.start();
  client = clientOf(api);
});

afterEach(async () => {
  client.close();
  await api[Symbol.asyncDispose]();
});

function clientOf(of: FakeWorkloadApi): SpiffeWorkloadAPIClient {
  const address = of.endpoint.replace('unix://', 'unix:').replace('tcp://', 'ipv4:');
  return createClient(workloadApiService, address, credentials.createInsecure(), {
    'grpc.use_local_subchannel_pool': 1,
  });
}

function header(value = 'true'): Metadata {
  const metadata = new Metadata();
  metadata.set('workload.spiffe.io', value);
  return metadata;
}

/** Opens a stream that may fail when the test is over. */
function watch(by = client, metadata = header()): Stream {
  return by.FetchX509SVID({}, metadata).on('error', () => undefined);
}

async function hint(stream: Stream): Promise<string | undefined> {
  const [message] = (await once(stream, 'data')) as [WorkloadX509SVIDResponseOutput];
  return message.svids[0]?.hint;
}

async function code(stream: Stream): Promise<number> {
  stream.resume();
  return new Promise((resolve) => {
    stream.once('error', (error) => {
      resolve((error as ServiceError).code);
    });
    stream.once('end', () => {
      resolve(status.OK);
    });
  });
}

describe('FakeWorkloadApi', () => {
  it('gives what was pushed to open streams, and to later ones at once', async () => {
    const early = watch();
    await api.x509Svids.untilOpened(1);
    api.x509Svids.push({ svids: [{ hint: 'first' }] });
    expect(await hint(early)).toBe('first');
    const late = watch();
    expect(await hint(late)).toBe('first');
    expect([api.x509Svids.open, api.x509Svids.opened]).toEqual([2, 2]);
  });

  it('WE-6: refuses calls without the security header', async () => {
    api.x509Svids.push({ svids: [] });
    for (const metadata of [new Metadata(), header('TRUE'), header('')]) {
      expect(await code(watch(client, metadata))).toBe(status.INVALID_ARGUMENT);
    }
    expect(api.calls.map(({ method }) => method)).toEqual(Array(3).fill('FetchX509SVID'));
    expect(api.x509Svids.opened).toBe(0);
  });

  it('fails open and later streams until something is pushed', async () => {
    const open = watch();
    await api.x509Svids.untilOpened(1);
    api.x509Svids.fail(status.PERMISSION_DENIED, 'no identity issued');
    expect(await code(open)).toBe(status.PERMISSION_DENIED);
    expect(await code(watch())).toBe(status.PERMISSION_DENIED);
    api.x509Svids.push({ svids: [{ hint: 'again' }] });
    expect(await hint(watch())).toBe('again');
  });

  it('ends or drops open streams only', async () => {
    api.x509Svids.push({ svids: [{ hint: 'state' }] });
    const first = watch();
    await hint(first);
    api.x509Svids.end();
    expect(await code(first)).toBe(status.OK);
    const second = watch();
    expect(await hint(second)).toBe('state');
    api.x509Svids.drop(status.UNAVAILABLE, 'stopping');
    expect(await code(second)).toBe(status.UNAVAILABLE);
  });

  it('answers single calls as told', async () => {
    const fetch = (): Promise<number> =>
      new Promise((resolve) => {
        client.FetchJWTSVID({ audience: ['a'] }, header(), (error) => {
          resolve(error?.code ?? status.OK);
        });
      });
    expect(await fetch()).toBe(status.UNIMPLEMENTED);
    api.onFetchJwtSvid = () => ({ svids: [] });
    expect(await fetch()).toBe(status.OK);
    api.onFetchJwtSvid = () => {
      throw new FakeFailure(status.PERMISSION_DENIED, 'no');
    };
    expect(await fetch()).toBe(status.PERMISSION_DENIED);
  });

  it('goes away, and comes back at the same address', async () => {
    api.x509Svids.push({ svids: [{ hint: 'state' }] });
    const stream = watch();
    await hint(stream);
    api.pause();
    expect(await code(stream)).not.toBe(status.OK);
    await api.resume();
    const again = clientOf(api);
    expect(await hint(watch(again))).toBe('state');
    again.close();
  });

  it('listens on TCP too', async () => {
    await using tcp = await FakeWorkloadApi.startTcp();
    expect(tcp.endpoint).toMatch(/^tcp:\/\/127\.0\.0\.1:[1-9]\d*$/);
    tcp.x509Svids.push({ svids: [{ hint: 'over TCP' }] });
    const overTcp = clientOf(tcp);
    expect(await hint(watch(overTcp))).toBe('over TCP');
    overTcp.close();
  });
});
