import { once } from 'node:events';
import type { AddressInfo, Server as TcpServer, Socket } from 'node:net';
import { connect, createServer, type Server, type TLSSocket, type TlsOptions } from 'node:tls';
import { soon } from './soon.ts';
import type { TestX509Svid } from '../../../../test/kit/test-ca.ts';

/** Certificate chain and key of an SVID in PEM. */
export function pemOf({ chain, key }: Pick<TestX509Svid, 'chain' | 'key'>): { cert: string; key: string } {
  return {
    cert: chain.map((der) => pem('CERTIFICATE', der)).join(''),
    key: pem('PRIVATE KEY', key),
  };
}

function pem(label: string, der: Uint8Array): string {
  const lines = Buffer.from(der).toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** A TLS server of node alone that lets everybody in, says something at once, and records all that it is sent. */
export class RawServer implements AsyncDisposable {
  /** Application data received, over all connections. */
  received: Buffer = Buffer.alloc(0);
  /** Finished handshakes. */
  handshakes = 0;
  readonly server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(options: TlsOptions, greeting: string) {
    this.server = createServer({ requestCert: true, rejectUnauthorized: false, ...options }, (socket) => {
      this.handshakes++;
      socket.on('data', (data: Buffer) => {
        this.received = Buffer.concat([this.received, data]);
        this.server.emit('received');
      });
      socket.on('error', () => undefined);
      if (greeting !== '') socket.write(greeting);
    });
    this.server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
    });
  }

  /** Starts one with this certificate. */
  static async start(
    svid: Pick<TestX509Svid, 'chain' | 'key'>,
    { greeting = '', ...options }: TlsOptions & { greeting?: string } = {},
  ): Promise<RawServer> {
    const raw = new RawServer({ ...pemOf(svid), ...options }, greeting);
    await listen(raw.server);
    return raw;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** What it has received, once that is so many bytes. */
  async untilReceived(bytes: number): Promise<string> {
    while (this.received.length < bytes) await soon(once(this.server, 'received'));
    return this.received.toString();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}

/** Starts a server on a free port of the loopback interface, and answers with the port. */
export async function listen(server: TcpServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** Connects as node alone does, without looking at the server; presents what it is given. */
export function rawConnect(
  port: number,
  svid?: Pick<TestX509Svid, 'chain' | 'key'>,
  ALPNProtocols: string[] = [],
): TLSSocket {
  return connect({
    host: '127.0.0.1',
    port,
    rejectUnauthorized: false,
    ALPNProtocols,
    ...(svid !== undefined && pemOf(svid)),
  });
}

/** Ends when the socket is closed, whatever the reason. */
export function closed(socket: Socket): Promise<void> {
  socket.on('error', () => undefined);
  return soon(
    new Promise((resolve) => {
      socket.once('close', () => {
        resolve();
      });
    }),
  );
}
