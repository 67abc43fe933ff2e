import type { ListenOptions, Server } from 'node:net';
import { ProcessError } from '@signet/core';

/** Connections that may wait to be taken; the kernel caps it. One user's burst must not turn others away. */
const BACKLOG = 4096;

/** Listens, or says why not. @throws {ProcessError} `ERR_LISTEN_ADDRESS` */
export function bind(server: Server, options: ListenOptions, shown: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (cause: Error): void => {
      reject(new ProcessError('ERR_LISTEN_ADDRESS', `cannot listen on ${shown}`, { cause }));
    };
    server.once('error', onError);
    server.listen({ backlog: BACKLOG, ...options }, () => {
      server.off('error', onError);
      // Such as too many open files: the next accept may succeed.
      server.on('error', () => undefined);
      resolve();
    });
  });
}
