import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DueQueue } from './due-queue.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e'];
const step = fc.oneof(
  fc.record({ do: fc.constant('set' as const), id: fc.constantFrom(...NAMES), at: fc.nat(50) }),
  fc.record({ do: fc.constant('delete' as const), id: fc.constantFrom(...NAMES) }),
  fc.record({ do: fc.constant('take' as const), now: fc.nat(50), limit: fc.integer({ min: 1, max: 4 }) }),
);

describe('DueQueue', () => {
  it('gives what a list would give that is searched each time', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const queue = new DueQueue();
        const list = new Map<string, number>();
        for (const each of steps) {
          if (each.do === 'set') {
            queue.set(each.id, each.at);
            list.set(each.id, each.at);
          } else if (each.do === 'delete') {
            queue.delete(each.id);
            list.delete(each.id);
          } else {
            const taken = queue.take(each.now, each.limit);
            const due = [...list.values()].filter((at) => at <= each.now).toSorted((a, b) => a - b);
            expect(taken.map((id) => list.get(id))).toEqual(due.slice(0, each.limit));
            for (const id of taken) list.delete(id);
          }
          expect(queue.size).toBe(list.size);
        }
      }),
    );
  });

  it('forgets what was replaced, and still knows the rest', () => {
    const queue = new DueQueue();
    for (let at = 10_000; at > 0; at--) queue.set(`${at % 100}`, at);
    expect(queue.take(100, 200)).toHaveLength(100);
    expect(queue.take(100_000, 200)).toEqual([]);
  });
});
