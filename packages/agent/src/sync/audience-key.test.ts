import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { audienceKey } from './audience-key.ts';

const audiences = fc.array(fc.oneof(fc.string(), fc.constantFrom('a', 'ab', 'b', 'bcd', 'cd', '1:a')), {
  maxLength: 5,
});

describe('audienceKey', () => {
  it('tells {"ab","cd"} from {"a","bcd"}', () => {
    expect(audienceKey(['ab', 'cd'])).not.toBe(audienceKey(['a', 'bcd']));
  });

  it('ignores order and repetition', () => {
    expect(audienceKey(['b', 'a', 'b'])).toBe(audienceKey(['a', 'b']));
  });

  it('is equal exactly for equal sets', () => {
    fc.assert(
      fc.property(audiences, audiences, (left, right) => {
        const [a, b] = [new Set(left), new Set(right)];
        const same = a.size === b.size && [...a].every((value) => b.has(value));
        expect(audienceKey(left) === audienceKey(right)).toBe(same);
      }),
    );
  });
});
