import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type TLSSocket } from 'node:tls';
import { SignetError } from '@signet/core';
import type { FakeWorkloadApi } from '../../../../test/kit/fake-workload-api.ts';
import { TestCa } from '../../../../test/kit/test-ca.ts';
import { JwtSource } from '../source/jwt-source.ts';
import { X509Source } from '../source/x509-source.ts';
import type { Task } from '../task/task.ts';
import { errorCode, rejectionCode } from '../testdata/error-code.ts';
import { closed, listen, RawServer } from '../testdata/raw-peer.ts';
import { Service } from '../testdata/service.ts';
import { soon } from '../testdata/soon.ts';
import { agentWithTask, beginTask, endMessage, TASK_ID } from '../testdata/test-task.ts';
import { TestSource } from '../testdata/test-source.ts';
import { mtlsConnect } from './mtls-connect.ts';
import { mtlsServer } from './mtls-server.ts';
import { peerId, peerTaskId } from './peer-id.ts';

const SERVER = 'spiffe://example.org/server';
let ca: TestCa;
let api: FakeWorkloadApi;
let task: Task;
let source: X509Source;
let service: Service;

beforeAll(async () => {
  ca = await TestCa.create('example.org');
  service = await Service.startWith(ca, (options) =>
    createServer(options, (socket) => socket.write('hello')),
  );
});

afterAll(() => service[Symbol.asyncDispose]());

async function begin(destinations: string[] = []): Promise<void> {
  api = await agentWithTask(ca, '/client', { destinations });
  task = await beginTask(api);
  source = await X509Source.open({ task });
}

afterEach(async () => {
  source.close();
  await task.end();
  await api[Symbol.asyncDispose]();
});

function connect(port: number, authorize = SERVER): TLSSocket {
  return mtlsConnect(source, { authorize }, { host: '127.0.0.1', port });
}

function failure(socket: TLSSocket): Promise<string> {
  return soon(
    new Promise((resolve) => {
      socket.once('error', (error: Error) =>
        resolve(error instanceof SignetError ? error.code : error.message),
      );
    }),
  );
}

function fail(error: Error): never {
  throw error;
}

describe('connections made in a task', () => {
  beforeEach(() => begin());

  it('show the server which task it is', async () => {
    const accepted = once(service.server, 'secureConnection');
    const socket = connect(service.port);
    const [serverSide] = (await soon(accepted)) as [TLSSocket];
    expect(peerId(serverSide)?.uri).toBe('spiffe://example.org/client');
    expect(peerTaskId(serverSide)).toBe(TASK_ID);
    await soon(once(socket, 'data'));
    expect(peerTaskId(socket)).toBeUndefined();
    socket.destroy();
  });

  it('are cut when it ends, those under way too, and no more are made', async () => {
    const open = connect(service.port);
    await soon(once(open, 'data'));
    const underWay = connect(service.port);
    const failures = Promise.all([failure(open), failure(underWay)]);
    api.task.push(endMessage('TASK_END_OPERATOR'));
    expect(await failures).toEqual(['ERR_TASK_ENDED', 'ERR_TASK_ENDED']);
    expect(await failure(connect(service.port))).toBe('ERR_TASK_ENDED');
    expect(errorCode(() => source.svid)).toBe('ERR_TASK_ENDED');
    expect(source.closed.aborted).toBe(true);
  });

  it('stay when the source is closed', async () => {
    const open = connect(service.port);
    await soon(once(open, 'data'));
    source.close();
    expect(open.destroyed).toBe(false);
    const cut = failure(open);
    await task.end();
    expect(await cut).toBe('ERR_TASK_ENDED');
  });
});

describe('connections accepted in a task', () => {
  beforeEach(() => begin());

  it('are cut when it ends, and no more are accepted', async () => {
    const refusals: string[] = [];
    const server = mtlsServer(
      source,
      { authorize: SERVER, onRefused: (error) => refusals.push(errorCode(() => fail(error))) },
      createServer,
    );
    server.on('secureConnection', (socket) => socket.on('error', () => undefined).write('hello'));
    const port = await listen(server);
    await using peer = await TestSource.open(ca, '/server');
    const target = { host: '127.0.0.1', port };
    const open = mtlsConnect(peer.source, { authorize: 'spiffe://example.org/client' }, target);
    await soon(once(open, 'data'));
    expect(peerTaskId(open)).toBe(TASK_ID);
    const cut = closed(open);
    await task.end();
    await cut;
    await closed(mtlsConnect(peer.source, { authorize: 'spiffe://example.org/client' }, target));
    expect(refusals).toEqual(['ERR_TASK_ENDED']);
    server.close();
  });
});

describe('a task that names its destinations', () => {
  beforeEach(() => begin([SERVER]));

  it('connects to them', async () => {
    const socket = connect(service.port);
    await soon(once(socket, 'data'));
    socket.destroy();
  });

  it('gives nothing to anybody else, who may be authorized as they like', async () => {
    await using other = await RawServer.start(await ca.issueX509Svid('/other'));
    const socket = connect(other.port, 'spiffe://example.org/other');
    socket.write('early');
    expect(await failure(socket)).toBe('ERR_PERMISSION_DENIED');
    expect(other.received).toHaveLength(0);
  });

  it('does not thereby authorize them', async () => {
    expect(await failure(connect(service.port, 'spiffe://example.org/other'))).toBe('ERR_PERMISSION_DENIED');
  });
});

describe('sources in a task that has ended', () => {
  beforeEach(() => begin());

  it('do not open, and those that wait give up', async () => {
    api.x509Svids.hang();
    api.jwtBundles.hang();
    const waiting = [rejectionCode(X509Source.open({ task })), rejectionCode(JwtSource.open({ task }))];
    await soon(api.jwtBundles.untilOpened(1));
    await task.end();
    expect(await Promise.all(waiting)).toEqual(['ERR_TASK_ENDED', 'ERR_TASK_ENDED']);
    expect(await rejectionCode(X509Source.open({ task }))).toBe('ERR_TASK_ENDED');
  });

  it('give no tokens, and check none', async () => {
    const tokens = await JwtSource.open({ task });
    const { token } = await tokens.fetch({ audience: 'orders' });
    expect(tokens.validate(token, 'orders').claims.get('task')).toBe(TASK_ID);
    await task.end();
    expect(await rejectionCode(tokens.fetch({ audience: 'orders' }))).toBe('ERR_TASK_ENDED');
    expect(errorCode(() => tokens.validate(token, 'orders'))).toBe('ERR_TASK_ENDED');
  });
});
