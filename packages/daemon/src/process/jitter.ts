import { randomInt } from 'node:crypto';

const STEPS = 2 ** 32;

/**
 * A value spread evenly around the given one, so that many programs do not act at the same moment.
 *
 * @param share - 0.1 gives ±10 %; clamped to 0…1.
 */
export function jittered(value: number, share: number): number {
  const width = Math.min(Math.max(share, 0), 1);
  return value * (1 - width + (2 * width * randomInt(STEPS)) / STEPS);
}
