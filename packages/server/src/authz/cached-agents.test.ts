import { describe, expect, it } from '@jest/globals';
import { parseSpiffeId } from '@signet/core';
import { type AttestedNode } from '../datastore/agent-store.ts';
import { type Change } from '../datastore/change-log.ts';
import { CachedAgents } from './cached-agents.ts';

const id = parseSpiffeId('spiffe://example.org/spire/agent/a');
const node = (serialNumber: string) => ({ id, serialNumber }) as AttestedNode;

function world() {
  let stored: AttestedNode | undefined = node('1');
  let reads = 0;
  let hold: Promise<void> = Promise.resolve();
  let commit: (changes: readonly Change[]) => void = () => undefined;
  const agents = new CachedAgents({
    get: async () => {
      reads += 1;
      const row = stored;
      await hold;
      return row;
    },
    activateNewSerial: () => Promise.resolve(true),
  });
  agents.follow({
    onCommit: (listener) => {
      commit = listener;
      return () => undefined;
    },
  });
  return {
    agents,
    reads: () => reads,
    change: (row: AttestedNode | undefined) => {
      stored = row;
      commit([{ sequence: 1, kind: 'agent', id: id.uri, ...(row && { node: row }) }]);
    },
    holdReads: () => {
      const { promise, resolve } = deferred();
      hold = promise;
      return resolve;
    },
  };
}

describe('CachedAgents', () => {
  it('reads a node once', async () => {
    const { agents, reads } = world();
    await agents.get(id);
    expect(await agents.get(id)).toEqual(node('1'));
    expect(reads()).toBe(1);
  });

  it.each([
    ['a ban', node('')],
    ['an eviction', undefined],
  ])('shows %s at once', async (_name, row) => {
    const { agents, change } = world();
    await agents.get(id);
    change(row);
    expect(await agents.get(id)).toEqual(row);
  });

  it('keeps nothing that was read while it changed', async () => {
    const { agents, change, holdReads } = world();
    const release = holdReads();
    const stale = agents.get(id);
    change(node(''));
    release();
    expect(await stale).toEqual(node('1'));
    expect(await agents.get(id)).toEqual(node(''));
  });

  it('asks again for a node that was not there', async () => {
    const { agents, change, reads } = world();
    change(undefined);
    await agents.get(id);
    await agents.get(id);
    expect(reads()).toBe(2);
  });
});

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
