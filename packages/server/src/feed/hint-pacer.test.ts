import { describe, expect, it } from '@jest/globals';
import { HintPacer } from './hint-pacer.ts';

function paced(atOnce: number) {
  const woken: string[] = [];
  const planned: { delayMs: number; run: () => void }[] = [];
  const pacer = new HintPacer({ atOnce, everyMs: 20 }, (delayMs, run) => void planned.push({ delayMs, run }));
  const make = (name: string) => ({ wake: () => void woken.push(name) });
  return { pacer, woken, planned, make, pass: () => planned.shift()?.run() };
}

describe('HintPacer', () => {
  it('wakes the first ones without delay, the others in steps', () => {
    const { pacer, woken, planned, make, pass } = paced(2);
    for (const name of ['a', 'b', 'c', 'd', 'e']) pacer.add(make(name));
    expect(planned.map(({ delayMs }) => delayMs)).toEqual([0]);
    pass();
    expect([woken, planned.map(({ delayMs }) => delayMs)]).toEqual([['a', 'b'], [20]]);
    pass();
    pass();
    expect(woken).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('wakes each once, however often it is added', () => {
    const { pacer, woken, make, pass } = paced(2);
    const a = make('a');
    for (let i = 0; i < 1000; i++) pacer.add(a);
    pass();
    pass();
    expect(woken).toEqual(['a']);
  });

  it('keeps the distance to what was just woken, then stops', () => {
    const { pacer, woken, planned, make, pass } = paced(1);
    pacer.add(make('a'));
    pass();
    pacer.add(make('b'));
    expect([woken, planned.map(({ delayMs }) => delayMs)]).toEqual([['a'], [20]]);
    pass();
    expect(woken).toEqual(['a', 'b']);
    pass();
    expect(planned).toEqual([]);
    pacer.add(make('c'));
    expect(planned.map(({ delayMs }) => delayMs)).toEqual([0]);
  });

  it('forgets who has gone', () => {
    const { pacer, woken, make, pass } = paced(2);
    const a = make('a');
    pacer.add(a);
    pacer.remove(a);
    pass();
    expect(woken).toEqual([]);
  });
});
