import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeBase64, decodeBase64Url } from './base64.ts';

describe('canonical base64', () => {
  it('gives back the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const buffer = Buffer.from(bytes);
        expect(decodeBase64(buffer.toString('base64'))?.equals(buffer)).toBe(true);
        expect(decodeBase64Url(buffer.toString('base64url'))?.equals(buffer)).toBe(true);
      }),
    );
  });

  it.each(['AA==', 'AA=', 'A', 'AB', 'AA ', 'AA\n', '+/+/', 'A*A', '\u0141A'])(
    'base64url refuses %j',
    (text) => {
      expect(decodeBase64Url(text)).toBeUndefined();
    },
  );

  it.each(['AA', 'AB==', 'AA==\n', 'AA== ', '-_-_', 'A===', 'AA==AA=='])(
    'base64 refuses %j (NODE-6)',
    (text) => {
      expect(decodeBase64(text)).toBeUndefined();
    },
  );
});
