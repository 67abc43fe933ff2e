import { AuthorizationError, type SpiffeId } from '@signet/core';
import { type Peer } from '@signet/daemon';
import { type Caller, type CallerSvid } from '../authz/caller.ts';

/**
 * The caller behind a live connection.
 *
 * @throws {AuthorizationError} `ERR_UNAUTHENTICATED` the connection is not one that a listener of ours accepted.
 */
export function callerOf(peer: Peer<CallerSvid> | undefined): Caller {
  if (peer === undefined) throw new AuthorizationError('ERR_UNAUTHENTICATED', 'the peer is not known');
  if (peer.kind === 'unix') return { kind: 'local', uid: peer.uid, gid: peer.gid, pid: peer.pid };
  const address = peer.address.includes(':')
    ? `[${peer.address}]:${peer.port}`
    : `${peer.address}:${peer.port}`;
  return { kind: 'remote', ip: peer.address, address, ...(peer.verified && { svid: peer.verified }) };
}

/**
 * The SPIFFE ID of a caller that was let in by it.
 *
 * @throws {AuthorizationError} `ERR_AUTHORIZATION_DENIED` the caller has none.
 */
export function callerId(caller: Caller): SpiffeId {
  return callerSvid(caller).id;
}

/**
 * The SVID of a caller that was let in by it.
 *
 * @throws {AuthorizationError} `ERR_AUTHORIZATION_DENIED` the caller has none.
 */
export function callerSvid(caller: Caller): CallerSvid {
  if (caller.kind === 'remote' && caller.svid !== undefined) return caller.svid;
  throw new AuthorizationError('ERR_AUTHORIZATION_DENIED', 'the caller has no SPIFFE ID');
}

/** The caller as records name it: `local:uid:1000`, or its SPIFFE ID. */
export function actorOf(caller: Caller): string {
  if (caller.kind === 'local') return `local:uid:${caller.uid}`;
  return caller.svid?.id.uri ?? 'unknown';
}
