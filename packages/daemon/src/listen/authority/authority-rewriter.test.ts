import { once } from 'node:events';
import { connect, createServer, type ServerHttp2Stream, sensitiveHeaders } from 'node:http2';
import { duplexPair, Transform } from 'node:stream';
import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { frame, preface, settings } from '../testdata/frames.ts';
import { AuthorityRewriter } from './authority-rewriter.ts';

const END_HEADERS = 4;
const PADDED = 8;
const PRIORITY = 32;
const text = (value: string): Buffer => Buffer.from([value.length, ...Buffer.from(value)]);
const block = (authority: string): Buffer =>
  Buffer.concat([Buffer.from([0x83, 0x41]), text(authority), Buffer.from([0x86])]);
const SLASHES = block('/run/x/api.sock');
const DOTS = block('.run.x.api.sock');
const start = Buffer.concat([preface, settings]);

/** What comes out when the bytes come in pieces of so many. */
function rewritten(bytes: Buffer, pieceBytes = bytes.length): Buffer {
  const rewriter = new AuthorityRewriter();
  const out: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes)
    out.push(rewriter.rewrite(Buffer.from(bytes.subarray(at, at + pieceBytes))));
  return Buffer.concat(out);
}

type Shape = (content: Buffer) => Buffer;
const priority = Buffer.alloc(5, 1);
const data = frame(0, 1, 1, Buffer.from('/not/a/header'));

/** Each way to put a header block into frames. */
const SHAPES: readonly (readonly [name: string, shape: Shape])[] = [
  ['alone', (content) => frame(1, END_HEADERS, 1, content)],
  [
    'with padding',
    (content) =>
      frame(1, END_HEADERS | PADDED, 1, Buffer.concat([Buffer.from([3]), content, Buffer.alloc(3, 0x2f)])),
  ],
  ['with a priority', (content) => frame(1, END_HEADERS | PRIORITY, 1, Buffer.concat([priority, content]))],
  [
    'with both',
    (content) =>
      frame(
        1,
        END_HEADERS | PADDED | PRIORITY,
        1,
        Buffer.concat([Buffer.from([2]), priority, content, Buffer.alloc(2)]),
      ),
  ],
  [
    'continued in the middle of its authority',
    (content) =>
      Buffer.concat([
        frame(1, PADDED, 1, Buffer.concat([Buffer.from([1]), content.subarray(0, 5), Buffer.alloc(1)])),
        frame(9, 0, 1, content.subarray(5, 6)),
        frame(9, 0, 1),
        frame(9, END_HEADERS, 1, content.subarray(6)),
      ]),
  ],
];

describe.each(SHAPES)('a header block %s', (_name, shape) => {
  const sent = (content: Buffer): Buffer =>
    Buffer.concat([start, shape(content), data, shape(content), data]);

  it('is rewritten, each time', () => {
    expect(rewritten(sent(SLASHES)).equals(sent(DOTS))).toBe(true);
  });

  it('is rewritten wherever it is cut', () => {
    const bytes = sent(SLASHES);
    for (let pieceBytes = 1; pieceBytes < bytes.length; pieceBytes++)
      expect(rewritten(bytes, pieceBytes).equals(sent(DOTS))).toBe(true);
    for (let at = 0; at <= bytes.length; at++) {
      const rewriter = new AuthorityRewriter();
      const pieces = [Buffer.from(bytes.subarray(0, at)), Buffer.from(bytes.subarray(at))];
      expect(Buffer.concat(pieces.map((piece) => rewriter.rewrite(piece))).equals(sent(DOTS))).toBe(true);
    }
  });

  it('whose authority needs nothing makes all the rest pass at once', () => {
    const rewriter = new AuthorityRewriter();
    const first = Buffer.concat([start, shape(block('localhost'))]);
    expect(rewriter.rewrite(Buffer.from(first)).equals(first)).toBe(true);
    const half = shape(SLASHES).subarray(0, 12);
    expect(rewriter.rewrite(half)).toBe(half);
  });
});

