import { describe, expect, it } from '@jest/globals';
import { crlProblem, crlWarning } from './crl-problem.ts';

const NOW = 1_800_000_000;

describe('CRLs that cannot be made', () => {
  it.each([
    ['nothing while all are made', [], undefined, undefined],
    ['a warning while the last good one holds', [NOW + 1], undefined, 'authority a0:'],
    ['a failure when it has run out', [NOW], 'authority a0:', undefined],
    ['a failure where there never was one', [0], 'authority a0:', undefined],
    ['of each what is its own', [0, NOW + 1, NOW - 1], 'authority a0, a2:', 'authority a1:'],
  ])('are %s', (_name, ends, problem, warning) => {
    const faults = ends.map((until, at) => ({ authorityId: `a${at}`, until }));
    const said = (text: string | undefined) =>
      text === undefined ? undefined : /authority[^:]*:/.exec(text)?.[0];
    expect([said(crlProblem(faults, NOW)), said(crlWarning(faults, NOW))]).toEqual([problem, warning]);
  });
});
