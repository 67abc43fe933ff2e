import type { RevocableCertificate, SpiffeId, SvidError } from '@signet/core';
import type { TLSSocket } from 'node:tls';
import { PeerRefusedError } from '../errors.ts';

/** How often peers are looked at again because knowledge may have become too old, milliseconds. */
const STALENESS_CHECK_MS = 500;

/** Why the holder of a certificate is not accepted any more. */
export type Judge = (certificate: RevocableCertificate, id: SpiffeId) => SvidError | undefined;

interface Peer {
  readonly id: SpiffeId;
  readonly certificate: RevocableCertificate;
}

/**
 * The connections whose peers were accepted, so that those are cut whose peers are no longer acceptable. Cutting the
 * socket ends whatever runs over it: TLS, HTTP, HTTP/2 or gRPC.
 */
export class OpenConnections {
  readonly #judge: Judge;
  readonly #peers = new Map<TLSSocket, Peer>();
  #timer: NodeJS.Timeout | undefined;

  constructor(judge: Judge) {
    this.#judge = judge;
  }

  get size(): number {
    return this.#peers.size;
  }

  /** Keeps an eye on a connection until it closes. */
  add(socket: TLSSocket, id: SpiffeId, certificate: RevocableCertificate): void {
    const { authorityKeyId, serialHex, uriSans, notBefore, taskId } = certificate;
    const told = {
      ...(authorityKeyId !== undefined && { authorityKeyId }),
      serialHex,
      uriSans,
      notBefore,
      ...(taskId !== undefined && { taskId }),
    };
    this.#peers.set(socket, { id, certificate: told });
    socket.once('close', () => this.#remove(socket));
    this.#timer ??= setInterval(() => this.review(), STALENESS_CHECK_MS).unref();
  }

  /** Cuts those whose peers are not acceptable any more. */
  review(): void {
    for (const [socket, { id, certificate }] of this.#peers) {
      const refusal = this.#judge(certificate, id);
      if (refusal === undefined) continue;
      this.#remove(socket);
      socket.destroy(
        new PeerRefusedError(refusal.code, `peer refused: ${refusal.message}`, { cause: refusal }),
      );
    }
  }

  #remove(socket: TLSSocket): void {
    this.#peers.delete(socket);
    if (this.#peers.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
