import { describe, expect, it } from '@jest/globals';
import { type ObservedRow, WriteHistory } from './write-history.ts';

const row = (key: string, value: string, revision = 1n): ObservedRow => ({ key, value, revision });

/** a: updated once; b: deleted; c: its update and d: its creation got no answer. */
function sampleHistory(): WriteHistory {
  const history = new WriteHistory();
  history.written('a', 'a1', 0n);
  history.written('a', 'a2', 1n);
  history.written('b', 'b1', 0n);
  history.deleted('b');
  history.written('c', 'c1', 0n);
  history.unanswered('c', 'c2');
  history.unanswered('d', 'd1');
  return history;
}

describe('a write history accepts', () => {
  it.each<[string, ObservedRow[]]>([
    ['a store where unanswered writes did not happen', [row('a', 'a2'), row('c', 'c1', 0n)]],
    ['a store where they did', [row('a', 'a2'), row('c', 'c2'), row('d', 'd1', 0n)]],
  ])('%s, and then expects that to stay', (_, store) => {
    const history = sampleHistory();
    expect(history.check(store)).toEqual([]);
    expect(history.check(store)).toEqual([]);
    expect(history.check(store.slice(0, -1))).toHaveLength(1);
  });
});

describe('a write history reports', () => {
  it.each<[string, ObservedRow[], string]>([
    ['a lost update', [row('a', 'a1'), row('c', 'c1', 0n)], 'a: is a1, was answered as a2'],
    ['a lost creation', [row('c', 'c1', 0n)], 'a: is absent, was answered as a2'],
    [
      'a row that came back',
      [row('a', 'a2'), row('b', 'b1'), row('c', 'c1', 0n)],
      'b: is b1, was answered as absent',
    ],
    ['a row of nobody', [row('a', 'a2'), row('c', 'c1', 0n), row('x', 'x1')], 'x: nobody created it'],
    ['a row that is there twice', [row('a', 'a2'), row('a', 'a2'), row('c', 'c1', 0n)], 'a: there twice'],
    [
      'a revision that went back',
      [row('a', 'a2', 0n), row('c', 'c1', 0n)],
      'a: revision 0 of a2, was 1 of a2',
    ],
    ['a change without a revision', [row('a', 'a2'), row('c', 'c2', 0n)], 'c: revision 0 of c2, was 0 of c1'],
  ])('%s', (_, store, violation) => {
    expect(sampleHistory().check(store)).toEqual([violation]);
  });

  it('an answer whose revision does not rise', () => {
    const history = new WriteHistory();
    history.written('a', 'a1', 3n);
    history.written('a', 'a2', 3n);
    expect(history.check([row('a', 'a2', 3n)])).toEqual(['a: revision 3 does not rise above 3']);
  });

  it('a serial that was issued twice, and a write refused without need', () => {
    const history = new WriteHistory();
    history.issued('1');
    history.issued('2');
    history.issued('1');
    history.refused('a', 'not found');
    expect(history.check([])).toEqual(['serial 1 was issued twice', 'a: not found']);
    expect(history.issuedCount).toBe(2);
  });
});
