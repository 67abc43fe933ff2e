import { connect } from 'node:http2';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import { TestServer } from '../../../../test/kit/test-server.ts';

const BAN = '/spire.api.server.agent.v1.Agent/BanAgent';

describe('Requests that no gRPC client makes', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await TestServer.start();
  }, 60_000);
  afterAll(() => server[Symbol.asyncDispose]());

  const post = (headers: Record<string, string>, body: Buffer) =>
    new Promise<{ http: number | undefined; grpc: number | undefined }>((resolve, reject) => {
      const session = connect(`https://127.0.0.1:${server.port}`, { rejectUnauthorized: false });
      session.on('error', reject);
      const stream = session.request({
        ':method': 'POST',
        'content-type': 'application/grpc',
        te: 'trailers',
        ...headers,
      });
      const seen: Record<string, unknown> = {};
      stream.on('response', (answer) => void Object.assign(seen, answer));
      stream.on('trailers', (trailers) => void Object.assign(seen, trailers));
      stream.on('error', () => undefined);
      stream.on('close', () => {
        session.close();
        const grpc = seen['grpc-status'];
        resolve({
          http: seen[':status'] as number | undefined,
          grpc: grpc === undefined ? undefined : Number(grpc),
        });
      });
      stream.resume();
      stream.end(body);
    });

  const message = (bytes: Buffer): Buffer => {
    const frame = Buffer.alloc(5 + bytes.length);
    frame.writeUInt32BE(bytes.length, 1);
    bytes.copy(frame, 5);
    return frame;
  };

  it.each([
    ['with two leading slashes', `/${BAN}`],
    ['with a trailing slash', `${BAN}/`],
    ['in upper case', BAN.toUpperCase()],
    ['with an escape', BAN.replace('BanAgent', '%42anAgent')],
    ['with a query', `${BAN}?x`],
    ['of no service at all', '/x.Y/Z'],
  ])('T15: a path %s reaches no method', async (_name, path) => {
    expect(await post({ ':path': path }, message(Buffer.alloc(0)))).toEqual({
      http: 200,
      grpc: status.UNIMPLEMENTED,
    });
  });

  it('T15: a path without the leading slash does not even make a request', async () => {
    expect(await post({ ':path': BAN.slice(1) }, message(Buffer.alloc(0)))).toEqual({
      http: undefined,
      grpc: undefined,
    });
  });

  it('the control: the exact path reaches the method, and its authorization', async () => {
    expect(await post({ ':path': BAN }, message(Buffer.alloc(0)))).toEqual({
      http: 200,
      grpc: status.PERMISSION_DENIED,
    });
  });

  it('a caller that is not let in is refused before its request is decoded', async () => {
    const garbage = message(Buffer.from('ffffffffffff', 'hex'));
    expect(await post({ ':path': BAN }, garbage)).toMatchObject({ grpc: status.PERMISSION_DENIED });
  });

  it.each([
    ['/spire.api.server.bundle.v1.Bundle/GetBundle', 16 * 1024],
    ['/spire.api.server.agent.v1.Agent/AttestAgent', 1024 * 1024],
  ])('a request that is larger than %s needs is refused', async (path, most) => {
    expect(await post({ ':path': path }, message(Buffer.alloc(most + 1)))).toMatchObject({
      grpc: status.RESOURCE_EXHAUSTED,
    });
  });

  it('a caller that is not let in is refused before its stream is decoded', async () => {
    const path = '/spire.api.server.entry.v1.Entry/SyncAuthorizedEntries';
    const garbage = message(Buffer.from('ffffffffffff', 'hex'));
    expect(await post({ ':path': path }, garbage)).toMatchObject({ grpc: status.PERMISSION_DENIED });
  });

  it('a stream that does not decode fails that call only', async () => {
    const path = '/spire.api.server.agent.v1.Agent/AttestAgent';
    const garbage = message(Buffer.from('0affffffff0f', 'hex'));
    expect(await post({ ':path': path }, garbage)).toMatchObject({ grpc: status.INTERNAL });
  });

  it('a request that does not decode fails that call only', async () => {
    const open = '/spire.api.server.bundle.v1.Bundle/GetBundle';
    const garbage = message(Buffer.from('0affffffff0f', 'hex'));
    expect(await post({ ':path': open }, garbage)).toMatchObject({ grpc: status.INTERNAL });
    expect(await post({ ':path': open }, message(Buffer.alloc(0)))).toMatchObject({ grpc: status.OK });
  });

  it('another content type is no gRPC', async () => {
    expect(await post({ ':path': BAN, 'content-type': 'text/plain' }, Buffer.alloc(0))).toMatchObject({
      http: 415,
    });
  });
});
