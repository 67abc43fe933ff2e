import { type SpiffeId, type UnixSeconds } from '@signet/core';

/** What a verified client certificate says; what `verifyPeer` remembers for each connection. */
export interface CallerSvid {
  readonly id: SpiffeId;
  /** Decimal, as node rows hold it. */
  readonly serialNumber: string;
  readonly expiresAt: UnixSeconds;
  /** Of the task that it was issued in: then it stands for that work, and for no rights at this server. */
  readonly taskId?: string;
  /** Whether it was revoked, asked at every call: a connection can outlive that. Absent where nothing is revoked. */
  readonly isRevoked?: () => boolean;
}

/** Came over the Unix socket: who that is, the kernel says. */
export interface LocalCaller {
  readonly kind: 'local';
  readonly uid: number;
  readonly gid: number;
  readonly pid: number;
}

/** Came over TCP, with or without a client certificate. */
export interface RemoteCaller {
  readonly kind: 'remote';
  /** IP address without port: the key of the rate limits. */
  readonly ip: string;
  /** IP address and port, for logs. */
  readonly address: string;
  readonly svid?: CallerSvid;
}

export type Caller = LocalCaller | RemoteCaller;
