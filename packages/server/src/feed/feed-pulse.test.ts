import { describe, expect, it } from '@jest/globals';
import { FeedPulse } from './feed-pulse.ts';

describe('FeedPulse', () => {
  it.each([1_000, 5_000, 60_000])(
    'has a message due before a heartbeat of %s ms is over, not always at once',
    (beat) => {
      const due = Array.from({ length: 200 }, () => {
        const pulse = new FeedPulse(beat, 0);
        pulse.told(0);
        let at = 0;
        while (!pulse.isDue(at)) at += 10;
        return at;
      });
      expect(Math.min(...due)).toBeGreaterThanOrEqual(beat * 0.7);
      expect(Math.max(...due)).toBeLessThanOrEqual(beat - 190);
      expect(new Set(due).size).toBeGreaterThan(3);
    },
  );

  it('has none due while one is on its way', () => {
    const pulse = new FeedPulse(1_000, 0);
    pulse.told(0);
    pulse.telling(500);
    expect(pulse.isDue(1_000_000)).toBe(false);
  });

  it.each<[string, (pulse: FeedPulse) => void, string | undefined]>([
    ['nothing', (pulse) => pulse.heard(2_000), undefined],
    ['silence', () => undefined, 'the agent is silent'],
    [
      'what it does not take, though it speaks',
      (pulse) => {
        pulse.telling(1_000);
        pulse.heard(4_000);
      },
      'the agent does not read',
    ],
    [
      'nothing once it has taken it',
      (pulse) => {
        pulse.telling(1_000);
        pulse.told(3_900);
        pulse.heard(4_000);
      },
      undefined,
    ],
  ])('complains of %s after three heartbeats', (_name, happen, expected) => {
    const pulse = new FeedPulse(1_000, 0);
    happen(pulse);
    expect(pulse.complaint(4_001)).toBe(expected);
  });
});
