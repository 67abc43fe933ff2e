import { randomBytes } from 'node:crypto';
import { chmodSync, lstatSync, renameSync, unlinkSync } from 'node:fs';
import { createServer, type Server as NetServer, type Socket } from 'node:net';
import { basename, dirname, join } from 'node:path';
import type { Server as GrpcServer } from '@grpc/grpc-js';
import { ProcessError, SignetError } from '@signet/core';
import type { Logger } from '../log/logger.ts';
import { noMetrics } from '../metrics/metrics.ts';
import { UserShares } from '../peer/user-shares.ts';
import { readPeerCredentials, type PeerCredentials } from '../peer/peer-credentials.ts';
import { lockDirectory, type DirectoryLock } from '../process/directory-lock.ts';
import { Admission } from './admission.ts';
import { awaitClient } from './authority/await-client.ts';
import { Bridge } from './authority/bridge.ts';
import { bind } from './bind.ts';
import { showPeer } from './connection.ts';
import { defaultUnixLimits, effectiveLimits, type ConnectionLimits } from './connection-limits.ts';
import { floodReport } from './flood-report.ts';
import type { Flood } from './flood.ts';
import { closeGracefully, injectorOf, type Listener } from './listener.ts';
import { PeerTable } from './peer-table.ts';
import type { UnixPeer } from './peer.ts';
import { descriptorOf } from './socket-handle.ts';
import { cutWhenSilent } from './silence.ts';
import { checkFree, checkSocketPath, prepareSocketDirectory } from './socket-path.ts';
import { takeWaiting } from './take-waiting.ts';
import { watchTraffic } from './traffic-watch.ts';
import { UnixConnection } from './unix-connection.ts';

/** How connections on a Unix socket are taken. */
export interface ListenUnixOptions {
  readonly path: string;
  /** of the socket file, e.g. 0777: who may connect. */
  readonly mode: number;
  /** of the directories that have to be made. */
  readonly directoryMode: number;
  readonly server: GrpcServer;
  readonly limits?: Partial<ConnectionLimits>;
  readonly logger: Logger;
  /** Called for each connection before its first byte is read; throws to refuse it. */
  onPeer?(peer: UnixPeer): void;
}

// The socket, the pidfd, and two files of /proc.
const FILES_PER_CONNECTION = 4;

function takeLock(path: string): DirectoryLock {
  try {
    return lockDirectory(dirname(path), `.${basename(path)}.lock`);
  } catch (error) {
    const isTaken = error instanceof SignetError && error.code === 'ERR_PROCESS_DATA_DIR_LOCKED';
    throw isTaken ? new ProcessError('ERR_SOCKET_IN_USE', `another program listens on ${path}`) : error;
  }
}

/** Binds under another name and moves the socket into place with its mode: it is never there half made. */
async function bindInPlace(server: NetServer, path: string, mode: number): Promise<bigint> {
  const temporary = join(dirname(path), `.${randomBytes(3).toString('hex')}`);
  await bind(server, { path: temporary }, path);
  chmodSync(temporary, mode);
  renameSync(temporary, path);
  return lstatSync(path, { bigint: true }).ino;
}

function removeOwn(path: string, inode: bigint): void {
  const stats = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  if (stats?.ino === inode) unlinkSync(path);
}

/** Counts a connection among those of its peer, until it ends. @throws {ProcessError} `ERR_RESOURCE_EXHAUSTED` */
function admit(admission: Admission, share: string, socket: Socket): void {
  const refusal = admission.enter(share);
  if (refusal !== undefined) throw new ProcessError('ERR_RESOURCE_EXHAUSTED', refusal);
  socket.once('close', () => admission.leave(share));
}

/** Takes one connection: who it is must be read in the turn that accepted it. */
function acceptPeer(
  options: ListenUnixOptions,
  limits: ConnectionLimits,
  peers: PeerTable<UnixConnection>,
  admission: Admission,
): (socket: Socket) => UnixConnection {
  const report = floodReport(options.logger, noMetrics);
  const shares = new UserShares();
  return (socket) => {
    const credentials: PeerCredentials = readPeerCredentials(descriptorOf(socket));
    const share = shares.of(credentials.uid);
    try {
      admit(admission, share, socket);
    } catch (error) {
      credentials.pidfd.close();
      throw error;
    }
    const onFlood = (flood: Flood): void => report(`uid ${credentials.uid}`, flood);
    const parts = { id: peers.newId(), socket, limits, logger: options.logger, share, onFlood };
    const connection = new UnixConnection(parts, credentials);
    options.onPeer?.(connection);
    peers.add(connection);
    return connection;
  };
}

/** What HTTP/2 runs on for a client whose calls have to be rewritten. It has two descriptors more, and counts as two. */
function bridged(connection: UnixConnection, admission: Admission): Socket {
  admit(admission, connection.share, connection.socket);
  const bridge = new Bridge(connection.socket);
  connection.reading = bridge;
  showPeer(bridge.inner, connection.id);
  return bridge.inner;
}

/**
 * Listens on a Unix socket in front of a grpc-js server, with the kernel's word on who connects.
 *
 * The socket appears whole, under a path whose directories only we or root can change. A second program on the same
 * path is refused; a socket left behind by a dead one is replaced.
 *
 * The server must be made with `grpcServerOptions`, and have `connectionGuard` as its first interceptor.
 *
 * @throws {ProcessError} `ERR_SOCKET_PATH_UNSAFE`, `ERR_SOCKET_IN_USE`, `ERR_LISTEN_ADDRESS`
 */
export async function listenUnix(options: ListenUnixOptions): Promise<Listener> {
  const { logger } = options;
  const path = checkSocketPath(options.path);
  const limits = effectiveLimits(defaultUnixLimits, options.limits ?? {}, FILES_PER_CONNECTION);
  const peers = new PeerTable<UnixConnection>('unix');
  const injector = injectorOf(options.server);
  const admission = new Admission(limits);
  const accept = acceptPeer(options, limits, peers, admission);
  const orRefuse = (socket: Socket, action: () => void): void => {
    try {
      action();
    } catch (error) {
      logger.debug('Connection refused', { error });
      socket.destroy();
    }
  };
  const take = (socket: Socket): void => {
    socket.on('error', () => undefined);
    orRefuse(socket, () => {
      const connection = accept(socket);
      cutWhenSilent(socket, limits.firstByteMs);
      awaitClient(socket, limits.firstByteMs, (kind) => {
        orRefuse(socket, () => {
          injector.injectConnection(kind === 'plain' ? socket : bridged(connection, admission));
        });
      });
    });
  };
  const server: NetServer = createServer(takeWaiting(() => server, take));
  prepareSocketDirectory(path, options.directoryMode);
  const lock = takeLock(path);
  const inode = await checkFree(path)
    .then(() => bindInPlace(server, path, options.mode))
    .catch((error: unknown) => {
      server.close();
      lock.release();
      throw error;
    });
  const watch = watchTraffic(() => peers.all(), limits);
  return {
    peers,
    address: path,
    port: 0,
    async close(graceMs) {
      watch.stop();
      removeOwn(path, inode);
      await closeGracefully(server, injector, () => peers.all(), graceMs);
      lock.release();
    },
  };
}
