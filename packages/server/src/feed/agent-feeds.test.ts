import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import {
  parseSelector,
  parseSpiffeId,
  parseTrustDomain,
  type RegistrationEntry,
  type SpiffeId,
} from '@signet/core';
import { noMetrics } from '@signet/daemon';
import { openEntryIndex } from '../authz/entry-index.ts';
import { type AttestedNode } from '../datastore/agent-store.ts';
import { type Change } from '../datastore/change-log.ts';
import { type Datastore } from '../datastore/datastore.ts';
import { AgentFeeds, type ResumePoint } from './agent-feeds.ts';
import { type FeedCarrier, type FeedSession } from './feed-session.ts';
import { noRevocations } from './revocation-source.ts';
import { noStatusDocuments } from './status-documents.ts';

/** Without the number that committing gives it. */
type Unnumbered<Of = Change> = Of extends Change ? Omit<Of, 'sequence'> : never;

const trustDomain = parseTrustDomain('example.org');
const clock = { nowMs: () => 1_000_000 };
const A = id('/spire/agent/a');
const B = id('/spire/agent/b');

function id(path: string): SpiffeId {
  return parseSpiffeId(`spiffe://example.org${path}`);
}

function entry(
  entryId: string,
  parentId: SpiffeId,
  fields: Partial<RegistrationEntry> = {},
): RegistrationEntry {
  return {
    id: entryId,
    parentId,
    spiffeId: id(`/w/${entryId}`),
    selectors: [parseSelector('unix:uid:1')],
    x509SvidTtl: 0,
    jwtSvidTtl: 0,
    federatesWith: [],
    admin: false,
    downstream: false,
    expiresAt: 0,
    dnsNames: [],
    revisionNumber: 0,
    storeSvid: false,
    hint: '',
    createdAt: 1,
    disableX509SvidPrefetch: false,
    jwtSvidIncludeJti: false,
    ...fields,
  };
}

function node(agentId: SpiffeId, ...selectors: string[]): AttestedNode {
  return {
    id: agentId,
    attestationType: 't',
    serialNumber: '1',
    expiresAt: 2_000,
    newSerialNumber: '',
    newExpiresAt: 0,
    canReattest: true,
    agentVersion: '',
    selectors: selectors.map(parseSelector),
  };
}

/** A datastore as far as feeds see it, with an index that follows it as the server's does. */
async function store(recorded: readonly Change[] = []) {
  let sequence = recorded.at(-1)?.sequence ?? 0;
  const listeners: ((changes: readonly Change[]) => void)[] = [];
  const nothing = () => Promise.resolve({ items: [], nextPageToken: '' });
  const datastore = {
    id: 'this',
    entries: { list: nothing },
    agents: { list: nothing },
    changes: {
      latest: () => Promise.resolve(sequence),
      newest: () =>
        Promise.resolve({ completeAfter: (recorded[0]?.sequence ?? sequence + 1) - 1, changes: recorded }),
      onCommit: (listener: (changes: readonly Change[]) => void) => {
        listeners.push(listener);
        return () => undefined;
      },
    },
  } as unknown as Datastore;
  const index = await openEntryIndex(datastore, trustDomain);
  const commit = (...changes: readonly Unnumbered[]): void => {
    const numbered = changes.map((change) => ({ ...change, sequence: (sequence += 1) }));
    for (const listener of listeners) listener(numbered);
  };
  const feeds = await AgentFeeds.open({
    trustDomain,
    clock,
    metrics: noMetrics,
    index,
    datastore,
    revocations: noRevocations,
    statusDocuments: noStatusDocuments,
    heartbeatMs: 1000,
    taskLeaseMs: 4000,
  });
  const put = (one: RegistrationEntry): void => commit({ kind: 'entry', id: one.id, entry: one });
  const drop = (entryId: string): void => commit({ kind: 'entry', id: entryId });
  const attest = (one: AttestedNode): void => commit({ kind: 'agent', id: one.id.uri, node: one });
  return { feeds, put, drop, attest, commit, latest: () => sequence };
}

type Store = Awaited<ReturnType<typeof store>>;

const at = (change: number, where: Partial<ResumePoint> = {}): ResumePoint => ({
  datastoreId: 'this',
  afterChange: change,
  afterRevocation: 0,
  ...where,
});

function carrier(end: (reason: Error) => unknown): FeedCarrier {
  return { end, cut: () => undefined, isDraining: () => false };
}

