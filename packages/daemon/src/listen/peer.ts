import type { PidFd } from '../peer/pid-fd.ts';
import type { ProcessFiles } from '../peer/process-files.ts';
import type { ProcessIdentity } from '../peer/process-identity.ts';

/** What every connection has. */
export interface PeerConnection {
  /** what `call.getPeer()` gives. */
  readonly id: string;
  /** monotonic. */
  readonly connectedAtMs: number;
  readonly closed: boolean;
  /** True once it takes no more calls (GOAWAY), for its age or at a stop: it ends with the calls under way. */
  readonly isDraining: boolean;
  /** Cuts the connection; the reason goes to the log. */
  close(reason: string): void;
  /** Calls the listener when the connection has ended; at once when it already has. */
  onClose(listener: () => void): void;
}

/** The other end of a TLS connection. */
export interface TlsPeer<V = unknown> extends PeerConnection {
  readonly kind: 'tls';
  /** IP address without port; IPv4 in its own form. */
  readonly address: string;
  readonly port: number;
  /** what `verifyPeer` made of the client's chain; undefined when it sent none. */
  readonly verified: V | undefined;
}

/** The process at the other end of a Unix socket, as the kernel recorded it at connect(). */
export interface UnixPeer extends PeerConnection {
  readonly kind: 'unix';
  readonly pid: number;
  readonly uid: number;
  readonly gid: number;
  /** equal for users who share what is divided fairly among users. */
  readonly share: string;
  /** open until the connection ends. */
  readonly pidfd: PidFd;
  /** what /proc says of it; open until the connection ends. */
  readonly files: Pick<ProcessFiles, 'stat' | 'status'>;
  /** which program it ran at accept; undefined when /proc did not tell. */
  readonly process: ProcessIdentity | undefined;
  /** why `process` is undefined. */
  readonly identityError?: unknown;
  /**
   * Makes sure that the very process that connected speaks on the connection, and not one that got its socket while it
   * became another program. Asked once for each connection, during a call.
   *
   * @throws {ProcessError} `ERR_PEER_CREDENTIALS`
   */
  requireAnswer(): Promise<void>;
  /**
   * Ends the connection as soon as answers under way have left, for what is known of its process is over. Clients keep a
   * connection whose calls are refused; only on a new one can they be looked at afresh.
   */
  retire(reason: string): void;
}

/** Who is at the other end. */
export type Peer<V = unknown> = TlsPeer<V> | UnixPeer;

/** The live connections of a listener. */
export interface PeerRegistry<V = unknown> {
  /** The connection that a call came in on: `resolve(call.getPeer())`; undefined once it has ended. */
  resolve(peerId: string): Peer<V> | undefined;
  readonly size: number;
}
