import type { Random } from './random.ts';

const OCTETS = [
  0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x17, 0x1f, 0x30, 0x31, 0x7f, 0x80, 0x81, 0x82, 0x84, 0xa0, 0xff,
];
const MOST_REPEATED = 16 * 1024;

type Change = (bytes: Buffer, at: number, random: Random) => readonly Uint8Array[];

const CHANGES: readonly Change[] = [
  (bytes, at, random) => [
    bytes.subarray(0, at),
    octet((bytes[at] ?? 0) ^ (1 << random.below(8))),
    bytes.subarray(at + 1),
  ],
  (bytes, at, random) => [bytes.subarray(0, at), octet(random.pick(OCTETS)), bytes.subarray(at + 1)],
  (bytes, at, random) => [bytes.subarray(0, at), octet(random.below(256)), bytes.subarray(at)],
  (bytes, at, random) => [bytes.subarray(0, at), bytes.subarray(at + 1 + random.below(8))],
  (bytes, at, random) => [bytes.subarray(0, at + 1 + random.below(64)), bytes.subarray(at)],
  (bytes, at) => [bytes.subarray(0, at)],
  (bytes, at, random) => {
    const from = random.below(bytes.length);
    return [bytes.subarray(0, at), bytes.subarray(from, from + random.below(64)), bytes.subarray(at)];
  },
];

/** A change of bytes that knows nothing of what they mean; once in a while one that makes them long. */
export function mutateBytes(bytes: Uint8Array, random: Random): Buffer {
  let mutated = Buffer.from(bytes);
  for (let left = 1 + random.below(3); left > 0; left--) {
    mutated = Buffer.concat([...random.pick(CHANGES)(mutated, random.below(mutated.length + 1), random)]);
  }
  return random.onceIn(2_000) ? repeatPart(mutated, random) : mutated;
}

function repeatPart(bytes: Buffer, random: Random): Buffer {
  const at = random.below(bytes.length);
  const part = bytes.subarray(at, at + 1 + random.below(64));
  const times = Math.floor(random.below(MOST_REPEATED) / Math.max(1, part.length));
  return Buffer.concat([bytes.subarray(0, at), ...Array<Buffer>(times).fill(part), bytes.subarray(at)]);
}

function octet(value: number): Uint8Array {
  return Uint8Array.of(value);
}
