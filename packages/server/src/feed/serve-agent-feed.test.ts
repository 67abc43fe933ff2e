import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { type ConnectRequestOutput, type ConnectResponseInput } from '@signet/api';
import { parseSpiffeId, type Revocation } from '@signet/core';
import { monotonicMs, silentLogger } from '@signet/daemon';
import { CallLife } from '../rpc/call-life.ts';
import { type AuthorizedCall } from '../rpc/call.ts';
import { type AgentFeeds } from './agent-feeds.ts';
import { type FeedCarrier, FeedSession } from './feed-session.ts';
import { agentFeedHandler } from './serve-agent-feed.ts';

const HEARTBEAT_MS = 60_000;
const agentId = parseSpiffeId('spiffe://example.org/spire/agent/a');

/** The handler at work on a stream whose other end tests hold. */
function serve() {
  const sent: ConnectResponseInput[] = [];
  const cuts: string[] = [];
  const connection = { isDraining: false, takes: true };
  const life = new CallLife(silentLogger);
  const held: Revocation[] = [];
  const revocations = {
    get latest() {
      return held.length;
    },
    after: (sequence: number, limit: number) => held.slice(sequence, sequence + limit),
    knows: () => true,
    onChange: () => () => undefined,
  };
  let open: (session: FeedSession) => void = () => undefined;
  const opened = new Promise<FeedSession>((resolve) => (open = resolve));
  let isConnected = false;
  const feeds = {
    connect: (_agentId: unknown, _from: unknown, carrier: FeedCarrier) => {
      const facts = {
        datastoreId: 'd',
        heartbeatMs: HEARTBEAT_MS,
        taskLeaseMs: 1,
        revocations,
        latestChange: () => 1,
      };
      const revocation = { after: 0, isFullState: false };
      const session = new FeedSession({ agentId, roots: new Set(), facts, revocation, carrier });
      isConnected = true;
      open(session);
      return session;
    },
    disconnect: () => (isConnected = false),
  } as unknown as AgentFeeds;
  const connections = {
    isDraining: () => connection.isDraining,
    cut: (_peerId: string, reason: string) => void cuts.push(reason),
  };
  const untilAborted = <T>(work: Promise<T>): Promise<T> =>
    Promise.race([
      work,
      new Promise<never>((_, reject) =>
        life.signal.addEventListener('abort', () => reject(life.reason ?? new Error('ended'))),
      ),
    ]);
  let first: ConnectRequestOutput | undefined = {
    after_change: '0',
    after_revocation: '0',
    datastore_id: '',
  };
  const stream = {
    read: () => {
      const message = first;
      first = undefined;
      return message === undefined
        ? untilAborted(new Promise<never>(() => undefined))
        : Promise.resolve(message);
    },
    write: (message: ConnectResponseInput) => {
      sent.push(message);
      return connection.takes ? Promise.resolve() : untilAborted(new Promise<never>(() => undefined));
    },
  };
  const caller = { kind: 'remote', ip: '127.0.0.1', address: '', svid: { id: agentId } };
  const call = { peerId: 'p', life, caller } as unknown as AuthorizedCall;
  const ended = agentFeedHandler({ feeds, connections })(stream, call);
  return { sent, cuts, connection, life, held, opened, ended, isConnected: () => isConnected };
}

describe('agentFeedHandler', () => {
  const refusal = new Error('the agent is one no longer');
  const revocation = (sequence: number): Revocation => ({
    sequence,
    reason: 'unspecified',
    revokedAt: 1,
    expiresAt: 2,
    target: { kind: 'jwt', jti: `${sequence}` },
  });

  it('tells an agent that is one no longer all that was revoked, however much that is, and then ends', async () => {
    const feed = serve();
    await feed.opened;
    await turn();
    for (let sequence = 1; sequence <= 2_500; sequence += 1) feed.held.push(revocation(sequence));
    feed.life.retire(refusal);
    feed.life.retire(new Error('only the first reason counts'));
    await expect(feed.ended).rejects.toBe(refusal);
    expect(feed.sent.flatMap(({ revocations }) => revocations ?? [])).toHaveLength(2_500);
  });

  it('does not wait long for an agent that takes nothing', async () => {
    const feed = serve();
    feed.connection.takes = false;
    await feed.opened;
    feed.life.retire(refusal);
    await expect(feed.ended).rejects.toBe(refusal);
  });

  it('ends well soon after the connection has to end, without waiting for a heartbeat', async () => {
    const feed = serve();
    const session = await feed.opened;
    await turn();
    session.tick(monotonicMs());
    feed.connection.isDraining = true;
    session.tick(monotonicMs());
    await feed.ended;
    expect([feed.sent.length, feed.cuts, feed.isConnected()]).toEqual([1, [], false]);
  });

  it.each([
    ['does not speak', true, 'the agent is silent'],
    ['does not read', false, 'the agent does not read'],
  ])('gives up an agent that %s, and cuts its connection', async (_name, takes, complaint) => {
    const feed = serve();
    feed.connection.takes = takes;
    const session = await feed.opened;
    await turn();
    session.tick(monotonicMs() + 2 * HEARTBEAT_MS);
    expect(feed.cuts).toEqual([]);
    session.tick(monotonicMs() + 4 * HEARTBEAT_MS);
    await expect(feed.ended).rejects.toMatchObject({ code: 'ERR_UNAVAILABLE', message: complaint });
    expect([feed.cuts, feed.isConnected()]).toEqual([[complaint], false]);
  });
});
