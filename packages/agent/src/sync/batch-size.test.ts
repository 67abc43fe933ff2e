import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MAX_BATCH, nextBatchSize } from './batch-size.ts';

describe('nextBatchSize', () => {
  it.each([
    { size: 500, succeeded: true, next: 500 },
    { size: 500, succeeded: false, next: 250 },
    { size: 1, succeeded: false, next: 1 },
    { size: 200, succeeded: true, next: 400 },
  ])('$size after success=$succeeded is $next', ({ size, succeeded, next }) => {
    expect(nextBatchSize(size, succeeded)).toBe(next);
  });

  it('stays within bounds whatever happens', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean()), (outcomes) => {
        const size = outcomes.reduce(nextBatchSize, MAX_BATCH);
        expect(size).toBeGreaterThanOrEqual(1);
        expect(size).toBeLessThanOrEqual(MAX_BATCH);
      }),
    );
  });
});
