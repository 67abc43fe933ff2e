import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AuthorityKind, SlotName, SlotStatus } from './authority.ts';
import {
  activateMargin,
  nextCheckDelayMs,
  planRotation,
  prepareMargin,
  retryDelayMs,
  type RotationAction,
  type SlotView,
} from './rotation-plan.ts';

const DAY = 86_400;
const NOW = 1_800_000_000;

interface Slot extends SlotView {
  readonly kind: AuthorityKind;
}

const slot = (name: SlotName, status: SlotStatus, issuedAt: number, expiresAt: number): Slot => ({
  kind: 'x509',
  slot: name,
  status,
  issuedAt,
  expiresAt,
});

const isUsable = (held: Slot, now: number): boolean => held.issuedAt - 10 <= now && now < held.expiresAt;

/** What the rotator does with an action, without keys and stores. */
function apply(slots: readonly Slot[], action: RotationAction, now: number, ttl: number): readonly Slot[] {
  const rest = slots.filter((held) => held.slot !== action.slot);
  if (action.do === 'prepare')
    return [...rest, slot(action.slot, 'prepared', Math.floor(now), Math.floor(now) + ttl)];
  const prepared = slots.find((held) => held.slot === action.slot)!;
  return [
    ...rest.map((held) => (held.status === 'active' ? { ...held, status: 'old' as const } : held)),
    { ...prepared, status: 'active' },
  ];
}

function settle(
  slots: readonly Slot[],
  now: number,
  ttl: number,
): { slots: readonly Slot[]; actions: RotationAction[] } {
  const actions: RotationAction[] = [];
  for (let action = planRotation('x509', slots, now); action; action = planRotation('x509', slots, now)) {
    actions.push(action);
    if (actions.length > 4) throw new Error('does not come to rest');
    slots = apply(slots, action, now, ttl);
  }
  return { slots, actions };
}

describe('thresholds', () => {
  it.each([
    { lifetime: DAY, prepare: DAY / 2, activate: DAY / 6 },
    { lifetime: 365 * DAY, prepare: 30 * DAY, activate: 7 * DAY },
    { lifetime: 20, prepare: 10, activate: 20 / 6 },
  ])('of an authority that lives $lifetime s', ({ lifetime, prepare, activate }) => {
    expect(prepareMargin(lifetime)).toBe(prepare);
    expect(activateMargin(lifetime)).toBe(activate);
  });
});

