import { connect, type Socket } from 'node:net';

/** What an HTTP/2 client says first. */
export const preface: Buffer = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

/** One HTTP/2 frame. */
export function frame(type: number, flags: number, stream: number, payload: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** SETTINGS without any. */
export const settings: Buffer = frame(4, 0, 0);

/** PING. */
export const ping: Buffer = frame(6, 0, 0, Buffer.alloc(8));

function literal(name: string, value: string): Buffer {
  const parts = [name, value].map((text) => Buffer.concat([Buffer.from([text.length]), Buffer.from(text)]));
  return Buffer.concat([Buffer.from([0]), ...parts]);
}

/** HEADERS of a call, spelt out. */
export function callHeaders(stream: number, path: string, contentType = 'application/grpc'): Buffer {
  const fields = [
    [':method', 'POST'],
    [':scheme', 'http'],
    [':path', path],
    [':authority', 'x'],
    ['content-type', contentType],
    ['te', 'trailers'],
  ] as const;
  return frame(1, 4, stream, Buffer.concat(fields.map(([name, value]) => literal(name, value))));
}

/** RST_STREAM with CANCEL. */
export function reset(stream: number): Buffer {
  return frame(3, 0, stream, Buffer.from([0, 0, 0, 8]));
}

/** A call that its client gives up at once. */
export function cancelled(stream: number, path: string): Buffer {
  return Buffer.concat([callHeaders(stream, path), reset(stream)]);
}

/** The first bytes of a message of this length that never ends. */
export function messageStart(length: number): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(length, 1);
  return head;
}

/** A raw connection; `ended` resolves when the other side closed it. */
export function rawConnection(target: { readonly path: string } | { readonly port: number }): { readonly socket: Socket; readonly ended: Promise<void> } {
  const socket = connect(target as { path: string });
  socket.on('error', () => undefined).resume();
  return { socket, ended: new Promise((resolve) => socket.once('close', () => resolve())) };
}
