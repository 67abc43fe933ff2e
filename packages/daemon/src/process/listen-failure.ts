import { ProcessError } from '@signet/core';
import { systemReason } from './system-reason.ts';

/** An address of the configuration. */
export interface ConfiguredAddress {
  readonly host: string;
  readonly port: number;
  /** the keys that name it, `health_checks.bind_address`. */
  readonly hostKey: string;
  readonly portKey: string;
}

/** `ERR_LISTEN_ADDRESS`: why nothing can listen there, which key says so, and what to do. */
export function listenFailure(
  cause: unknown,
  { host, port, hostKey, portKey }: ConfiguredAddress,
): ProcessError {
  const shown = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const advice: ReadonlyMap<string, string> = new Map([
    ['EADDRINUSE', `stop the program that listens there, or set another ${portKey}`],
    ['EACCES', `ports below 1024 are for root and CAP_NET_BIND_SERVICE: set another ${portKey}`],
    ['EADDRNOTAVAIL', `set ${hostKey} to an address of this machine`],
    ['ENOTFOUND', `set ${hostKey} to an address of this machine`],
  ]);
  const { code = '' } = cause as NodeJS.ErrnoException;
  const what = code === 'ENOTFOUND' ? 'no such host' : systemReason(cause);
  return new ProcessError(
    'ERR_LISTEN_ADDRESS',
    `cannot listen on ${shown}: ${what}; ${advice.get(code) ?? `see ${hostKey} and ${portKey}`}`,
    { cause },
  );
}
