import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { livedFromIssue, rotationDueAt } from './rotation-plan.ts';

const HOUR = 3600;

describe('rotationDueAt', () => {
  it.each([
    { name: 'middle draw is half life', life: HOUR, draw: 0.5, target: undefined, left: HOUR / 2 },
    { name: 'lowest draw is early', life: HOUR, draw: 0, target: undefined, left: HOUR * 0.55 },
    {
      name: 'a target without grace is ignored',
      life: 30 * HOUR,
      draw: 0.5,
      target: 24 * HOUR,
      left: 15 * HOUR,
    },
    {
      name: 'a target with grace wins',
      life: 36 * HOUR,
      draw: 0.5,
      target: 24 * HOUR,
      left: 24 * HOUR + 300,
    },
    {
      name: 'half life wins when it leaves more',
      life: 96 * HOUR,
      draw: 0.5,
      target: 24 * HOUR,
      left: 48 * HOUR,
    },
  ])('$name', ({ life, draw, target, left }) => {
    const policy = target === undefined ? {} : { availabilityTarget: target };
    const due = rotationDueAt({ notBefore: 1000, notAfter: 1000 + life }, draw, policy);
    expect(1000 + life - due).toBeCloseTo(left, 3);
  });

  it('is always between 45 % and 55 % of the life', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 1e6 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (life, draw) => {
          const due = rotationDueAt({ notBefore: 0, notAfter: life }, draw);
          expect(due / life).toBeGreaterThanOrEqual(0.4499);
          expect(due / life).toBeLessThanOrEqual(0.5501);
        },
      ),
    );
  });
});

describe('livedFromIssue', () => {
  it.each([
    { name: 'a short life is counted from its issue', life: { notBefore: 90, notAfter: 110 }, from: 100 },
    { name: 'an hour loses its ten seconds', life: { notBefore: 90, notAfter: 3700 }, from: 100 },
    { name: 'what is not even that long stays as it is', life: { notBefore: 90, notAfter: 100 }, from: 90 },
  ])('$name', ({ life, from }) => {
    expect(livedFromIssue(life)).toEqual({ notBefore: from, notAfter: life.notAfter });
  });
});
