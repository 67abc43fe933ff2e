import type { KeyObject } from 'node:crypto';
import type { Certificate, UnixSeconds } from '@signet/core';

/** The server's own X.509-SVID as its TLS listener presents it. */
export interface ServerSvid {
  /** Leaf first, without the root. */
  readonly chainDer: readonly Uint8Array[];
  readonly key: KeyObject;
  readonly certificate: Certificate;
  readonly issuedAt: UnixSeconds;
  readonly expiresAt: UnixSeconds;
  readonly authorityId: string;
}

/** Keeps the server's own SVID fresh: renewed after half its life, and when its authority is no longer good. */
export interface ServerSvidHolder {
  /** Issues the first SVID and starts the checks. */
  start(): Promise<void>;
  /** The live SVID. @throws {AuthorityError} `ERR_AUTHORITY_NOT_READY` before `start` ended. */
  current(): ServerSvid;
  onChange(listener: (svid: ServerSvid) => void): () => void;
  /** Renews now, whatever its age; what a taint of its authority calls for. */
  renew(): Promise<void>;
  close(): void;
}
