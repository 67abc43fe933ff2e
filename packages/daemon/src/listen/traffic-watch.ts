import { monotonicMs } from '../process/clock.ts';
import type { ConnectionLimits } from './connection-limits.ts';
import type { Connection } from './connection.ts';

/** Looks at all connections of a listener, again and again. */
export interface TrafficWatch {
  stop(): void;
}

type TrafficLimits = Pick<
  ConnectionLimits,
  | 'maxBytesPerMessage'
  | 'firstMessageMs'
  | 'maxUnfinishedBytesInAll'
  | 'settingsMs'
  | 'lingerMs'
  | 'strangerMs'
>;

const INTERVAL_MS = 1000;
// What keepalives and window updates of an honest peer amount to.
const BACKGROUND_BYTES = 4096;

/**
 * True when a connection has received too much since its last whole message.
 *
 * Messages are paid for by the rate limits above; what never becomes one (pings, window updates, priorities, the
 * pieces of an endless message) is bounded here, whatever frames it comes in.
 */
export function isFlooding(connection: Connection, limits: TrafficLimits): boolean {
  const bytes = connection.bytesRead - connection.bytesSeen;
  const hasMessages = connection.messages !== connection.messagesSeen;
  connection.bytesSeen += bytes;
  connection.messagesSeen = connection.messages;
  if (hasMessages) connection.bytesSinceMessage = 0;
  else if (bytes > BACKGROUND_BYTES) connection.bytesSinceMessage += bytes;
  return connection.bytesSinceMessage > limits.maxBytesPerMessage;
}

function expireCalls(connection: Connection, dueBefore: number): void {
  for (const call of connection.waiting) {
    if (call.since > dueBefore) continue;
    connection.waiting.delete(call);
    call.expire();
  }
}

/** Why a connection must end that has not begun, has ended or has lasted too long; undefined for all others. */
function overdue(connection: Connection, limits: TrafficLimits, nowMs: number): string | undefined {
  if (connection.http2?.destroyed === true) {
    connection.lingersSinceMs ??= nowMs;
    // Node itself waits, without end, for the client to end its side too.
    return nowMs - connection.lingersSinceMs > limits.lingerMs ? 'the client does not let go' : undefined;
  }
  const ageMs = nowMs - connection.connectedAtMs;
  // A stranger has no business here that takes long, but could keep a call open by not reading its answer.
  if (connection.isStranger && ageMs > limits.strangerMs) return 'too long without a certificate';
  const isLate = !connection.hasSettings && ageMs > limits.settingsMs;
  return isLate ? 'no HTTP/2 in time' : undefined;
}

/** What a connection holds of our memory. */
interface Holding {
  readonly unfinishedBytes: number;
  readonly unansweredBytes: number;
}

function heldBy({ unfinishedBytes, unansweredBytes }: Holding): number {
  return unfinishedBytes + unansweredBytes;
}

/** Those to cut, the greediest first, so that what all the others hold keeps to the limit. */
export function greediest<C extends Holding>(connections: Iterable<C>, maxBytes: number): readonly C[] {
  const holding = [...connections].filter((connection) => heldBy(connection) > 0);
  let bytes = holding.reduce((sum, connection) => sum + heldBy(connection), 0);
  if (bytes <= maxBytes) return [];
  const cut: C[] = [];
  for (const connection of holding.sort((a, b) => heldBy(b) - heldBy(a))) {
    if (bytes <= maxBytes) break;
    cut.push(connection);
    bytes -= heldBy(connection);
  }
  return cut;
}

/**
 * Looks once a second: cuts connections that flood, that leave too much unfinished, that do not begin or do not end; ends
 * calls that give no message.
 */
export function watchTraffic(connections: () => Iterable<Connection>, limits: TrafficLimits): TrafficWatch {
  const timer = setInterval(() => {
    const nowMs = monotonicMs();
    for (const connection of connections()) {
      expireCalls(connection, nowMs - limits.firstMessageMs);
      const reason = overdue(connection, limits, nowMs);
      if (reason !== undefined) connection.close(reason);
      if (isFlooding(connection, limits)) connection.cut('too many bytes without a message');
    }
    for (const connection of greediest(connections(), limits.maxUnfinishedBytesInAll))
      connection.cut('too many unfinished messages in all');
  }, INTERVAL_MS).unref();
  return { stop: () => clearInterval(timer) };
}