/** A session of an agent that knows all that has happened so far. */
function connect({ feeds, latest }: Store, agentId: SpiffeId, from = at(latest())): FeedSession {
  const session = feeds.connect(
    agentId,
    from,
    carrier(() => undefined),
  );
  return session;
}

const isToldOfEntries = (session: FeedSession): boolean => session.next().entries_changed === true;

describe('AgentFeeds tells of an entry', () => {
  it.each<[string, (store: Store) => void, (store: Store) => void, { a: boolean; b: boolean }]>([
    ['its agent', () => undefined, ({ put }) => put(entry('1', A)), { a: true, b: false }],
    [
      'its agent, when it goes',
      ({ put }) => put(entry('1', A)),
      ({ drop }) => drop('1'),
      { a: true, b: false },
    ],
    [
      'the agent that it moves from and the one that it moves to',
      ({ put }) => put(entry('1', A)),
      ({ put }) => put(entry('1', B, { revisionNumber: 1 })),
      { a: true, b: true },
    ],
    [
      'nobody, when its agent is not connected',
      () => undefined,
      ({ put }) => put(entry('1', id('/spire/agent/c'))),
      { a: false, b: false },
    ],
    [
      'the agents of the alias that it is below',
      ({ put, attest }) => {
        attest(node(A, 'c:1'));
        put(
          entry('alias', id('/spire/server'), { spiffeId: id('/fleet'), selectors: [parseSelector('c:1')] }),
        );
      },
      ({ put }) => put(entry('1', id('/fleet'))),
      { a: true, b: false },
    ],
    [
      'all, when it is below a workload: whose that is is not looked up',
      ({ put }) => put(entry('outer', A)),
      ({ put }) => put(entry('inner', id('/w/outer'))),
      { a: true, b: true },
    ],
    [
      'all, when an alias is a workload as well',
      ({ put, attest }) => {
        attest(node(A, 'c:1'));
        put(
          entry('alias', id('/spire/server'), { spiffeId: id('/fleet'), selectors: [parseSelector('c:1')] }),
        );
        put(entry('first', id('/fleet')));
        put(entry('workload', B, { spiffeId: id('/fleet') }));
      },
      ({ put }) => put(entry('1', id('/fleet'))),
      { a: true, b: true },
    ],
    [
      'nobody, when it is below an ID of nobody',
      () => undefined,
      ({ put }) => put(entry('1', id('/nobody'))),
      { a: false, b: false },
    ],
    [
      'the agents that a new alias is for',
      ({ put, attest }) => {
        attest(node(A, 'c:1'));
        put(entry('1', id('/fleet')));
      },
      ({ put }) =>
        put(
          entry('alias', id('/spire/server'), { spiffeId: id('/fleet'), selectors: [parseSelector('c:1')] }),
        ),
      { a: true, b: false },
    ],
    [
      'the agents that an alias is no longer for',
      ({ put, attest }) => {
        attest(node(A, 'c:1'));
        put(
          entry('alias', id('/spire/server'), { spiffeId: id('/fleet'), selectors: [parseSelector('c:1')] }),
        );
      },
      ({ drop }) => drop('alias'),
      { a: true, b: false },
    ],
    [
      'an agent whose selectors make it one of an alias',
      ({ put, attest }) => {
        attest(node(A));
        put(
          entry('alias', id('/spire/server'), { spiffeId: id('/fleet'), selectors: [parseSelector('c:1')] }),
        );
      },
      ({ attest }) => attest(node(A, 'c:1')),
      { a: true, b: false },
    ],
    [
      'no agent that was only renewed',
      ({ attest }) => attest(node(A, 'c:1')),
      ({ attest }) => attest({ ...node(A, 'c:1'), serialNumber: '2' }),
      { a: false, b: false },
    ],
  ])('%s', async (_name, before, change, { a, b }) => {
    const live = await store();
    before(live);
    const sessions = [connect(live, A), connect(live, B)] as const;
    expect(sessions.map(isToldOfEntries)).toEqual([false, false]);
    const away = at(live.latest());
    change(live);
    await turn();
    expect(sessions.map(isToldOfEntries)).toEqual([a, b]);
    // Who was away hears at least as much.
    const missed = [connect(live, A, away), connect(live, B, away)].map(isToldOfEntries);
    expect([missed[0] || !a, missed[1] || !b]).toEqual([true, true]);
  });

  it('with the message that names the change, not after it', async () => {
    const live = await store();
    live.attest(node(A, 'c:1'));
    const session = connect(live, A);
    session.next();
    live.put(
      entry('alias', id('/spire/server'), { spiffeId: id('/fleet'), selectors: [parseSelector('c:1')] }),
    );
    // No turn of the event loop between: a heartbeat may be due at that very moment.
    expect(session.next()).toMatchObject({ change: live.latest(), entries_changed: true });
  });
});

