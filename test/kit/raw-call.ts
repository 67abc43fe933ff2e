import { connect, constants, type IncomingHttpHeaders } from 'node:http2';
import { connect as connectSocket } from 'node:net';

/** What a call over bare HTTP/2 brought. */
export interface RawAnswer {
  /** bodies of the messages, without their frames. */
  readonly messages: readonly Buffer[];
  /** gRPC status; absent when the call was given up before it came. */
  readonly status: number | undefined;
  readonly statusText: string;
}

/** How a call is made. */
export interface RawCallOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** gives the call up after so many messages. */
  readonly messages?: number;
}

const PREFIX = 5;
const SECURITY_HEADER = { 'workload.spiffe.io': 'true' };

/** Calls a method on a Unix socket over HTTP/2 in the clear, without any gRPC library and without any credential. */
export async function rawCall(
  socketPath: string,
  path: string,
  { headers = SECURITY_HEADER, body = new Uint8Array(), messages = Infinity }: RawCallOptions = {},
): Promise<RawAnswer> {
  const session = connect('http://localhost', { createConnection: () => connectSocket(socketPath) });
  try {
    return await new Promise((resolve, reject) => {
      session.on('error', reject);
      const stream = session.request({
        [constants.HTTP2_HEADER_METHOD]: 'POST',
        [constants.HTTP2_HEADER_PATH]: path,
        [constants.HTTP2_HEADER_CONTENT_TYPE]: 'application/grpc',
        [constants.HTTP2_HEADER_TE]: 'trailers',
        ...headers,
      });
      let received = Buffer.alloc(0);
      let ending: IncomingHttpHeaders = {};
      const answer = (): RawAnswer => ({
        messages: unframed(received),
        status: ending['grpc-status'] === undefined ? undefined : Number(ending['grpc-status']),
        statusText: decodeURIComponent(String(ending['grpc-message'] ?? '')),
      });
      stream.on('error', reject);
      // A call that fails at once has its status among the headers.
      stream.on('response', (first) => (ending = first));
      stream.on('trailers', (last: IncomingHttpHeaders) => (ending = last));
      stream.on('data', (chunk: Buffer) => {
        received = Buffer.concat([received, chunk]);
        if (unframed(received).length >= messages) resolve(answer());
      });
      stream.on('close', () => resolve(answer()));
      stream.end(framed(body));
    });
  } finally {
    session.destroy();
  }
}

function framed(body: Uint8Array): Buffer {
  const prefix = Buffer.alloc(PREFIX);
  prefix.writeUInt32BE(body.length, 1);
  return Buffer.concat([prefix, body]);
}

/** The messages that are whole. */
function unframed(bytes: Buffer): readonly Buffer[] {
  const messages: Buffer[] = [];
  for (let at = 0; at + PREFIX <= bytes.length;) {
    const end = at + PREFIX + bytes.readUInt32BE(at + 1);
    if (end > bytes.length) break;
    messages.push(bytes.subarray(at + PREFIX, end));
    at = end;
  }
  return messages;
}