describe('what is not understood passes unchanged', () => {
  it.each([
    {
      name: 'a header block that is too long',
      bytes: frame(1, END_HEADERS, 1, Buffer.concat([SLASHES, Buffer.alloc(17_000)])),
      pieceBytes: 100,
    },
    {
      name: 'padding longer than its frame',
      bytes: frame(1, END_HEADERS | PADDED, 1, Buffer.concat([Buffer.from([200]), SLASHES])),
    },
    { name: 'a priority that is cut short', bytes: frame(1, END_HEADERS | PRIORITY, 1, Buffer.alloc(4)) },
    { name: 'an empty padded frame', bytes: frame(1, END_HEADERS | PADDED, 1) },
    {
      name: 'another frame within a header block',
      bytes: Buffer.concat([frame(1, 0, 1, SLASHES.subarray(0, 4)), data]),
    },
    {
      name: 'a header block in too many frames',
      bytes: Buffer.concat([
        frame(1, 0, 1, SLASHES),
        ...Array.from({ length: 9 }, () => frame(9, 0, 1)),
        frame(9, END_HEADERS, 1),
      ]),
    },
  ])('$name', ({ bytes, pieceBytes }) => {
    const all = Buffer.concat([start, bytes, frame(1, END_HEADERS, 3, SLASHES)]);
    expect(rewritten(all, pieceBytes).equals(all)).toBe(true);
  });

  it('a header block that never ends is held no longer than it may be', () => {
    const rewriter = new AuthorityRewriter();
    let held = 0;
    rewriter.rewrite(Buffer.concat([start, Buffer.from([0, 0x3f, 0xf0, 1, 0, 0, 0, 0, 1])]));
    for (let count = 0; count < 3; count++) {
      const piece = Buffer.alloc(16_000);
      held = Math.max(held + piece.length - rewriter.rewrite(piece).length, 0);
      expect(held).toBeLessThanOrEqual(16 * 1024);
    }
  });

  it('any bytes: none is lost, none is added, and only a path becomes dots', () => {
    const pieces = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 30 });
    const frames = fc
      .array(
        fc.tuple(
          fc.constantFrom(0, 1, 1, 4, 9),
          fc.nat(63),
          fc.constantFrom(SLASHES, DOTS, Buffer.from('/'), Buffer.alloc(0)),
        ),
      )
      .map((list) => list.map(([type, flags, content]) => frame(type, flags, 1, content)));
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.oneof(pieces, frames),
        fc.integer({ min: 1, max: 70 }),
        (isHttp2, parts, pieceBytes) => {
          // Enough after it that nothing is held any longer, but for the beginning of a frame.
          const bytes = Buffer.concat([isHttp2 ? start : Buffer.alloc(0), ...parts, Buffer.alloc(40_000)]);
          const out = rewritten(bytes, pieceBytes);
          expect(bytes.length - out.length).toBeLessThan(9);
          const changed = [...out].filter((byte, at) => bytes[at] !== byte);
          if (!isHuffmanIn(bytes)) expect(changed.every((byte) => byte === 0x2e)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** Random bytes may be a string in Huffman code by chance; there dots are not whole bytes. */
function isHuffmanIn(bytes: Buffer): boolean {
  return bytes.some((byte, at) => at > 0 && byte >= 0x80 && [0x41, 0x01, 0x11].includes(bytes[at - 1] ?? 0));
}

describe('with an HTTP/2 client and server of another make', () => {
  const ends: (() => void)[] = [];

  afterEach(() => {
    for (const end of ends.splice(0)) end();
  });

  /** Calls with each of these headers in turn on one connection. @returns the authorities that the server was told. */
  async function calls(
    headers: readonly Record<string | symbol, string | string[]>[],
    pieceBytes: number,
  ): Promise<string[]> {
    const [near, far] = duplexPair();
    const rewriter = new AuthorityRewriter();
    const through = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        for (let at = 0; at < chunk.length; at += pieceBytes)
          this.push(rewriter.rewrite(Buffer.from(chunk.subarray(at, at + pieceBytes))));
        done();
      },
    });
    const [serverSide, passing] = duplexPair();
    far.pipe(through).pipe(passing).pipe(far);
    const server = createServer();
    const told: string[] = [];
    server.on('stream', (stream: ServerHttp2Stream, received) => {
      told.push(String(received[':authority']));
      stream.respond({ ':status': 200 }, { endStream: true });
    });
    server.emit('connection', serverSide);
    const client = connect('http://localhost', { createConnection: () => near });
    ends.push(
      () => client.destroy(),
      () => serverSide.destroy(),
    );
    for (const header of headers) {
      const stream = client.request({ ':path': '/a/b', ...header });
      await once(stream, 'response');
      stream.close();
    }
    return told;
  }

  const authority = fc
    .array(
      fc.constantFrom(
        ...Array.from(
          "/////abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:!$&*+,;=%[]()'",
        ),
      ),
      { minLength: 1, maxLength: 100 },
    )
    .map((characters) => `/${characters.join('')}`);

  it('any path is told with dots, coded as the client likes it', async () => {
    await fc.assert(
      fc.asyncProperty(
        authority,
        fc.integer({ min: 1, max: 200 }),
        fc.boolean(),
        async (path, pieceBytes, isSensitive) => {
          const header = {
            ':authority': path,
            ...(isSensitive ? { [sensitiveHeaders]: [':authority'] } : {}),
          };
          const dots = path.replaceAll('/', '.');
          // What was told once is meant by an index later, until enough other headers have come between.
          const filler = { ':authority': path, 'x-filler': 'f'.repeat(3000) };
          const told = await calls(
            [header, header, filler, { ...filler, 'x-other': 'o'.repeat(3000) }, header],
            pieceBytes,
          );
          expect(told).toEqual([dots, dots, dots, dots, dots]);
        },
      ),
      { numRuns: 30 },
    );
  }, 60_000);
});
