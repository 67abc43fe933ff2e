import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { connect as connectHttp2 } from 'node:http2';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Selector } from '@signet/core';
import { PidFd, ProcessFiles, readProcessIdentity, type UnixPeer } from '@signet/daemon';
import type { WorkloadAttestor, WorkloadProcess } from '@signet/plugins';
import { testEntry } from '../testdata/entries.ts';
import { issuedRecord } from '../testdata/records.ts';
import { header, StreamReader, TestEndpoint } from '../testdata/workload-endpoint.ts';
import { requireSameProcess } from './workload-process.ts';

/** Says that the workload has selector `a` when it runs the program of this test. */
function programAttestor(): WorkloadAttestor {
  return {
    type: 'test',
    attest: async (workload: WorkloadProcess): Promise<readonly Selector[]> => {
      const path = await workload.exePath().catch((error: unknown) => {
        failed();
        throw error;
      });
      seen.push(path);
      const file = await workload.openExe();
      await file.close();
      return [{ type: 'test', value: 'a' }];
    },
    close: () => Promise.resolve(),
  };
}

let endpoint: TestEndpoint;
let seen: string[];
let failed: () => void;
const sockets: Socket[] = [];

beforeEach(async () => {
  seen = [];
  failed = () => undefined;
  endpoint = await TestEndpoint.open({ attestors: [programAttestor()] });
  const entry = testEntry('e1');
  endpoint.know(entry);
  endpoint.cache.putSvids([issuedRecord(endpoint.authority, entry)]);
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await endpoint[Symbol.asyncDispose]();
});

/** Sends what an HTTP/2 client sent once, and never answers anything. */
async function replay(): Promise<Socket> {
  const recorded = await recordRequest();
  const socket = connect(endpoint.socket);
  sockets.push(socket);
  socket.on('error', () => undefined);
  socket.write(recorded);
  return socket;
}

async function recordRequest(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const path = `${endpoint.socket}.recorder`;
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const session = connectHttp2('http://localhost', { createConnection: () => connect(path) });
  session.on('error', () => undefined);
  const request = session.request({
    ':method': 'POST',
    ':path': '/SpiffeWorkloadAPI/FetchX509SVID',
    'content-type': 'application/grpc',
    te: 'trailers',
    'workload.spiffe.io': 'true',
  });
  request.on('error', () => undefined);
  request.end(Buffer.alloc(5));
  while (!Buffer.concat(chunks).includes(Buffer.from([0, 0, 5, 0, 1]))) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  session.destroy();
  server.close();
  return Buffer.concat(chunks);
}

describe('workloadProcess', () => {
  it('tells the program of a caller that answers for itself', async () => {
    const stream = new StreamReader(endpoint.client().FetchX509SVID({}, header('true')));
    await expect(stream.next()).resolves.toMatchObject({ svids: [{ spiffe_id: 'spiffe://example.org/e1' }] });
    expect(seen).toEqual([process.execPath]);
  });

  it('asks once for each connection', async () => {
    const client = endpoint.client();
    for (let i = 0; i < 3; i++) {
      const stream = new StreamReader(client.FetchX509SVID({}, header('true')));
      await stream.next();
      stream.cancel();
    }
    expect(seen).toHaveLength(3);
  });

  it('serves callers that ask at the same time on one connection', async () => {
    const client = endpoint.client();
    const streams = Array.from(
      { length: 20 },
      () => new StreamReader(client.FetchX509SVID({}, header('true'))),
    );
    const messages = await Promise.all(streams.map((stream) => stream.next()));
    expect(messages.every((message) => message.svids.length === 1)).toBe(true);
  });

  it('says nothing of the program of a caller that does not answer (D2)', async () => {
    const failure = new Promise<void>((resolve) => (failed = resolve));
    const socket = await replay();
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    await failure;
    expect(seen).toEqual([]);
    expect(Buffer.concat(chunks).includes('spiffe://')).toBe(false);
  }, 15_000);

  it('has a caller that did not answer in time connect anew', async () => {
    const socket = await replay();
    socket.resume();
    // Clients keep a connection whose calls are refused: a verdict that stands as long must end it.
    await once(socket, 'close');
    expect(seen).toEqual([]);
  }, 15_000);

  it('has a caller whose program file was changed connect anew', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'signet-agent-'));
    const program = join(folder, 'program');
    copyFileSync('/bin/sh', program);
    const caller = spawn(program, ['-c', 'read line'], { stdio: ['pipe', 'ignore', 'ignore'] });
    await once(caller, 'spawn');
    const retired: string[] = [];
    const peer = {
      closed: false,
      process: readProcessIdentity(caller.pid!),
      pidfd: PidFd.open(caller.pid!),
      files: new ProcessFiles(caller.pid!),
      retire: (reason: string) => void retired.push(reason),
    } as unknown as UnixPeer;
    requireSameProcess(peer);
    expect(retired).toEqual([]);
    // As an upgrade, a backup by hard links or chmod does under a program that runs on.
    chmodSync(program, 0o700);
    expect(() => requireSameProcess(peer)).toThrow(/runs another program now/);
    expect(retired).toHaveLength(1);
    caller.kill();
    peer.pidfd.close();
    rmSync(folder, { recursive: true });
  });
});
