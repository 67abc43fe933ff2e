import { WorkloadApiError } from '../errors.ts';

/** Name of the environment variable that holds the address of the Workload API. @spec SPIFFE Workload Endpoint §4 */
export const ENDPOINT_VARIABLE = 'SPIFFE_ENDPOINT_SOCKET';

/**
 * Turns a Workload API address into a gRPC target.
 *
 * @param address - `unix:///absolute/path`, `unix:/absolute/path` or `tcp://IP:port`.
 * @throws {WorkloadApiError} `ERR_INVALID_ARGUMENT` with what is wrong about it.
 * @spec SPIFFE Workload Endpoint §4; WE-9
 */
export function grpcTarget(address: string): string {
  const separator = address.indexOf(':');
  const scheme = address.slice(0, Math.max(separator, 0));
  const rest = address.slice(separator + 1);
  if (scheme === 'unix') return unixTarget(address, rest);
  if (scheme === 'tcp') return tcpTarget(address, rest);
  throw invalid(address, 'scheme must be unix or tcp');
}

/**
 * The address to use: the one given, else the one of the environment.
 *
 * @throws {WorkloadApiError} `ERR_INVALID_ARGUMENT` when there is neither.
 */
export function resolveEndpoint(
  address: string | undefined,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const chosen = address ?? environment[ENDPOINT_VARIABLE];
  if (chosen !== undefined && chosen !== '') return chosen;
  throw new WorkloadApiError(
    'ERR_INVALID_ARGUMENT',
    `no Workload API address: pass { endpoint } or set ${ENDPOINT_VARIABLE}, for example to unix:///tmp/spire-agent/public/api.sock`,
  );
}

function unixTarget(address: string, rest: string): string {
  const path = rest.startsWith('//') ? rest.slice(2) : rest;
  if (!path.startsWith('/')) throw invalid(address, 'unix addresses need an absolute path and no host');
  if (/[?#\0]/.test(path)) throw invalid(address, 'unix addresses have no query and no fragment');
  return `unix:${path}`;
}

function tcpTarget(address: string, rest: string): string {
  const match = /^\/\/(?:\[([0-9a-fA-F:.]+)\]|(\d{1,3}(?:\.\d{1,3}){3})):(\d{1,5})$/.exec(rest);
  if (match === null) throw invalid(address, 'tcp addresses are tcp://IP:port and nothing else');
  const [, v6, v4, port] = match;
  if (Number(port) < 1 || Number(port) > 65535) throw invalid(address, 'port is out of range');
  if (v4?.split('.').some((octet) => Number(octet) > 255) === true)
    throw invalid(address, 'not an IP address');
  return v6 === undefined ? `ipv4:${v4 ?? ''}:${port ?? ''}` : `ipv6:[${v6}]:${port ?? ''}`;
}

function invalid(address: string, reason: string): WorkloadApiError {
  return new WorkloadApiError(
    'ERR_INVALID_ARGUMENT',
    `Workload API address "${address}" is not usable: ${reason}`,
  );
}
