import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { after } from '../process/timer.ts';

const HEAD_END = Buffer.from('\r\n\r\n');
const NOTHING = Buffer.alloc(0);

/**
 * Lets one request at a time through to the HTTP parser of each connection, and cuts off who sends more before it is answered.
 *
 * The parser takes all that has arrived in one go: a burst of requests would be made into as many messages, and a few hundred
 * connections with such bursts would keep everybody else waiting for seconds. What comes after the end of a head is
 * looked at nowhere: requests with a body have no place here either.
 *
 * @param answerMs - how long a client may take for all of an answer.
 */
export function gateRequests(server: Server, answerMs: number): void {
  const busy = new WeakSet<Socket>();
  server.on('connection', (socket: Socket) => {
    const parse = soleParser(socket);
    let tail: Buffer = NOTHING;
    socket.off('data', parse);
    // To listen makes Node read here, instead of in the parser.
    socket.on('data', (chunk: Buffer) => {
      const end = busy.has(socket) ? 0 : headEnd(tail, chunk);
      if (end !== undefined && end < chunk.length) {
        socket.destroy();
        return;
      }
      tail = end === undefined ? lastOf(tail, chunk) : NOTHING;
      if (end !== undefined) busy.add(socket);
      parse(chunk);
    });
  });
  server.prependListener('request', ({ socket }, response) => {
    busy.add(socket);
    const late = after(answerMs, () => socket.destroy());
    response.once('close', () => {
      late.cancel();
      busy.delete(socket);
    });
  });
}

/** What Node's HTTP server reads with. */
function soleParser(socket: Socket): (chunk: Buffer) => void {
  const [parse, ...others] = socket.listeners('data');
  if (parse === undefined || others.length > 0) throw new TypeError('not read by the HTTP server alone');
  return parse as (chunk: Buffer) => void;
}

/** Where in the chunk the head ends that began before it; undefined when it does not. */
function headEnd(tail: Buffer, chunk: Buffer): number | undefined {
  const at = (tail.length === 0 ? chunk : Buffer.concat([tail, chunk])).indexOf(HEAD_END);
  return at === -1 ? undefined : at + HEAD_END.length - tail.length;
}

/** As much as may be the beginning of the end. */
function lastOf(tail: Buffer, chunk: Buffer): Buffer {
  const most = HEAD_END.length - 1;
  if (chunk.length >= most) return Buffer.from(chunk.subarray(-most));
  return Buffer.concat([tail, chunk]).subarray(-most);
}
