import { describe, expect, it } from '@jest/globals';
import { parseSpiffeId, type Revocation } from '@signet/core';
import { type FeedCarrier, type FeedFacts, FeedSession } from './feed-session.ts';
import { type RevocationSource } from './revocation-source.ts';

const agentId = parseSpiffeId('spiffe://example.org/spire/agent/a');

function revocation(sequence: number, spiffeId = 'spiffe://example.org/w'): Revocation {
  const target = { kind: 'subject' as const, spiffeId, isPrefix: false, issuedUntil: 1 };
  return { sequence, reason: 'unspecified', revokedAt: 1, expiresAt: 2, target };
}

/** A source whose list tests change. */
function source(list: Revocation[], latest?: number): RevocationSource {
  return {
    get latest() {
      return latest ?? list.at(-1)?.sequence ?? 0;
    },
    after: (sequence, limit) => list.filter((one) => one.sequence > sequence).slice(0, limit),
    knows: (sequence) => list.some((one) => one.sequence === sequence),
    onChange: () => () => undefined,
  };
}

const carrier: FeedCarrier = { end: () => undefined, cut: () => undefined, isDraining: () => false };

function open(
  revocations: RevocationSource,
  after = 0,
  isFullState = false,
  more: Partial<FeedFacts> = {},
): FeedSession {
  const facts = {
    datastoreId: 'd',
    heartbeatMs: 1000,
    taskLeaseMs: 4000,
    revocations,
    latestChange: () => 7,
    ...more,
  };
  return new FeedSession({
    agentId,
    roots: new Set(),
    facts,
    revocation: { after, isFullState },
    carrier,
  });
}

const isOver = (work: Promise<void>): Promise<boolean> =>
  Promise.race([work.then(() => true), new Promise<boolean>((resolve) => setImmediate(resolve, false))]);
const sequences = (message: ReturnType<FeedSession['next']>) =>
  message.revocations?.map(({ sequence }) => sequence);

describe('FeedSession', () => {
  it('makes one message of all that happened since the last', () => {
    const session = open(source([]));
    expect([session.mark('entries'), session.mark('entries'), session.mark('bundles')]).toEqual([
      true,
      false,
      true,
    ]);
    expect(session.next()).toMatchObject({
      change: 7,
      datastore_id: 'd',
      heartbeat_ms: 1000,
      entries_changed: true,
      bundles_changed: true,
      authorities_changed: false,
    });
    expect(session.next()).toMatchObject({ entries_changed: false, bundles_changed: false });
  });

  it('does not lose a wake-up that comes before anybody waits for it', async () => {
    const session = open(source([]));
    session.wake();
    await session.news();
    session.next();
    const waiting = session.news();
    expect(await isOver(waiting)).toBe(false);
    session.wake();
    await waiting;
  });

  it('sends what came after the position of the agent', () => {
    const list = [revocation(3), revocation(5)];
    const session = open(source(list), 3);
    expect(session.next()).toMatchObject({ is_full_state: false, revocation: 5, more: false });
    expect(session.lacksRevocations).toBe(false);
    list.push(revocation(6));
    expect(sequences(session.next())).toEqual([6]);
    expect(session.next()).not.toHaveProperty('revocations');
  });

  it('sends an empty full state to an agent that holds what does not hold', () => {
    const session = open(source([], 9), 0, true);
    expect(session.next()).toMatchObject({
      revocations: [],
      is_full_state: true,
      revocation: 9,
      more: false,
    });
    expect(session.next()).toMatchObject({ revocation: 9 });
  });

  it('splits a large full state into bounded messages that follow each other at once', async () => {
    const list = Array.from({ length: 4000 }, (_, i) =>
      revocation(i + 1, `spiffe://example.org/${'w'.repeat(100)}/${i}`),
    );
    const session = open(source(list), 0, true);
    const got: unknown[] = [];
    const flags: unknown[] = [];
    for (let more = true; more;) {
      const message = session.next();
      got.push(...(sequences(message) ?? []));
      flags.push(message.is_full_state);
      expect(message.revocations?.length).toBeLessThanOrEqual(1000);
      more = message.more === true;
      expect(await isOver(session.news())).toBe(more);
    }
    expect(got).toEqual(list.map(({ sequence }) => sequence));
    expect(flags.slice(0, 2)).toEqual([true, false]);
    expect(flags.length).toBeGreaterThan(4);
  });

  it('says whether ends of tasks may be unknown', () => {
    let areSettled = false;
    const session = open(source([]), 0, false, { areTasksSettled: () => areSettled });
    expect(session.next()).toMatchObject({ tasks_unsettled: true });
    areSettled = true;
    expect(session.next()).toMatchObject({ tasks_unsettled: false });
  });

  it('takes a bounded number of ended tasks', () => {
    const session = open(source([]));
    const taken = Array.from({ length: 10_001 }, (_, i) => session.taskEnded({ id: `t${i}` }));
    expect(taken.indexOf(false)).toBe(10_000);
    const messages = Array.from({ length: 41 }, () => session.next().ended_tasks ?? []);
    expect(Math.max(...messages.map(({ length }) => length))).toBe(256);
    expect(new Set(messages.flat().map(({ id }) => id)).size).toBe(10_001);
  });
});
