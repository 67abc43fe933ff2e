import { readFileSync } from 'node:fs';

/** What one listener accepts; everything that grpc-js itself does not bound. */
export interface ConnectionLimits {
  /** all connections of the listener. */
  readonly maxConnections: number;
  /** per IP address (per /64 of IPv6), or per uid on a Unix socket. */
  readonly maxConnectionsPerPeer: number;
  /** new connections per second and peer, in the long run. */
  readonly connectionsPerSecond: number;
  /** new connections that a quiet peer may open at once. */
  readonly connectionBurst: number;
  /** from accept to the first byte, and from the end of the handshake to the first byte of HTTP/2. */
  readonly firstByteMs: number;
  /** from accept to the end of the TLS handshake. */
  readonly handshakeMs: number;
  /** from the end of the handshake to the client's HTTP/2 settings. */
  readonly settingsMs: number;
  /** from the end of HTTP/2, because of age, idleness or an error, to the end of the connection. */
  readonly lingerMs: number;
  /** TLS handshakes that go on at one time; the others wait. */
  readonly maxHandshakes: number;
  /** of them, those of one peer. */
  readonly maxHandshakesPerPeer: number;
  /** calls that may be open at one time; more are refused so that the client may try again. */
  readonly maxCalls: number;
  /** of them, those of one peer. */
  readonly maxCallsPerPeer: number;
  /** the same for clients without a certificate, counted apart; of no account on a Unix socket. */
  readonly maxStrangersCalls: number;
  readonly maxStrangersCallsPerPeer: number;
  /** how long a client without certificate may keep a connection, whatever it does there; of no account on a Unix socket. */
  readonly strangerMs: number;
  /** most bytes received from one completed message to the next, whatever frames they are; then it is cut. */
  readonly maxBytesPerMessage: number;
  /** most DATA frames of a stream from one completed message to the next. */
  readonly maxFramesPerMessage: number;
  /** most DATA frames that one connection may have in messages it has not ended, all its calls together; then it is cut. */
  readonly maxUnfinishedFrames: number;
  /** most bytes that one connection may have in messages it has not ended, all its calls together; then it is cut. */
  readonly maxUnfinishedBytes: number;
  /** most bytes of one connection in whole requests that are not answered yet; then it is cut. */
  readonly maxUnansweredBytes: number;
  /** most bytes of both kinds for all connections of the listener; those with most are cut until it is kept. */
  readonly maxUnfinishedBytesInAll: number;
  /** most calls of one connection that have begun and were not answered, those that were cancelled included; then it is cut. */
  readonly maxUnansweredCalls: number;
  /** so many of them are forgotten each second. */
  readonly unansweredCallsPerSecond: number;
  /** how long a call may take to give its first whole message. */
  readonly firstMessageMs: number;
}

const MIB = 1024 * 1024;
const RESERVED_FILES = 256;
const MIN_CONNECTIONS = 16;

const TRAFFIC = {
  firstByteMs: 5000,
  handshakeMs: 10_000,
  settingsMs: 10_000,
  lingerMs: 10_000,
  strangerMs: 600_000,
  maxHandshakes: 512,
  maxHandshakesPerPeer: 64,
  maxCalls: 65_536,
  maxCallsPerPeer: 16_384,
  maxStrangersCalls: 8192,
  maxStrangersCallsPerPeer: 1024,
  maxBytesPerMessage: 6 * MIB,
  maxFramesPerMessage: 4096,
  maxUnfinishedFrames: 8192,
  maxUnansweredCalls: 400,
  unansweredCallsPerSecond: 100,
  maxUnfinishedBytes: 16 * MIB,
  maxUnansweredBytes: 64 * MIB,
  maxUnfinishedBytesInAll: 256 * MIB,
  firstMessageMs: 30_000,
} as const;

/** For the server's port: many agents may come from behind one address. */
export const defaultTlsLimits: ConnectionLimits = {
  ...TRAFFIC,
  maxConnections: 16_384,
  maxConnectionsPerPeer: 4096,
  connectionsPerSecond: 250,
  connectionBurst: 1000,
};

/** For a socket that workloads connect to, each time anew if they like. */
export const defaultUnixLimits: ConnectionLimits = {
  ...TRAFFIC,
  maxConnections: 8192,
  maxConnectionsPerPeer: 2048,
  connectionsPerSecond: 20_000,
  connectionBurst: 20_000,
};

/** Open files this process may have; a cautious 1,024 when the kernel does not say. */
export function openFileLimit(): number {
  const limits = readFileSync('/proc/self/limits', 'latin1');
  const soft = /^Max open files +([0-9]{1,15})/m.exec(limits)?.[1];
  return soft === undefined ? 1024 : Number(soft);
}

/**
 * The limits, with the total lowered to what the open files allow, some of which stay free for everything else. What one
 * peer may have is lowered with it: where files are few no peer has all of them.
 *
 * @param filesPerConnection - descriptors that one connection takes.
 * @param openFiles - that this process may have.
 */
export function effectiveLimits(
  defaults: ConnectionLimits,
  changes: Partial<ConnectionLimits>,
  filesPerConnection: number,
  openFiles: number = openFileLimit(),
): ConnectionLimits {
  const limits = { ...defaults, ...changes };
  const affordable = Math.max(MIN_CONNECTIONS, Math.floor((openFiles - RESERVED_FILES) / filesPerConnection));
  if (affordable >= limits.maxConnections) return limits;
  const mostOfPeer = Math.max(1, Math.floor(affordable * Math.max(shareOf(limits), shareOf(defaults))));
  return {
    ...limits,
    maxConnections: affordable,
    maxConnectionsPerPeer: Math.min(limits.maxConnectionsPerPeer, mostOfPeer),
  };
}

function shareOf({ maxConnectionsPerPeer, maxConnections }: ConnectionLimits): number {
  return maxConnectionsPerPeer / maxConnections;
}
