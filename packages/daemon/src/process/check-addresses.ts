import { accessSync, constants, existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { ProcessError } from '@signet/core';
import { checkFree, checkSocketPath, prepareSocketDirectory } from '../listen/socket-path.ts';
import { listenFailure, type ConfiguredAddress } from './listen-failure.ts';
import { systemReason } from './system-reason.ts';

/** A Unix socket of the configuration. */
export interface ConfiguredSocket {
  readonly path: string;
  /** the key that names it, `server.socket_path`. */
  readonly key: string;
}

/**
 * Checks that a program will be able to listen where its configuration says, before it does what cannot be undone.
 *
 * Nothing is made, and nothing listens when it returns: another program may still come first.
 *
 * @throws {ProcessError} `ERR_LISTEN_ADDRESS`, `ERR_SOCKET_PATH_UNSAFE`, `ERR_SOCKET_IN_USE` with address, key and what to do.
 */
export async function checkAddresses(
  addresses: readonly ConfiguredAddress[],
  sockets: readonly ConfiguredSocket[],
): Promise<void> {
  for (const address of addresses) await checkAddress(address);
  for (const socket of sockets) await checkSocket(socket);
}

function checkAddress(address: ConfiguredAddress): Promise<void> {
  const server = createServer((connection) => connection.destroy());
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => reject(listenFailure(cause, address)));
    server.listen({ host: address.host, port: address.port }, () => server.close(() => resolve()));
  });
}

async function checkSocket({ path, key }: ConfiguredSocket): Promise<void> {
  try {
    const full = checkSocketPath(path);
    checkDirectory(dirname(full));
    if (existsSync(dirname(full))) prepareSocketDirectory(full, 0);
    await checkFree(full);
  } catch (cause) {
    if (!(cause instanceof ProcessError)) throw cause;
    const advice = cause.code === 'ERR_SOCKET_IN_USE' ? 'stop it, or set' : 'set';
    throw new ProcessError(cause.code, `${cause.message}; ${advice} another ${key}`, { cause });
  }
}

/** What of the directory is there must be ours to write to. */
function checkDirectory(directory: string): void {
  if (!existsSync(directory)) {
    checkDirectory(dirname(directory));
    return;
  }
  try {
    accessSync(directory, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new ProcessError(
      'ERR_SOCKET_PATH_UNSAFE',
      `cannot make a socket in ${directory}: ${systemReason(cause)}`,
      { cause },
    );
  }
}