describe('AgentFeeds', () => {
  it('wakes a session for news, once for all of a batch', async () => {
    const live = await store();
    const session = connect(live, A);
    session.next();
    let woken = 0;
    void session.news().then(() => (woken += 1));
    live.put(entry('1', A));
    live.put(entry('2', A));
    expect(woken).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(woken).toBe(1);
  });

  it.each<[string, Change, boolean]>([
    ['of a new entry of its own', { sequence: 9, kind: 'entry', id: '1', entry: entry('1', A) }, true],
    ['not of a new entry of another', { sequence: 9, kind: 'entry', id: '1', entry: entry('1', B) }, false],
    ['of an entry that is gone: whose it was is not recorded', { sequence: 9, kind: 'entry', id: '1' }, true],
    [
      'of an entry that was changed: whose it was before is not recorded',
      { sequence: 9, kind: 'entry', id: '1', entry: entry('1', B, { revisionNumber: 1 }) },
      true,
    ],
  ])('tells who comes back after a restart %s', async (_name, change, expected) => {
    const live = await store([{ sequence: 8, kind: 'bundle', id: 'other.org' }, change]);
    expect(isToldOfEntries(connect(live, A, at(8)))).toBe(expected);
    expect(isToldOfEntries(connect(live, A, at(9)))).toBe(false);
    expect(connect(live, A, at(7)).next()).toMatchObject({ bundles_changed: true });
    expect(connect(live, A, at(6)).next()).toMatchObject({
      entries_changed: true,
      authorities_changed: true,
    });
  });

  it.each([
    ['other.org', { bundles_changed: true, authorities_changed: false }],
    ['example.org', { bundles_changed: false, authorities_changed: true }],
  ])('tells all of the bundle of %s', async (domain, expected) => {
    const live = await store();
    const sessions = [connect(live, A), connect(live, B)];
    live.commit({ kind: 'bundle', id: domain });
    expect(sessions.map((session) => session.next())).toEqual(
      Array(2).fill(expect.objectContaining(expected)),
    );
  });

  it('has one session for an agent: the newest', async () => {
    const live = await store();
    const ended: string[] = [];
    const lost: string[] = [];
    live.feeds.onLost((agentUri) => lost.push(agentUri));
    const first = live.feeds.connect(
      A,
      at(0),
      carrier(({ message }) => ended.push(message)),
    );
    const second = live.feeds.connect(
      A,
      at(0),
      carrier(() => ended.push('second')),
    );
    expect(ended).toEqual(['the agent opened another feed']);
    live.feeds.disconnect(first);
    expect([live.feeds.size, live.feeds.isConnected(A.uri), lost]).toEqual([1, true, []]);
    live.feeds.disconnect(second);
    expect([live.feeds.size, live.feeds.isConnected(A.uri), lost]).toEqual([0, false, [A.uri]]);
  });

  it('ends all sessions at the stop, and opens none any more', async () => {
    const live = await store();
    const codes: unknown[] = [];
    for (const agentId of [A, B])
      live.feeds.connect(
        agentId,
        at(0),
        carrier((reason) => codes.push(reason)),
      );
    live.feeds.stop();
    expect(codes).toMatchObject([{ code: 'ERR_UNAVAILABLE' }, { code: 'ERR_UNAVAILABLE' }]);
    expect(() => connect(live, A)).toThrow(expect.objectContaining({ code: 'ERR_UNAVAILABLE' }));
  });

  it('tells an agent of its ended tasks, and ends the feed when they are too many', async () => {
    const live = await store();
    const ended: unknown[] = [];
    const session = live.feeds.connect(
      A,
      at(0),
      carrier((reason) => ended.push(reason)),
    );
    live.feeds.tellEndedTasks(A.uri, [{ id: 't1' }]);
    live.feeds.tellEndedTasks(B.uri, [{ id: 't2' }]);
    expect(session.next()).toMatchObject({ ended_tasks: [{ id: 't1' }] });
    live.feeds.tellEndedTasks(
      A.uri,
      Array.from({ length: 10_001 }, (_, i) => ({ id: `${i}` })),
    );
    expect(ended).toMatchObject([{ code: 'ERR_ABORTED' }]);
  });
});
