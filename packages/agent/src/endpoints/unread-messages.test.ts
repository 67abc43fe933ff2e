import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { testEntry } from '../testdata/entries.ts';
import { issuedRecord } from '../testdata/records.ts';
import { header, StreamReader, TestEndpoint } from '../testdata/workload-endpoint.ts';

let endpoint: TestEndpoint;

async function open(unreadMs: number): Promise<void> {
  endpoint = await TestEndpoint.open({ unreadMs });
  const entry = testEntry('e1');
  endpoint.know(entry);
  endpoint.cache.putSvids([issuedRecord(endpoint.authority, entry)]);
}

/** Opens a stream of a client that takes sixteen bytes of it and not one more. @returns when its connection is over. */
function unreadStream(path = '/SpiffeWorkloadAPI/FetchX509SVID'): Promise<unknown> {
  const session = connectHttp2('http://localhost', {
    createConnection: () => connect(endpoint.socket),
    settings: { initialWindowSize: 16 },
  });
  session.on('error', () => undefined);
  const stream = session.request({
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/grpc',
    te: 'trailers',
    'workload.spiffe.io': 'true',
  });
  stream.on('error', () => undefined);
  stream.end(Buffer.alloc(5));
  return once(session, 'close');
}

beforeEach(() => open(200));
afterEach(async () => {
  await endpoint[Symbol.asyncDispose]();
});

describe('messages that are not read', () => {
  it('cost their client the connection, and nothing of them is held any longer', async () => {
    const closed = unreadStream();
    while (endpoint.room.held(`${process.getuid!()}`) < 1_000)
      await new Promise((resolve) => setImmediate(resolve));
    await closed;
    await endpoint.streamsOpen(0);
    expect(endpoint.room.held(`${process.getuid!()}`)).toBe(0);
  });

  it('cost watchers of revocations the connection as well', async () => {
    const revocations = Array.from({ length: 6_000 }, (_, i) => ({
      sequence: i + 1,
      reason: 'unspecified' as const,
      revokedAt: 1,
      expiresAt: 4_000_000_000,
      target: { kind: 'jwt', jti: `${i}` } as const,
    }));
    endpoint.revocations.apply(revocations, { isFullState: true, latest: 6_000 });
    const closed = unreadStream('/signet.workload.v1.Workload/WatchRevocations');
    while (endpoint.room.held(`${process.getuid!()}`) < 10_000)
      await new Promise((resolve) => setImmediate(resolve));
    await closed;
    await endpoint.streamsOpen(0);
    expect(endpoint.room.held(`${process.getuid!()}`)).toBe(0);
  });

  it('are none where the client reads, however long nothing is sent', async () => {
    const reader = new StreamReader(endpoint.client().FetchX509SVID({}, header('true')));
    await reader.next();
    expect(endpoint.room.held(`${process.getuid!()}`)).toBe(0);
    await unreadStream();
    expect(endpoint.streams.count).toBe(1);
    reader.cancel();
  });
});
