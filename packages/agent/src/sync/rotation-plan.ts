import type { Seconds, UnixSeconds } from '@signet/core';

/** From when until when a certificate or token is valid. */
export interface Lifetime {
  readonly notBefore: UnixSeconds;
  readonly notAfter: UnixSeconds;
}

/** How early material is renewed. */
export interface RotationPolicy {
  /** renewed so early that this much life is always left, when lives are long enough for it; absent: at half life. */
  readonly availabilityTarget?: Seconds;
}

// Issuers, SPIRE's and ours, date certificates back by this much for the sake of clocks that are slow.
const BACKDATE: Seconds = 10;
const JITTER_SHARE = 0.1;
const TARGET_JITTER: Seconds = 600;
const TARGET_GRACE: Seconds = 12 * 3600;

/** The part of a certificate's life that it can be used in: what it was dated back by is over when it arrives. */
export function livedFromIssue({ notBefore, notAfter }: Lifetime): Lifetime {
  return notAfter - notBefore > BACKDATE
    ? { notBefore: notBefore + BACKDATE, notAfter }
    : { notBefore, notAfter };
}

/**
 * When material is due for renewal: at half of its life, a tenth of that half earlier or later.
 *
 * With an availability target, and a life at least 12 h longer than it, the earlier of half life and
 * "target, and up to 10 minutes, left".
 *
 * @param draw - in [0, 1), drawn once for each piece of material so that a fleet does not move in step.
 * @spec SPIRE server API §13, rotation
 */
export function rotationDueAt(life: Lifetime, draw: number, policy: RotationPolicy = {}): UnixSeconds {
  const lifetime = Math.max(0, life.notAfter - life.notBefore);
  const left = (lifetime / 2) * (1 + JITTER_SHARE * (1 - 2 * draw));
  return life.notAfter - Math.max(left, targetLeft(lifetime, draw, policy.availabilityTarget));
}

function targetLeft(lifetime: Seconds, draw: number, target: Seconds | undefined): Seconds {
  if (target === undefined || lifetime - target < TARGET_GRACE) return 0;
  return target + TARGET_JITTER * draw;
}
