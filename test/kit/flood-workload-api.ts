/**
 * A program that floods a Workload API: `node flood-workload-api.ts SOCKET CONNECTIONS SECONDS`.
 *
 * Holds connections that have begun HTTP/2, opens and closes a thousand others a second, and asks without pause for SVIDs
 * that its user does not have. Says `open N` when it holds what it could get, and at the end `closed N, asked N`.
 */
import { connect as connectHttp2, constants } from 'node:http2';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const PREFACE = Buffer.concat([
  Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  Uint8Array.from([0, 0, 0, 4, 0, 0, 0, 0, 0]),
]);
const SESSIONS = 2;
const CALLS_AT_ONCE = 20;
const CLOSED_AT_ONCE = 25;
const CLOSED_EVERY_MS = 25;

const [, , path = '', connections = '', seconds = ''] = process.argv;
const held = await Promise.all(Array.from({ length: Number(connections) }, open));
process.stdout.write(`open ${held.filter((socket) => !socket.destroyed).length}\n`);
const end = performance.now() + Number(seconds) * 1000;
const [closed, ...asked] = await Promise.all([churn(), ...Array.from({ length: SESSIONS }, ask)]);
process.stdout.write(`closed ${closed}, asked ${asked.reduce((sum, count) => sum + count, 0)}\n`);
for (const socket of held) socket.destroy();

function open(): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connect(path, () => {
      socket.write(PREFACE);
      resolve(socket);
    });
    socket.on('error', () => resolve(socket));
    socket.resume();
  });
}

async function churn(): Promise<number> {
  let count = 0;
  for (let next = performance.now(); next < end; next += CLOSED_EVERY_MS) {
    await sleep(Math.max(0, next - performance.now()));
    const sockets = await Promise.all(Array.from({ length: CLOSED_AT_ONCE }, open));
    for (const socket of sockets) socket.destroy();
    count += sockets.length;
  }
  return count;
}

async function ask(): Promise<number> {
  const session = connectHttp2('http://localhost', { createConnection: () => connect(path) });
  session.on('error', () => undefined);
  let count = 0;
  const asking = async (): Promise<void> => {
    while (performance.now() < end && !session.closed && !session.destroyed) {
      await call(session);
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: CALLS_AT_ONCE }, asking));
  session.destroy();
  return count;
}

function call(session: ReturnType<typeof connectHttp2>): Promise<void> {
  return new Promise((resolve) => {
    const stream = session.request({
      [constants.HTTP2_HEADER_METHOD]: 'POST',
      [constants.HTTP2_HEADER_PATH]: '/SpiffeWorkloadAPI/FetchX509SVID',
      [constants.HTTP2_HEADER_CONTENT_TYPE]: 'application/grpc',
      [constants.HTTP2_HEADER_TE]: 'trailers',
      'workload.spiffe.io': 'true',
    });
    stream.on('error', () => undefined);
    stream.on('close', resolve);
    stream.resume();
    // One message, empty.
    stream.end(Buffer.alloc(5));
  });
}
