import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SvidError } from '../errors.ts';
import { ecdsaDerToRaw, ecdsaRawToDer } from './ecdsa-signature.ts';

describe('ECDSA signature forms', () => {
  it.each([32, 48, 66])('NODE-5: turn into each other for integers of %i bytes', (size) => {
    const integer = fc
      .tuple(fc.nat(size - 1), fc.uint8Array({ minLength: size, maxLength: size }))
      .map(([zeros, bytes]) => Buffer.concat([Buffer.alloc(zeros), Buffer.of(1), bytes]).subarray(0, size));
    fc.assert(
      fc.property(integer, integer, (r, s) => {
        const raw = Buffer.concat([r, s]);
        expect(ecdsaDerToRaw(ecdsaRawToDer(raw), size).equals(raw)).toBe(true);
      }),
    );
  });

  it.each([
    ['nothing', []],
    ['no sequence', [0x31, 6, 2, 1, 1, 2, 1, 1]],
    ['wrong length', [0x30, 7, 2, 1, 1, 2, 1, 1]],
    ['bytes behind', [0x30, 6, 2, 1, 1, 2, 1, 1, 0]],
    ['cut short', [0x30, 6, 2, 1, 1, 2, 1]],
    ['one integer', [0x30, 3, 2, 1, 1]],
    ['no integer', [0x30, 6, 4, 1, 1, 4, 1, 1]],
    ['an integer too long', [0x30, 38, 2, 33, ...Array<number>(33).fill(1), 2, 1, 1]],
  ])('refuse %s', (_, der) => {
    expect(() => ecdsaDerToRaw(Uint8Array.from(der), 32)).toThrow(
      expect.objectContaining({ code: 'ERR_JWT_SIGNATURE' }),
    );
  });

  it('refuse or read any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        try {
          expect(ecdsaDerToRaw(bytes, 32)).toHaveLength(64);
        } catch (error) {
          expect(error).toBeInstanceOf(SvidError);
        }
      }),
    );
  });
});
