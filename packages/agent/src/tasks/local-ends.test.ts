import { describe, expect, it } from '@jest/globals';
import { AgentRevocations } from '../revocation/agent-revocations.ts';
import { applyEnd } from './local-ends.ts';

describe('the end of a task, in the agent itself', () => {
  it.each([
    { name: 'before what was issued expires', at: 1000 },
    { name: 'long after it, by a clock that is ahead', at: 900_000 },
  ])('counts when it comes $name', ({ at }) => {
    const revocations = new AgentRevocations({ scope: 'task' });
    applyEnd({ taskId: 'a-task', at, issuedUntil: 2000 }, { revocations });
    expect([...revocations.set.values()]).toMatchObject([
      { revokedAt: at, expiresAt: 2300, target: { kind: 'task', taskId: 'a-task' } },
    ]);
  });

  it('leaves nothing behind where nothing was issued', () => {
    const revocations = new AgentRevocations({ scope: 'task' });
    applyEnd({ taskId: 'a-task', at: 1000, issuedUntil: 0 }, { revocations });
    expect(revocations.set.size).toBe(0);
  });
});
