import { once } from 'node:events';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { encodePem } from '@signet/core';
import type { TestX509Svid } from './test-ca.ts';

/** An HTTP/2 SETTINGS frame without settings: with it a client that trusts us has no reason to wait. */
const EMPTY_SETTINGS = Uint8Array.from([0, 0, 0, 4, 0, 0, 0, 0, 0]);

/** A server that gives no useful answer and remembers what it is sent. */
export class RecordingServer implements AsyncDisposable {
  /** TCP connections so far. */
  connections = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #chunks: Buffer[] = [];

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', () => (this.connections += 1));
  }

  /** One that does not speak TLS, and says so. */
  static async plain(): Promise<RecordingServer> {
    const server = createTcpServer();
    const recording = new RecordingServer(server);
    server.on('connection', (socket: Socket) => {
      recording.#record(socket);
      socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    });
    return recording.#listening();
  }

  /** One that speaks TLS 1.3 with an SVID, and records what comes inside of it. */
  static async tls({ chain, key }: TestX509Svid): Promise<RecordingServer> {
    const server = createTlsServer({
      cert: chain.map((der) => encodePem('CERTIFICATE', der)).join(''),
      key: encodePem('PRIVATE KEY', key),
      ALPNProtocols: ['h2'],
      requestCert: true,
      rejectUnauthorized: false,
      minVersion: 'TLSv1.3',
    });
    const recording = new RecordingServer(server);
    server.on('secureConnection', (socket) => {
      recording.#record(socket);
      socket.write(EMPTY_SETTINGS);
    });
    return recording.#listening();
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** All that was received. */
  get received(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await once(this.#server, 'close');
  }

  #record(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
  }

  async #listening(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }
}
