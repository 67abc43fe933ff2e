import fc from 'fast-check';

/** One small change to bytes: flip a bit, set, drop, double or insert an octet, or cut the end off. */
export interface Mutation {
  readonly kind: 'flip' | 'set' | 'drop' | 'double' | 'insert' | 'cut';
  /** Where, as a fraction of the length. */
  readonly where: number;
  readonly octet: number;
}

/** One to four mutations, most often one. */
export const mutations: fc.Arbitrary<readonly Mutation[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('flip', 'set', 'drop', 'double', 'insert', 'cut'),
    where: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    octet: fc.integer({ min: 0, max: 255 }),
  }),
  { minLength: 1, maxLength: 4, size: 'small' },
);

/** The bytes after all mutations. */
export function mutate(bytes: Uint8Array, changes: readonly Mutation[]): Uint8Array {
  return changes.reduce(applyOne, bytes);
}

function applyOne(bytes: Uint8Array, { kind, where, octet }: Mutation): Uint8Array {
  const at = Math.floor(where * bytes.length);
  const before = [...bytes.subarray(0, at)];
  const after = [...bytes.subarray(at + 1)];
  const there = bytes[at] ?? 0;
  switch (kind) {
    case 'flip':
      return Uint8Array.from([...before, there ^ (1 << (octet & 7)), ...after]);
    case 'set':
      return Uint8Array.from([...before, octet, ...after]);
    case 'drop':
      return Uint8Array.from([...before, ...after]);
    case 'double':
      return Uint8Array.from([...before, there, there, ...after]);
    case 'insert':
      return Uint8Array.from([...before, octet, there, ...after]);
    case 'cut':
      return Uint8Array.from(before);
  }
}
