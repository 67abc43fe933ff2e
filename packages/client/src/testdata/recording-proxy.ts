import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { soon } from './soon.ts';

/** TLS record types. */
export const HANDSHAKE = 22;
export const APPLICATION_DATA = 23;

/**
 * Stands between a client and a server, and records what the client sends: in TLS 1.3 everything of the client but its
 * hello (and an empty change of ciphers) travels in records of application data.
 */
export class RecordingProxy implements AsyncDisposable {
  /** All bytes from clients. */
  fromClients: Buffer = Buffer.alloc(0);
  /** How many connections clients have made. */
  connections = 0;
  readonly #server: Server;
  readonly #closings: Promise<unknown>[] = [];

  private constructor(targetPort: number) {
    this.#server = createServer((client) => {
      this.connections++;
      const target = connect(targetPort, '127.0.0.1');
      this.#closings.push(closing(client), closing(target));
      client.on('data', (data: Buffer) => (this.fromClients = Buffer.concat([this.fromClients, data])));
      client.pipe(target).pipe(client);
      client.once('close', () => target.destroy());
      target.once('close', () => client.destroy());
    });
  }

  /** Starts one in front of a port of the loopback interface. */
  static async start(targetPort: number): Promise<RecordingProxy> {
    const proxy = new RecordingProxy(targetPort);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Types of the TLS records that clients have sent, in order; of one connection at a time only. */
  get recordTypes(): readonly number[] {
    const types: number[] = [];
    for (let at = 0; at + 5 <= this.fromClients.length; at += 5 + this.fromClients.readUInt16BE(at + 3)) {
      types.push(this.fromClients.readUInt8(at));
    }
    return types;
  }

  /** Ends when all connections so far are closed, so that nothing more can arrive. */
  async untilClosed(): Promise<void> {
    await soon(Promise.all(this.#closings));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    await once(this.#server, 'close');
  }
}

function closing(socket: Socket): Promise<unknown> {
  socket.on('error', () => undefined);
  return new Promise((resolve) => socket.once('close', resolve));
}
