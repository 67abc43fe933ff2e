import { createServer, type AddressInfo, type Server as NetServer, type Socket } from 'node:net';
import { createServer as createTlsServer, type Server as TlsServer, type TLSSocket } from 'node:tls';
import type { Server as GrpcServer } from '@grpc/grpc-js';
import { X509Error } from '@signet/core';
import { LineLimiter } from '../log/line-limiter.ts';
import type { Logger } from '../log/logger.ts';
import { type Metrics, noMetrics } from '../metrics/metrics.ts';
import { addressKey } from './address-key.ts';
import { Admission } from './admission.ts';
import { bind } from './bind.ts';
import { clientChain } from './client-chain.ts';
import { defaultTlsLimits, effectiveLimits, type ConnectionLimits } from './connection-limits.ts';
import { floodReport } from './flood-report.ts';
import type { Flood } from './flood.ts';
import { HandshakeQueue } from './handshake-queue.ts';
import { closeGracefully, injectorOf, type Listener } from './listener.ts';
import { PeerTable } from './peer-table.ts';
import { cutWhenSilent } from './silence.ts';
import { takeWaiting } from './take-waiting.ts';
import { TlsConnection } from './tls-connection.ts';
import { withSecureContext, type TlsIdentity } from './tls-identity.ts';
import { watchTraffic } from './traffic-watch.ts';

/** How TLS connections are taken. */
export interface ListenTlsOptions<V> {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly server: GrpcServer;
  /** Asked at each new connection; gives the same object while nothing changed. */
  identity(): TlsIdentity;
  /** Judges the client's certificates: DER, leaf first, 1 to 8. Synchronous; throws to refuse the connection. */
  verifyPeer(chainDer: readonly Uint8Array[]): V;
  readonly limits?: Partial<ConnectionLimits>;
  readonly logger: Logger;
  readonly metrics?: Metrics;
}

const FILES_PER_CONNECTION = 1;

function createTls(limits: ConnectionLimits): TlsServer {
  return createTlsServer({
    requestCert: true,
    rejectUnauthorized: false,
    ALPNProtocols: ['h2'],
    handshakeTimeout: limits.handshakeMs,
  });
}

/** New connections use the certificate of now; open ones keep theirs until their age ends them. */
function identityRefresher(tls: TlsServer, identity: () => TlsIdentity): () => void {
  let used: TlsIdentity | undefined;
  return () => {
    const current = identity();
    if (current === used) return;
    withSecureContext(current, (options) => tls.setSecureContext(options));
    used = current;
  };
}

/** The gate that TCP connections pass before TLS begins. */
function acceptTcp(
  options: ListenTlsOptions<unknown>,
  limits: ConnectionLimits,
  tls: TlsServer,
  admission: Admission,
  handshakes: HandshakeQueue,
): (socket: Socket) => void {
  const { logger } = options;
  const refreshIdentity = identityRefresher(tls, () => options.identity());
  refreshIdentity();
  return (socket) => {
    socket.on('error', () => undefined);
    const key = addressKey(socket.remoteAddress ?? '');
    const refusal = socket.remoteAddress === undefined ? 'already closed' : admission.enter(key);
    if (refusal !== undefined) {
      logger.debug('Connection refused', { peer_address: key, reason: refusal });
      socket.destroy();
      return;
    }
    socket.once('close', () => admission.leave(key));
    cutWhenSilent(socket, limits.firstByteMs);
    handshakes.add(key, socket, () => {
      try {
        refreshIdentity();
        tls.emit('connection', socket);
      } catch (error) {
        logger.error('Could not begin TLS', { error });
        socket.destroy();
      }
    });
  };
}

/** What the client proved. @throws when it proved something that is not accepted. */
function judge<V>(socket: TLSSocket, verifyPeer: (chainDer: readonly Uint8Array[]) => V): V | undefined {
  if (socket.alpnProtocol !== 'h2')
    throw new X509Error('ERR_UNAUTHENTICATED', 'the client does not speak HTTP/2');
  if (socket.isSessionReused()) throw new X509Error('ERR_UNAUTHENTICATED', 'the client resumed a session');
  const chain = clientChain(socket);
  return chain && verifyPeer(chain);
}

/** The gate between TLS and HTTP/2: nothing of grpc-js sees a connection that does not pass. */
function judgeClients<V>(
  options: ListenTlsOptions<V>,
  limits: ConnectionLimits,
  peers: PeerTable<TlsConnection<V>, V>,
  pass: (socket: TLSSocket) => void,
  onFlood: (share: string, flood: Flood) => void,
): (socket: TLSSocket) => void {
  const { logger } = options;
  const lines = new LineLimiter({ report: (_kind, count) => logger.info('More clients refused', { count }) });
  return (socket) => {
    socket.on('error', () => undefined);
    const share = addressKey(socket.remoteAddress ?? '');
    try {
      const verified = judge(socket, (chainDer) => options.verifyPeer(chainDer));
      const parts = { id: peers.newId(), socket, limits, logger, share };
      peers.add(new TlsConnection({ ...parts, onFlood: (flood) => onFlood(share, flood) }, verified));
      cutWhenSilent(socket, limits.firstByteMs);
      pass(socket);
    } catch (error) {
      if (lines.admit('refused')) logger.info('Client refused', { peer_address: share, error });
      socket.destroy();
    }
  };
}

/**
 * Listens for TLS in front of a grpc-js server, which by itself has no limits on connections.
 *
 * A client certificate is asked for, not required. One that is given must pass `verifyPeer` before the first byte of
 * HTTP/2 is read, else the connection is cut; Node cannot send the alert `bad_certificate` for it. TLS 1.2 at least,
 * ALPN `h2` required, no resumption. What `identity` gives is used from the next connection on.
 *
 * The server must be made with `grpcServerOptions`, and have `connectionGuard` as its first interceptor.
 *
 * @throws {ProcessError} `ERR_LISTEN_ADDRESS`
 * @spec SPIRE server API, TCP endpoint
 */
export async function listenTls<V>(options: ListenTlsOptions<V>): Promise<Listener<V>> {
  const { host, port, logger } = options;
  const limits = effectiveLimits(defaultTlsLimits, options.limits ?? {}, FILES_PER_CONNECTION);
  const peers = new PeerTable<TlsConnection<V>, V>('tls');
  const injector = injectorOf(options.server);
  const admission = new Admission(limits);
  const report = floodReport(logger, options.metrics ?? noMetrics);
  const onFlood = (share: string, flood: Flood): void => {
    admission.flooded(share);
    report(share, flood);
  };
  const handshakes = new HandshakeQueue(limits);
  const tls = createTls(limits);
  tls.on('secureConnection', (socket) => handshakes.done(socket));
  const inject = (socket: TLSSocket): void => injector.injectConnection(socket);
  tls.on('secureConnection', judgeClients(options, limits, peers, inject, onFlood));
  tls.on('tlsClientError', (error, socket) => {
    logger.debug('TLS handshake failed', { error });
    socket.destroy();
  });
  const accept = acceptTcp(options, limits, tls, admission, handshakes);
  const take = (socket: Socket): void => accept(socket.setNoDelay(true));
  const server: NetServer = createServer(takeWaiting(() => server, take));
  await bind(server, { host, port }, `${host}:${port}`);
  const watch = watchTraffic(() => peers.all(), limits);
  const bound = server.address() as AddressInfo;
  return {
    peers,
    address: `${host}:${bound.port}`,
    port: bound.port,
    close(graceMs) {
      watch.stop();
      return closeGracefully(server, injector, () => peers.all(), graceMs);
    },
  };
}
