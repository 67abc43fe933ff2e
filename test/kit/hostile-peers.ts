import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect as connectHttp2, constants } from 'node:http2';
import { connect, type Socket, type TcpNetConnectOpts } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** Where hostile peers connect: a Unix socket or a TCP port. */
export type Target = { readonly path: string } | Pick<TcpNetConnectOpts, 'host' | 'port' | 'localAddress'>;

const STREAMS_AT_ONCE = 50;
const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

/** Sends random bytes on each of many connections; with `after`, a correct beginning before them. */
export async function sendGarbage(
  target: Target,
  connections: number,
  after: 'nothing' | 'preface',
): Promise<void> {
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = quiet(connect(target));
      if (after === 'preface') socket.write(PREFACE);
      socket.end(randomBytes(4096));
      await closed(socket);
    }),
  );
}

/** The same inside of TLS. */
export async function sendGarbageInTls(
  target: Extract<Target, { port: number }>,
  connections: number,
): Promise<void> {
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = quiet(connectTls({ ...target, ALPNProtocols: ['h2'], rejectUnauthorized: false }));
      socket.write(PREFACE);
      socket.end(randomBytes(4096));
      await closed(socket);
    }),
  );
}

/** Opens calls and resets them at once, until enough were or the server has had enough. @returns how many were. */
export async function resetRapidly(open: () => Socket, path: string, calls: number): Promise<number> {
  const session = connectHttp2('http://localhost', { createConnection: () => quiet(open()) });
  session.on('error', () => undefined);
  await once(session, 'connect');
  let count = 0;
  const goesOn = (): boolean => !session.closed && !session.destroyed;
  while (count < calls && goesOn()) {
    const streams = Array.from({ length: STREAMS_AT_ONCE }, () => {
      if (!goesOn()) return undefined;
      const stream = session.request({
        ':method': 'POST',
        ':path': path,
        'content-type': 'application/grpc',
      });
      return stream.on('error', () => undefined);
    });
    // What is reset before it was sent is never sent.
    await new Promise((resolve) => setImmediate(resolve));
    for (const stream of streams) stream?.close(constants.NGHTTP2_CANCEL);
    count += streams.length;
    await new Promise((resolve) => setImmediate(resolve));
  }
  session.destroy();
  return count;
}

/** Opens many connections that send nothing. @returns those that are open once the last was answered. */
export async function holdConnections(target: Target, connections: number): Promise<readonly Socket[]> {
  const sockets = Array.from({ length: connections }, () => quiet(connect(target)));
  await Promise.all(sockets.map((socket) => Promise.race([once(socket, 'connect'), closed(socket)])));
  return sockets;
}

function quiet<S extends Socket>(socket: S): S {
  socket.on('error', () => undefined);
  socket.resume();
  return socket;
}

function closed(socket: Socket): Promise<unknown> {
  return socket.destroyed ? Promise.resolve() : new Promise((resolve) => socket.once('close', resolve));
}
