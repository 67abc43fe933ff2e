import { describe, expect, it } from '@jest/globals';
import { frame, ping, preface, settings } from '../testdata/frames.ts';
import { clientKind, LONGEST_SETTINGS_BYTES } from './client-settings.ts';

function settingsOf(...named: readonly (readonly [id: number, value: number])[]): Buffer {
  const payload = Buffer.alloc(6 * named.length);
  for (const [at, [id, value]] of named.entries()) {
    payload.writeUInt16BE(id, 6 * at);
    payload.writeUInt32BE(value, 6 * at + 2);
  }
  return Buffer.concat([preface, frame(4, 0, 0, payload)]);
}

const JAVA = settingsOf([2, 0], [3, 0], [4, 1_048_576], [6, 8192]);

describe('a client is known by its first settings', () => {
  it.each([
    { client: 'go-grpc', bytes: settingsOf(), kind: 'plain' },
    {
      client: 'go-grpc with windows and header sizes of its own',
      bytes: settingsOf([4, 1_000_000], [6, 65_536]),
      kind: 'plain',
    },
    { client: 'grpc-js', bytes: settingsOf([4, 65_535]), kind: 'plain' },
    {
      client: "gRPC's C core",
      bytes: settingsOf([2, 0], [3, 0], [4, 4_194_304], [5, 4_194_304], [6, 16_384], [0xfe03, 1]),
      kind: 'plain',
    },
    { client: 'tonic', bytes: settingsOf([2, 0], [4, 2_097_152], [5, 16_384], [6, 16_384]), kind: 'plain' },
    { client: 'grpc-java on netty', bytes: JAVA, kind: 'unknown' },
    {
      client: 'grpc-java, were it to name a frame size',
      bytes: settingsOf([2, 0], [3, 0], [4, 1], [5, 16_384]),
      kind: 'unknown',
    },
    {
      client: 'grpc-java, were it to name no streams',
      bytes: settingsOf([2, 0], [4, 1_048_576], [6, 8192]),
      kind: 'unknown',
    },
    { client: 'one that nobody knows', bytes: settingsOf([2, 0]), kind: 'unknown' },
    {
      client: 'one with more settings than any other',
      bytes: settingsOf(...Array.from({ length: 50 }, (_, id) => [id + 100, 1] as const)),
      kind: 'unknown',
    },
  ] as const)('$client is $kind', ({ bytes, kind }) => {
    expect(clientKind(bytes)).toBe(kind);
    expect(clientKind(Buffer.concat([bytes, ping]))).toBe(kind);
  });

  it.each([
    { name: 'no HTTP/2', bytes: Buffer.from('GET / HTTP/1.1\r\n') },
    {
      name: 'a preface that ends otherwise',
      bytes: Buffer.concat([preface.subarray(0, 23), Buffer.from('x')]),
    },
    { name: 'no settings first', bytes: Buffer.concat([preface, ping, settings]) },
  ])('$name is left to the HTTP/2 library', ({ bytes }) => {
    expect(clientKind(bytes)).toBe('plain');
  });

  it('nothing is said before the settings are whole', () => {
    for (let length = 0; length < JAVA.length; length++)
      expect(clientKind(JAVA.subarray(0, length))).toBeUndefined();
  });

  it('and never more is wanted than is ever looked at', () => {
    for (let length = 0; length <= 0xffff; length += 6) {
      const head = Buffer.from([0, length >> 8, length & 0xff, 4, 0, 0, 0, 0, 0]);
      const bytes = Buffer.concat([preface, head, Buffer.alloc(LONGEST_SETTINGS_BYTES)]);
      expect(clientKind(bytes.subarray(0, LONGEST_SETTINGS_BYTES))).toBeDefined();
    }
  });
});
