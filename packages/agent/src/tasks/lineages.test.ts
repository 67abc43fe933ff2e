import { describe, expect, it } from '@jest/globals';
import type { UnixPeer } from '@signet/daemon';
import { Lineages } from './lineages.ts';

const peer = { pid: 9 } as UnixPeer;
const parent = { pid: 8, startTime: 80n };
const top = { pid: 2, startTime: 20n };
/** Has the pid of an ancestor, and is another process. */
const later = { pid: 8, startTime: 81n };

function lineages(looks: readonly (readonly string[] | undefined)[]) {
  const state = { climbs: 0, nowMs: 0 };
  const climb = (): ReadonlySet<string> | undefined => {
    const keys = looks[Math.min(state.climbs++, looks.length - 1)];
    return keys && new Set(keys);
  };
  return { state, known: new Lineages(climb, () => state.nowMs) };
}

describe('lineages of callers', () => {
  it('are climbed once for however many tasks', () => {
    const { state, known } = lineages([['8@80', '2@20']]);
    expect([parent, top, later].map((each) => known.isBelow(peer, each))).toEqual([true, true, false]);
    for (let pid = 100; pid < 1_100; pid++) expect(known.isBelow(peer, { pid, startTime: 1n })).toBe(false);
    expect(state.climbs).toBe(1);
  });

  it('are not climbed again on that connection for what was not among them', () => {
    const { state, known } = lineages([[]]);
    for (; state.nowMs < 10_000; state.nowMs += 1_000) expect(known.isBelow(peer, parent)).toBe(false);
    expect(state.climbs).toBe(1);
    expect(known.isBelow({ pid: 9 } as UnixPeer, parent)).toBe(false);
    expect(state.climbs).toBe(2);
  });

  it('get shorter when a parent has ended', () => {
    const { state, known } = lineages([['8@80', '2@20'], ['2@20']]);
    expect(known.isBelow(peer, parent)).toBe(true);
    state.nowMs = 1_000;
    expect([parent, top].map((each) => known.isBelow(peer, each))).toEqual([false, true]);
    expect(state.climbs).toBe(2);
  });

  it('that cannot be told are none, and looked at again only after a while', () => {
    const { state, known } = lineages([undefined, ['8@80']]);
    for (let task = 0; task < 1_000; task++) expect(known.isBelow(peer, parent)).toBe(false);
    expect(state.climbs).toBe(1);
    state.nowMs = 1_000;
    expect(known.isBelow(peer, parent)).toBe(true);
  });
});
