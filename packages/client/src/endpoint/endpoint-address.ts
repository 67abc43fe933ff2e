import { isIPv4, isIPv6 } from 'node:net';
import { WorkloadApiError } from '../errors.ts';

/** Name of the environment variable that holds the address of the Workload API. @spec SPIFFE Workload Endpoint §4 */
export const ENDPOINT_VARIABLE = 'SPIFFE_ENDPOINT_SOCKET';

const HIGHEST_PORT = 65_535;

/**
 * Turns a Workload API address into a gRPC target.
 *
 * @param address - `unix:///absolute/path`, `unix:/absolute/path` or `tcp://IP:port`; never a host name.
 * @throws {WorkloadApiError} `ERR_INVALID_ARGUMENT` with what is wrong about it.
 * @spec SPIFFE Workload Endpoint §4; WE-9
 */
export function grpcTarget(address: string): string {
  const [, scheme, rest = ''] = /^([A-Za-z]+):(.*)$/s.exec(address) ?? [];
  if (scheme?.toLowerCase() === 'unix') return unixTarget(address, rest);
  if (scheme?.toLowerCase() === 'tcp') return tcpTarget(address, rest);
  throw invalid(address, 'scheme must be unix or tcp');
}

/**
 * The address to use: the one given, else the one of the environment.
 *
 * @throws {WorkloadApiError} `ERR_INVALID_ARGUMENT` when there is neither.
 * @spec SPIFFE Workload Endpoint §4; WE-8
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
  if (/[?#]/.test(path)) throw invalid(address, 'unix addresses have no query and no fragment');
  const decoded = percentDecoded(path);
  if (decoded === undefined || decoded.includes('\0')) throw invalid(address, 'path is not well-formed');
  return `unix:${decoded}`;
}

function tcpTarget(address: string, rest: string): string {
  const [, v6, v4, port = ''] = /^\/\/(?:\[([^[\]]*)\]|([^:[\]]*)):(\d{1,5})$/.exec(rest) ?? [];
  if (port === '') throw invalid(address, 'tcp addresses are tcp://IP:port and nothing else');
  if (Number(port) < 1 || Number(port) > HIGHEST_PORT) throw invalid(address, 'port is out of range');
  if (v6 !== undefined && isIPv6(v6) && !v6.includes('%')) return `ipv6:[${v6}]:${Number(port)}`;
  if (v4 !== undefined && isIPv4(v4)) return `ipv4:${v4}:${Number(port)}`;
  throw invalid(address, 'not an IP address');
}

function percentDecoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

function invalid(address: string, reason: string): WorkloadApiError {
  return new WorkloadApiError(
    'ERR_INVALID_ARGUMENT',
    `Workload API address "${address}" is not usable: ${reason}`,
  );
}
