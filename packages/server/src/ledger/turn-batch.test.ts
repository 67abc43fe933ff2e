import { describe, expect, it } from '@jest/globals';
import { TurnBatch } from './turn-batch.ts';

describe('TurnBatch', () => {
  it('hands on what comes in one turn at once, in order', async () => {
    const handed: (readonly number[])[] = [];
    const batch = new TurnBatch<number>((items) => void handed.push(items));
    await Promise.all([batch.add([1]), Promise.resolve().then(() => batch.add([2, 3]))]);
    await batch.add([4]);
    expect(handed).toEqual([[1, 2, 3], [4]]);
  });

  it('tells everybody of the turn when that fails, and goes on', async () => {
    let isBroken = true;
    const batch = new TurnBatch<number>(() => {
      if (isBroken) throw new Error('broken');
    });
    const outcomes = await Promise.allSettled([batch.add([1]), batch.add([2])]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isBroken = false;
    await batch.add([3]);
  });

  it('tells when the turn is over, however it ended', async () => {
    const handed: (readonly number[])[] = [];
    const batch = new TurnBatch<number>((items) => {
      handed.push(items);
      throw new Error('broken');
    });
    await batch.over();
    const added = batch.add([1]);
    added.catch(() => undefined);
    await batch.over();
    expect(handed).toEqual([[1]]);
  });
});
