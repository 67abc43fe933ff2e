import { describe, expect, it } from '@jest/globals';
import { driveTasks, lineOf } from '../driver/drive-tasks.ts';
import { figure } from '../kit/figures.ts';

/** Ends that need no clocks and no long waits; `pnpm bench:tasks` drives all of them, with a thousand tasks. */
const CAUSES = ['task.end()', 'process exits', 'process killed', 'operator', 'agent killed', 'network cut'];
/** On a machine that is busy with other tests. */
const WITHIN_MS = 10_000;

describe('a task that has ended', () => {
  it('is refused by everyone, however it ended, also after everything was started anew', async () => {
    const report = await driveTasks({ tasks: 24, batch: 2, causes: CAUSES });
    for (const cause of report.causes) figure(lineOf(cause));
    expect(report.causes.map(({ name }) => name)).toEqual(CAUSES);
    for (const { handshakeMs, cutMs, validateMs, acceptedAgain } of report.causes) {
      expect(acceptedAgain).toEqual([]);
      expect(handshakeMs).toHaveLength(4);
      expect(Math.max(...handshakeMs, ...cutMs, ...validateMs)).toBeLessThan(WITHIN_MS);
    }
    expect(report.acceptedAfterRestart).toEqual([]);
    expect(report.unexpired).toBe(24);
  }, 240_000);
});
