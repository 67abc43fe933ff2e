import { describe, expect, it } from '@jest/globals';
import { type ChangeNews, RecentChanges } from './recent-changes.ts';

const news = (parent: string): ChangeNews => ({ of: 'entry', parents: [parent] });
const sequences = (changes: RecentChanges, after: number) =>
  changes.since(after)?.map(({ sequence }) => sequence);

describe('RecentChanges', () => {
  const recent = new RecentChanges(10, 12, [
    { sequence: 11, news: news('a') },
    { sequence: 12, news: undefined },
  ]);
  recent.add(13, news('b'));

  it.each<[string, number, readonly number[] | undefined]>([
    ['everything that is known', 10, [11, 13]],
    ['what came after', 12, [13]],
    ['nothing for who is current', 13, []],
    ['not known: older than what is kept', 9, undefined],
    ['not known: newer than anything there is', 14, undefined],
  ])('gives %s', (_name, after, expected) => {
    expect(sequences(recent, after)).toEqual(expected);
  });

  it('remembers nothing that means nothing, however much of it comes', () => {
    const changes = new RecentChanges(0, 0, []);
    changes.add(1, news('a'));
    for (let sequence = 2; sequence <= 20_000; sequence++) changes.add(sequence, undefined);
    expect(sequences(changes, 0)).toEqual([1]);
    expect(sequences(changes, 20_000)).toEqual([]);
    expect(changes.latest).toBe(20_000);
  });

  it('keeps a bounded number, and knows from where on', () => {
    const many = new RecentChanges(0, 0, []);
    for (let sequence = 1; sequence <= 100_000; sequence++) many.add(sequence, news('a'));
    expect(many.since(1)).toBeUndefined();
    expect(many.since(100_000 - 4096)).toHaveLength(4096);
    const oldest = Array.from({ length: 10_000 }, (_, i) => 90_000 + i).find(
      (after) => many.since(after) !== undefined,
    );
    expect(sequences(many, oldest as number)?.[0]).toBe((oldest as number) + 1);
    expect(many.since(oldest as number)?.length).toBeLessThanOrEqual(2 * 4096);
  });
});
