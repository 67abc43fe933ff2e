import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** What the network does to what passes the proxy. */
export type Network =
  /** everything passes. */
  | 'whole'
  /** connections are reset, new ones at once. */
  | 'cut'
  /** nothing passes, and nobody is told; what was sent arrives late, when the network is whole again. */
  | 'blackhole'
  /** connections of before have lost their far end and are not told; new ones are not affected. */
  | 'half-open';

interface Pair {
  readonly near: Socket;
  readonly far: Socket;
}

/** A TCP proxy on loopback in front of a port, whose network can be broken. */
export class TcpProxy implements AsyncDisposable {
  /** When connections came, as `performance.now()` has it. */
  readonly attempts: number[] = [];
  readonly #server: Server;
  readonly #target: number;
  readonly #pairs = new Set<Pair>();
  #network: Network = 'whole';

  private constructor(target: number) {
    this.#target = target;
    // Without a pause a connection would be read before anybody said whether it may be.
    this.#server = createServer({ pauseOnConnect: true, allowHalfOpen: true }, (near) => this.#take(near));
  }

  static async inFrontOf(port: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(port);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Changes the network for the connections that are there, and for those to come. */
  become(network: Network): void {
    this.#network = network;
    for (const pair of this.#pairs) {
      if (network === 'whole') join(pair);
      if (network === 'cut') reset(pair);
      if (network === 'blackhole') part(pair);
      if (network === 'half-open') this.#forget(pair);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    this.become('cut');
    await once(this.#server, 'close');
  }

  #take(near: Socket): void {
    this.attempts.push(performance.now());
    near.on('error', () => undefined);
    if (this.#network === 'cut') {
      near.resetAndDestroy();
      return;
    }
    const far = connect({ host: '127.0.0.1', port: this.#target, allowHalfOpen: true });
    const pair = { near, far };
    this.#pairs.add(pair);
    far.on('error', () => near.resetAndDestroy());
    near.on('close', () => {
      this.#pairs.delete(pair);
      far.destroy();
    });
    far.on('close', () => this.#pairs.has(pair) && near.destroy());
    if (this.#network !== 'blackhole') join(pair);
  }

  /** The far end is gone; the near one goes on sending to nobody. */
  #forget({ near, far }: Pair): void {
    far.removeAllListeners('close');
    near.unpipe(far);
    far.unpipe(near);
    far.resetAndDestroy();
    near.resume();
  }
}

function join({ near, far }: Pair): void {
  // A connection that has lost its far end stays so.
  if (far.destroyed) return;
  part({ near, far });
  near.pipe(far);
  far.pipe(near);
}

function part({ near, far }: Pair): void {
  near.unpipe(far).pause();
  far.unpipe(near).pause();
}

function reset({ near, far }: Pair): void {
  near.resetAndDestroy();
  far.resetAndDestroy();
}
