import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import type { Server } from 'node:tls';
import { SignetError } from '@signet/core';
import { type TestCa } from '../../../../test/kit/test-ca.ts';
import { type Authorize } from '../tls/authorize.ts';
import { mtlsServer, type MtlsServerOptions } from '../tls/mtls-server.ts';
import type { X509Source } from '../source/x509-source.ts';
import { listen } from './raw-peer.ts';
import { TestSource } from './test-source.ts';

/** A mutual-TLS server of some kind with a source of its own, on a free port. */
export class Service implements AsyncDisposable {
  readonly own: TestSource;
  readonly server: Server;
  /** Codes of the refusals so far. */
  readonly refusals: string[];
  readonly #sockets = new Set<Socket>();

  private constructor(own: TestSource, server: Server, refusals: string[]) {
    this.own = own;
    this.server = server;
    this.refusals = refusals;
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  /** Starts one with the ID `/server` that only `/client` of the same trust domain may use. */
  static async start(
    ca: TestCa,
    make: (source: X509Source, options: MtlsServerOptions) => Server,
    authorize: Authorize = `spiffe://${ca.trustDomain}/client`,
  ): Promise<Service> {
    const own = await TestSource.open(ca, '/server');
    const refusals: string[] = [];
    const onRefused = (error: Error): void => {
      refusals.push(error instanceof SignetError ? error.code : String(error));
    };
    const server = make(own.source, { authorize, onRefused });
    await listen(server);
    return new Service(own, server, refusals);
  }

  /** Starts one that is made by a factory of `node:https` or `node:http2`. */
  static async startWith(
    ca: TestCa,
    create: Parameters<typeof mtlsServer<Server>>[2],
    authorize?: Authorize,
  ): Promise<Service> {
    return Service.start(ca, (source, options) => mtlsServer(source, options, create), authorize);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
    await this.own[Symbol.asyncDispose]();
  }
}
