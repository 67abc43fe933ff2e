import { isIP, type Socket } from 'node:net';
import { connect, createSecureContext, type SecureContext, type TLSSocket } from 'node:tls';
import { ChannelCredentials, credentials, type experimental } from '@grpc/grpc-js';
import { AgentError, encodePem, SvidError } from '@signet/core';
import type { KeyObject } from 'node:crypto';
import { peerChainDer } from './peer-chain.ts';
import type { ServerVerifier } from './server-verifier.ts';

/** What the agent shows to the server. */
export interface ClientIdentity {
  /** leaf first, DER. */
  readonly chainDer: readonly Uint8Array[];
  readonly privateKey: KeyObject;
}

/** How one channel speaks TLS to the server. */
export interface ServerTls {
  readonly host: string;
  readonly verify: ServerVerifier;
  /** asked at each handshake; undefined means a connection without a client certificate. */
  readonly identity: () => ClientIdentity | undefined;
}

const HANDSHAKE_TIMEOUT_MS = 10_000;

/** Aead suites with forward secrecy only; TLS 1.3 has its own list. */
const CIPHERS =
  'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:' +
  'ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-CHACHA20-POLY1305';

/**
 * Channel credentials that verify the server by its SPIFFE ID, host names aside.
 *
 * The TLS library is told to accept any certificate, and the channel gets its socket only after `verify` has accepted
 * the chain: until then nothing but the handshake is written, so that a wrong server never sees a request.
 */
export class ServerCredentials extends ChannelCredentials {
  readonly #tls: ServerTls;

  constructor(tls: ServerTls) {
    super();
    this.#tls = tls;
  }

  override _isSecure(): boolean {
    return true;
  }

  override _equals(other: ChannelCredentials): boolean {
    return this === other;
  }

  override _createSecureConnector(): experimental.SecureConnector {
    let isClosed = false;
    return {
      connect: async (socket) => {
        if (isClosed) throw closed(socket);
        return { socket: await secure(socket, this.#tls), secure: true };
      },
      waitForReady: () => Promise.resolve(),
      getCallCredentials: () => credentials.createEmpty(),
      // A channel that is closed between two tries connects once more, and nobody would ever close that connection.
      destroy: () => (isClosed = true),
    };
  }
}

function secure(socket: Socket, tls: ServerTls): Promise<TLSSocket> {
  const secured = connect({
    socket,
    secureContext: contextFor(tls.identity()),
    ALPNProtocols: ['h2'],
    // Not a gap: `verify` below decides, before the socket is handed on.
    rejectUnauthorized: false,
    ...(isIP(tls.host) === 0 ? { servername: tls.host } : {}),
  });
  return verified(secured, tls.verify);
}

function verified(socket: TLSSocket, verify: ServerVerifier): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      clearTimeout(timer);
      socket.destroy();
      reject(error);
    };
    const timer = setTimeout(() => fail(handshakeTimeout()), HANDSHAKE_TIMEOUT_MS);
    socket.once('error', fail);
    socket.once('close', () => fail(new AgentError('ERR_UNAVAILABLE', 'the server closed the connection')));
    socket.once('secureConnect', () => {
      try {
        check(socket, verify);
      } catch (cause) {
        fail(cause as Error);
        return;
      }
      clearTimeout(timer);
      // The error listener stays until the channel has put its own in place: an early reset must not go unhandled.
      resolve(socket);
    });
  });
}

function check(socket: TLSSocket, verify: ServerVerifier): void {
  if (socket.isSessionReused()) throw new SvidError('ERR_X509_SVID_UNTRUSTED', 'TLS session resumed');
  verify(peerChainDer(socket));
  if (socket.alpnProtocol !== 'h2')
    throw new AgentError('ERR_UNAVAILABLE', 'the server does not speak HTTP/2');
}

function closed(socket: Socket): AgentError {
  socket.destroy();
  return new AgentError('ERR_UNAVAILABLE', 'the channel was closed');
}

function handshakeTimeout(): AgentError {
  return new AgentError('ERR_UNAVAILABLE', 'the TLS handshake took too long');
}

function contextFor(identity: ClientIdentity | undefined): SecureContext {
  // An empty `ca` keeps the operating system's authorities out: none of them has a say here.
  const base = { ca: [], ciphers: CIPHERS, minVersion: 'TLSv1.2' as const };
  if (identity === undefined) return createSecureContext(base);
  return createSecureContext({
    ...base,
    cert: identity.chainDer.map((der) => encodePem('CERTIFICATE', der)).join(''),
    key: identity.privateKey.export({ type: 'pkcs8', format: 'pem' }),
  });
}
