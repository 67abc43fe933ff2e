import { describe, expect, it } from '@jest/globals';
import { type Logger } from '@signet/daemon';
import { distrustWarning } from './distrust-warning.ts';

describe('distrustWarning', () => {
  it('says what to do, once a minute at most', () => {
    const hints: unknown[] = [];
    const logger = { warn: (_message: string, fields: object) => void hints.push(fields) };
    let nowMs = 0;
    const warn = distrustWarning(logger as unknown as Logger, '/var/lib/agent', () => nowMs);
    const error = new Error('no path');
    for (nowMs of [0, 59_999, 60_000]) warn(error);
    expect(hints).toEqual(
      Array(2).fill({ error, hint: expect.stringContaining('delete agent-data.json in /var/lib/agent') }),
    );
  });
});
