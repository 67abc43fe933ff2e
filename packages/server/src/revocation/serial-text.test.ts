import { describe, expect, it } from '@jest/globals';
import { decimalHint, readSerial } from './serial-text.ts';

describe('decimalHint', () => {
  const decimal = '126803243123427421541331239113412542983';

  it('names the hexadecimal form of what may be decimal', () => {
    const hex = BigInt(decimal).toString(16);
    expect(decimalHint(decimal)).toContain(`say ${hex}`);
    expect(decimalHint(hex)).toBe('');
    expect(readSerial(hex)).toBe(hex);
  });

  it.each(['', '0', '7', '07', 'aa01', '12:34', '5f0a', '1'.repeat(50)])(
    'has nothing to say of "%s"',
    (text) => {
      expect(decimalHint(text)).toBe('');
    },
  );
});
