import { Socket } from 'node:net';
import { closeFd, connectedPair } from '../../platform/libc.ts';
import { after } from '../../process/timer.ts';
import { handleOf } from '../socket-handle.ts';
import type { SocketReading } from '../unix-connection.ts';
import { AuthorityRewriter } from './authority-rewriter.ts';

/** So long a client may take to read what is left when the HTTP/2 side has ended. */
const LINGER_MS = 2000;

function socketPair(): readonly [Socket, Socket] {
  const [nearFd, farFd] = connectedPair();
  let near: Socket | undefined;
  try {
    near = new Socket({ fd: nearFd });
    return [near, new Socket({ fd: farFd })];
  } catch (error) {
    if (near === undefined) closeFd(nearFd);
    else near.destroy();
    closeFd(farFd);
    throw error;
  }
}

/**
 * Stands between a client and the HTTP/2 library, which gets a socket of its own, and rewrites what the client sends.
 *
 * Everything that is asked of the client's own socket (who connected, who wrote, how much has come) holds as it does
 * without a bridge: bytes pass in order, none is added, and none is read while reading is held.
 */
export class Bridge implements SocketReading {
  /** what HTTP/2 runs on. */
  readonly inner: Socket;
  readonly #client: Socket;
  readonly #near: Socket;
  #isHeld = false;

  /** @throws {ProcessError} `ERR_PROCESS_SYSTEM_CALL` when there are no descriptors left. */
  constructor(client: Socket) {
    this.#client = client;
    [this.#near, this.inner] = socketPair();
    this.#passIn();
    this.#passOut();
    this.#flow();
  }

  hold(): void {
    this.#isHeld = true;
    this.#client.pause();
    handleOf(this.#client)?.readStop();
  }

  resume(): void {
    this.#isHeld = false;
    const handle = handleOf(this.#client);
    // Otherwise the socket itself starts, when there is room for more.
    if (handle?.reading === true) handle.readStart();
    this.#flow();
  }

  #flow(): void {
    if (!this.#isHeld && !this.#near.writableNeedDrain) this.#client.resume();
  }

  #passIn(): void {
    const [client, near] = [this.#client, this.#near];
    const rewriter = new AuthorityRewriter();
    client.on('data', (chunk: Buffer) => {
      if (!near.write(rewriter.rewrite(chunk))) client.pause();
    });
    near.on('drain', () => this.#flow());
    client.once('end', () => near.end());
    client.once('close', () => near.destroy());
  }

  #passOut(): void {
    const [client, near] = [this.#client, this.#near];
    near.on('data', (chunk: Buffer) => {
      if (!client.write(chunk)) near.pause();
    });
    client.on('drain', () => near.resume());
    near.on('error', () => undefined);
    near.once('close', () => client.destroySoon());
    // A client that reads nothing keeps the end of the HTTP/2 side from getting through.
    this.inner.once('close', () => {
      const timer = after(LINGER_MS, () => client.destroy());
      client.once('close', () => timer.cancel());
    });
  }
}
