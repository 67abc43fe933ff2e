import { describe, expect, it } from '@jest/globals';
import type { JwtSvid } from '@signet/core';
import { AgentRevocations } from './agent-revocations.ts';

const HEARTBEAT_MS = 1_000;

/** A token that was issued in a task, as far as revocation looks at it. */
const ofTask = {
  claims: new Map([['task', 'AAAAAAAAAAAAAAAAAAAAAA']]),
  id: { uri: 'spiffe://example.org/a' },
} as unknown as JwtSvid;

describe('AgentRevocations while the server does not know the ends of all tasks', () => {
  it('grow older, although the server speaks', () => {
    let nowMs = 10_000;
    const revocations = new AgentRevocations({ scope: 'task' }, () => nowMs);
    revocations.contact(nowMs, HEARTBEAT_MS);
    revocations.lost();
    nowMs += 2_000;
    revocations.unsettled(HEARTBEAT_MS);
    expect(revocations.freshness()).toMatchObject({ ageMs: 2_000, isStale: false });
    nowMs += 1_001;
    revocations.unsettled(HEARTBEAT_MS);
    expect(revocations.freshness()).toMatchObject({ ageMs: 3_001, isStale: true });
    expect(revocations.refusalOfJwt(ofTask)?.code).toBe('ERR_REVOCATIONS_STALE');
    revocations.contact(nowMs, HEARTBEAT_MS);
    expect(revocations.freshness()).toMatchObject({ ageMs: 0, isStale: false });
    expect(revocations.refusalOfJwt(ofTask)).toBeUndefined();
  });

  it('are too old when they never were current', () => {
    const revocations = new AgentRevocations({ scope: 'task' }, () => 10);
    revocations.unsettled(HEARTBEAT_MS);
    expect(revocations.freshness()).toMatchObject({ ageMs: Infinity, isSupported: true, isStale: true });
    expect(revocations.refusalOfJwt(ofTask)?.code).toBe('ERR_REVOCATIONS_STALE');
  });
});
