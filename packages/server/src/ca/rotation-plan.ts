import type { Seconds, UnixSeconds } from '@signet/core';
import {
  BACKDATE_SECONDS,
  lifetimeOf,
  otherSlot,
  type AuthorityKind,
  type SlotName,
  type SlotStatus,
} from './authority.ts';

const DAY = 86_400;
const CHECK_MS = 10_000;
const SHORTEST_DELAY_MS = 100;

/** What rotation needs to know of an authority in a slot. */
export interface SlotView {
  readonly slot: SlotName;
  readonly status: SlotStatus;
  readonly issuedAt: UnixSeconds;
  readonly expiresAt: UnixSeconds;
}

/** One step towards a fresh active authority. */
export interface RotationAction {
  readonly do: 'prepare' | 'activate';
  readonly kind: AuthorityKind;
  readonly slot: SlotName;
}

/** A successor is made and published when less than this is left: half the lifetime, 30 days at most. */
export function prepareMargin(lifetime: Seconds): Seconds {
  return Math.min(lifetime / 2, 30 * DAY);
}

/** The successor takes over when less than this is left: a sixth of the lifetime, 7 days at most. */
export function activateMargin(lifetime: Seconds): Seconds {
  return Math.min(lifetime / 6, 7 * DAY);
}

/** An authority made by a clock that has since been set back is of no more use than an expired one. */
function isUsable(slot: SlotView, now: number): boolean {
  return slot.issuedAt - BACKDATE_SECONDS <= now && now < slot.expiresAt;
}

/**
 * The next step for one kind of authority, or undefined when nothing is due.
 *
 * Carried out repeatedly at one moment it ends after at most three steps. Without a usable active authority the
 * prepared one takes over at once, whatever its age.
 *
 * @param now - may have a fraction: short-lived authorities rotate between whole seconds.
 * @spec SPIRE rotation thresholds
 */
export function planRotation(
  kind: AuthorityKind,
  slots: readonly SlotView[],
  now: number,
): RotationAction | undefined {
  const usable = slots.filter((slot) => isUsable(slot, now));
  const active = usable.find((slot) => slot.status === 'active');
  const prepared = usable.find((slot) => slot.status === 'prepared');
  if (active === undefined) {
    return prepared
      ? { do: 'activate', kind, slot: prepared.slot }
      : { do: 'prepare', kind, slot: slotToFill(slots) };
  }
  const left = active.expiresAt - now;
  if (prepared === undefined) {
    const due = left < prepareMargin(lifetimeOf(active));
    return due ? { do: 'prepare', kind, slot: otherSlot(active.slot) } : undefined;
  }
  return left < activateMargin(lifetimeOf(active))
    ? { do: 'activate', kind, slot: prepared.slot }
    : undefined;
}

/**
 * How long to wait before the next check: until something is due, 10 s at most.
 *
 * The clock is looked at again within 10 s, so a jump of the wall clock is noticed; short-lived authorities are not
 * left to that grid.
 */
export function nextCheckDelayMs(
  slots: readonly (SlotView & { kind: AuthorityKind })[],
  kinds: readonly AuthorityKind[],
  now: number,
): number {
  const due = kinds.map((kind) =>
    nextRotationAt(
      slots.filter((slot) => slot.kind === kind),
      now,
    ),
  );
  return clampDelay((Math.min(...due) - now) * 1000 + 1);
}

/** How long to wait after a failure: a twentieth of the shortest lifetime, 10 s at most. */
export function retryDelayMs(slots: readonly SlotView[]): number {
  return clampDelay(Math.min(...slots.map((slot) => lifetimeOf(slot) * 50)));
}

/** When `planRotation` will next ask for something; in the past when it does already. */
function nextRotationAt(slots: readonly SlotView[], now: number): number {
  const usable = slots.filter((slot) => isUsable(slot, now));
  const active = usable.find((slot) => slot.status === 'active');
  if (active === undefined) return now;
  const prepared = usable.find((slot) => slot.status === 'prepared');
  const lifetime = lifetimeOf(active);
  if (prepared === undefined) return active.expiresAt - prepareMargin(lifetime);
  return Math.min(active.expiresAt - activateMargin(lifetime), prepared.expiresAt);
}

function clampDelay(delayMs: number): number {
  return Math.min(Math.max(delayMs, SHORTEST_DELAY_MS), CHECK_MS);
}

/** Keeps what expired last, should its signatures still be looked at. */
function slotToFill(slots: readonly SlotView[]): SlotName {
  const latest = slots.toSorted((a, b) => b.expiresAt - a.expiresAt)[0];
  return latest === undefined ? 'A' : otherSlot(latest.slot);
}
