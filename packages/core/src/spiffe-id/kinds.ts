import { SpiffeIdError } from '../errors.ts';
import { spiffeIdFromPath, type SpiffeId } from './spiffe-id.ts';
import type { TrustDomain } from './trust-domain.ts';

const RESERVED_PATH = '/spire';
const SERVER_PATH = '/spire/server';
const AGENT_PATH = '/spire/agent';

/** Whether the path belongs to the server and its agents: `/spire` or anything below it. */
export function isReservedPath(path: string): boolean {
  return path === RESERVED_PATH || path.startsWith(`${RESERVED_PATH}/`);
}

/** Whether the ID lies below `/spire/agent/`, in whatever trust domain. */
export function isAgentId(id: SpiffeId): boolean {
  return id.path.startsWith(`${AGENT_PATH}/`);
}

/** Whether the ID is its trust domain's server. */
export function isServerId(id: SpiffeId): boolean {
  return id.path === SERVER_PATH;
}

/** `spiffe://td/spire/server`. */
export function serverId(trustDomain: TrustDomain): SpiffeId {
  return spiffeIdFromPath(trustDomain, SERVER_PATH);
}

/**
 * `spiffe://td/spire/agent` + path.
 *
 * @param path - `/x509pop/…`, with its leading slash.
 * @throws {SpiffeIdError} `ERR_SPIFFE_ID_PATH_*`, `ERR_SPIFFE_ID_TOO_LONG`.
 */
export function agentIdFromPath(trustDomain: TrustDomain, path: string): SpiffeId {
  if (!path.startsWith('/')) {
    throw new SpiffeIdError('ERR_SPIFFE_ID_PATH_LEADING_SLASH', 'path must have a leading slash');
  }
  return spiffeIdFromPath(trustDomain, AGENT_PATH + path);
}

/**
 * Passes for an ID of the trust domain that has a path.
 *
 * @throws {SpiffeIdError} `ERR_SPIFFE_ID_NOT_MEMBER`, `ERR_SPIFFE_ID_PATH_MISSING`; texts as SPIRE's.
 */
export function requireMemberId(id: SpiffeId, trustDomain: TrustDomain): void {
  requirePathIn(id, trustDomain, 'a member of');
}

/**
 * Passes for a member that is not in the namespace kept for server and agents.
 *
 * @throws {SpiffeIdError} as {@link requireMemberId}, and `ERR_SPIFFE_ID_RESERVED`.
 */
export function requireWorkloadId(id: SpiffeId, trustDomain: TrustDomain): void {
  requirePathIn(id, trustDomain, 'a workload in');
  if (!isReservedPath(id.path)) return;
  throw new SpiffeIdError(
    'ERR_SPIFFE_ID_RESERVED',
    `"${id.uri}" is not a workload in trust domain "${trustDomain.name}"; path is in the reserved namespace`,
  );
}

/**
 * Passes for a member below `/spire/agent/`.
 *
 * @throws {SpiffeIdError} as {@link requireMemberId}, and `ERR_SPIFFE_ID_NOT_AGENT`.
 */
export function requireAgentId(id: SpiffeId, trustDomain: TrustDomain): void {
  requirePathIn(id, trustDomain, 'an agent in');
  if (isAgentId(id)) return;
  throw new SpiffeIdError(
    'ERR_SPIFFE_ID_NOT_AGENT',
    `"${id.uri}" is not an agent in trust domain "${trustDomain.name}"; path is not in the agent namespace`,
  );
}

function requirePathIn(id: SpiffeId, trustDomain: TrustDomain, kind: string): void {
  if (!id.memberOf(trustDomain)) {
    throw new SpiffeIdError(
      'ERR_SPIFFE_ID_NOT_MEMBER',
      `"${id.uri}" is not a member of trust domain "${trustDomain.name}"`,
    );
  }
  if (id.path !== '') return;
  throw new SpiffeIdError(
    'ERR_SPIFFE_ID_PATH_MISSING',
    `"${id.uri}" is not ${kind} trust domain "${trustDomain.name}"; path is empty`,
  );
}
