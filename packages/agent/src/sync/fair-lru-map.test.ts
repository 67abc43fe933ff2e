import { beforeEach, describe, expect, it } from '@jest/globals';
import { FairLruMap } from './fair-lru-map.ts';

let map: FairLruMap<string>;

const has = (group: string, ...keys: readonly string[]): readonly boolean[] =>
  keys.map((key) => map.get(group, key) !== undefined);

beforeEach(() => {
  map = new FairLruMap(4);
});

describe('FairLruMap', () => {
  it('lets go of what was not used for longest', () => {
    for (const key of ['1', '2', '3', '4']) map.set('a', key, key);
    map.get('a', '1');
    map.set('a', '5', '5');
    expect(map.size).toBe(4);
    expect(has('a', '1', '2', '3', '4', '5')).toEqual([true, false, true, true, true]);
  });

  it('takes from the group that has most, so that one cannot push out another (T30)', () => {
    map.set('quiet', '1', '1');
    for (let key = 0; key < 100; key++) map.set('noisy', String(key), '');
    expect(map.size).toBe(4);
    expect(has('quiet', '1')).toEqual([true]);
    expect(has('noisy', '96', '97', '98', '99')).toEqual([false, true, true, true]);
    map.set('quiet', '2', '2');
    expect(has('quiet', '1', '2')).toEqual([true, true]);
  });

  it('makes room when there are more groups than places', () => {
    for (let group = 0; group < 9; group++) map.set(String(group), 'x', '');
    expect(map.size).toBe(4);
    expect(has('8', 'x')).toEqual([true]);
  });

  it('replaces and deletes', () => {
    map.set('a', '1', 'old');
    map.set('a', '1', 'new');
    map.set('b', '1', 'new');
    expect([map.size, map.get('a', '1')]).toEqual([2, 'new']);
    expect(map.deleteWhere((value) => value === 'new')).toBe(2);
    expect([map.size, map.delete('a', '1')]).toEqual([0, false]);
    map.set('a', '1', '1');
    map.clear();
    expect([map.size, map.get('a', '1')]).toEqual([0, undefined]);
  });
});
