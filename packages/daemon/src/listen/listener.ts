import type { Server as NetServer } from 'node:net';
import type { ConnectionInjector, Server as GrpcServer } from '@grpc/grpc-js';
import { delay } from '../process/timer.ts';
import type { Connection } from './connection.ts';
import type { PeerRegistry } from './peer.ts';
import { gatedInjector } from './stream-gate.ts';

/** A place where connections are taken for a grpc-js server. */
export interface Listener<V = unknown> {
  readonly peers: PeerRegistry<V>;
  /** `host:port`, or the path of the socket. */
  readonly address: string;
  /** the port it got; 0 for a Unix socket. */
  readonly port: number;
  /** Takes no more connections; live ones get a GOAWAY, and are cut when their calls last longer than the grace. */
  close(graceMs?: number): Promise<void>;
}

const GRACE_MS = 10_000;

/** The way into grpc-js for a socket that is ready for HTTP/2. */
export function injectorOf(server: GrpcServer): ConnectionInjector {
  return gatedInjector(server);
}

function allClosed(connections: readonly Connection[]): Promise<unknown> {
  return Promise.all(
    connections.map((connection) => new Promise<void>((resolve) => connection.onClose(resolve))),
  );
}

/** Closes a listener as `Listener.close` says. */
export async function closeGracefully(
  server: NetServer,
  injector: ConnectionInjector,
  connections: () => Iterable<Connection>,
  graceMs: number = GRACE_MS,
): Promise<void> {
  server.close();
  injector.drain(graceMs);
  const controller = new AbortController();
  const expired = delay(graceMs, controller.signal).catch(() => undefined);
  await Promise.race([allClosed([...connections()]), expired]);
  controller.abort();
  const late = [...connections()];
  for (const connection of late) connection.close('listener closed');
  await allClosed(late);
}