describe('planRotation', () => {
  const active = slot('A', 'active', NOW, NOW + DAY);
  const prepared = slot('B', 'prepared', NOW + DAY / 2, NOW + DAY / 2 + DAY);
  it.each([
    { name: 'nothing there', slots: [], at: 0, expected: { do: 'prepare', slot: 'A' } },
    {
      name: 'first one prepared',
      slots: [slot('A', 'prepared', NOW, NOW + DAY)],
      at: 0,
      expected: { do: 'activate', slot: 'A' },
    },
    { name: 'fresh', slots: [active], at: 100, expected: undefined },
    { name: 'exactly half', slots: [active], at: DAY / 2, expected: undefined },
    { name: 'past half', slots: [active], at: DAY / 2 + 1, expected: { do: 'prepare', slot: 'B' } },
    { name: 'past half, successor there', slots: [active, prepared], at: DAY / 2 + 1, expected: undefined },
    { name: 'exactly a sixth left', slots: [active, prepared], at: (DAY * 5) / 6, expected: undefined },
    {
      name: 'less than a sixth left',
      slots: [active, prepared],
      at: (DAY * 5) / 6 + 1,
      expected: { do: 'activate', slot: 'B' },
    },
    {
      name: 'old in the other slot',
      slots: [active, slot('B', 'old', NOW - DAY, NOW + 60)],
      at: DAY / 2 + 1,
      expected: { do: 'prepare', slot: 'B' },
    },
    {
      name: 'expired, successor there',
      slots: [active, prepared],
      at: DAY,
      expected: { do: 'activate', slot: 'B' },
    },
    { name: 'expired, alone', slots: [active], at: DAY, expected: { do: 'prepare', slot: 'B' } },
    {
      name: 'clock set back before it was made',
      slots: [active],
      at: -11,
      expected: { do: 'prepare', slot: 'B' },
    },
    { name: 'clock a little behind', slots: [active], at: -10, expected: undefined },
    {
      name: 'clock set back before both',
      slots: [active, prepared],
      at: -3600,
      expected: { do: 'prepare', slot: 'A' },
    },
    { name: 'both expired', slots: [active, prepared], at: 3 * DAY, expected: { do: 'prepare', slot: 'A' } },
  ] as const)('$name', ({ slots, at, expected }) => {
    expect(planRotation('x509', slots, NOW + at)).toEqual(expected && { kind: 'x509', ...expected });
  });

  const slots = fc
    .record({
      a: fc.option(
        fc.tuple(
          fc.constantFrom<SlotStatus>('prepared', 'active', 'old'),
          fc.nat(3000),
          fc.integer({ min: 1, max: 3000 }),
        ),
      ),
      b: fc.option(
        fc.tuple(
          fc.constantFrom<SlotStatus>('prepared', 'active', 'old'),
          fc.nat(3000),
          fc.integer({ min: 1, max: 3000 }),
        ),
      ),
    })
    .filter(({ a, b }) => !(a?.[0] === 'active' && b?.[0] === 'active'))
    .map(({ a, b }) =>
      [
        a && slot('A', a[0], NOW + a[1], NOW + a[1] + a[2]),
        b && slot('B', b[0], NOW + b[1], NOW + b[1] + b[2]),
      ].filter((s) => !!s),
    );

  it('comes to rest with exactly one usable active authority, from any state at any time', () => {
    fc.assert(
      fc.property(
        slots,
        fc.double({ min: 0, max: 7000, noNaN: true }),
        fc.integer({ min: 2, max: 5000 }),
        (start, at, ttl) => {
          const { slots: rested, actions } = settle(start, NOW + at, ttl);
          const usable = rested.filter((held) => held.status === 'active' && isUsable(held, NOW + at));
          expect(usable).toHaveLength(1);
          expect(actions.length).toBeLessThanOrEqual(3);
        },
      ),
    );
  });

  it('never prepares into the slot of a usable active authority, never activates what was not prepared', () => {
    fc.assert(
      fc.property(slots, fc.double({ min: 0, max: 7000, noNaN: true }), (start, at) => {
        const action = planRotation('x509', start, NOW + at);
        const target = start.find((held) => held.slot === action?.slot);
        if (action?.do === 'prepare')
          expect(target?.status === 'active' && isUsable(target, NOW + at)).toBe(false);
        if (action?.do === 'activate') expect(target?.status).toBe('prepared');
      }),
    );
  });

  it.each([2, 6, 20, 60, DAY, 400 * DAY])(
    'T10: 50 rotations of %i s: checked when asked for, never without an authority',
    (ttl) => {
      let now = NOW;
      let held: readonly Slot[] = [];
      let rotations = 0;
      while (rotations < 50) {
        const rested = settle(held, now, ttl);
        held = rested.slots;
        rotations += rested.actions.filter((action) => action.do === 'activate').length;
        const active = held.find((one) => one.status === 'active')!;
        const successor = held.find((one) => one.status === 'prepared');
        const delay = nextCheckDelayMs(held, ['x509'], now) / 1000;
        expect(active.expiresAt).toBeGreaterThan(now);
        // What takes over was published for a good part of its predecessor's life.
        if (rested.actions.some((action) => action.do === 'activate') && rotations > 1)
          expect(successor).toBeUndefined();
        now += ttl > 1000 ? Math.max(delay, ttl / 500) : delay;
      }
    },
  );
});

describe('nextCheckDelayMs', () => {
  it.each([
    { name: 'a day: the 10 s grid', held: [slot('A', 'active', NOW, NOW + DAY)], at: 0, expected: 10_000 },
    { name: '12 s: at half of it', held: [slot('A', 'active', NOW, NOW + 12)], at: 0, expected: 6_001 },
    { name: 'due now', held: [slot('A', 'active', NOW, NOW + 12)], at: 7, expected: 100 },
    { name: 'nothing at all', held: [], at: 0, expected: 100 },
    {
      name: 'with a successor: at a sixth',
      held: [slot('A', 'active', NOW, NOW + 12), slot('B', 'prepared', NOW + 6, NOW + 18)],
      at: 6,
      expected: 4_001,
    },
  ])('$name', ({ held, at, expected }) => {
    expect(nextCheckDelayMs(held, ['x509'], NOW + at)).toBeCloseTo(expected, 0);
  });

  it('waits after a failure, but not past the life of what is there', () => {
    expect(retryDelayMs([])).toBe(10_000);
    expect(retryDelayMs([slot('A', 'active', NOW, NOW + 20)])).toBe(1_000);
    expect(retryDelayMs([slot('A', 'active', NOW, NOW + DAY)])).toBe(10_000);
  });
});
