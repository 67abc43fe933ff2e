import { describe, expect, it } from '@jest/globals';
import { HeldTasks } from './held-tasks.ts';

interface Named {
  readonly task: { readonly id: string; readonly parentId: string };
}

function tasksOf(...pairs: readonly (readonly [id: string, parentId: string])[]): HeldTasks<Named> {
  const tasks = new HeldTasks<Named>();
  for (const [id, parentId] of pairs) tasks.add({ task: { id, parentId } });
  return tasks;
}

const ids = (found: readonly Named[]): readonly string[] => found.map(({ task }) => task.id);

describe('tasks and those below them', () => {
  const family = (): HeldTasks<Named> =>
    tasksOf(['a', ''], ['b', 'a'], ['c', 'a'], ['d', 'b'], ['x', ''], ['y', 'x']);

  it('are found by their parents', () => {
    const tasks = family();
    expect(ids(tasks.childrenOf('a'))).toEqual(['b', 'c']);
    expect(ids(tasks.below('a'))).toEqual(['b', 'c', 'd']);
    expect(ids(tasks.below('d'))).toEqual([]);
    expect(['b', 'd', 'y', 'a', 'none'].map((id) => tasks.isBelow(id, 'a'))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('are not found any more when they are over', () => {
    const tasks = family();
    for (const id of ['b', 'c']) tasks.delete(tasks.get(id) as Named);
    expect(ids(tasks.below('a'))).toEqual([]);
    expect(tasks.isBelow('d', 'a')).toBe(false);
    expect(ids(tasks.childrenOf('b'))).toEqual(['d']);
    expect([tasks.size, tasks.has('b'), tasks.has('d')]).toEqual([4, false, true]);
  });

  it('without a parent are below nothing', () => {
    expect(ids(family().childrenOf(''))).toEqual([]);
  });
});
