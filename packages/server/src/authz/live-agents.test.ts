import { describe, expect, it } from '@jest/globals';
import { parseSpiffeId } from '@signet/core';
import { type Change } from '../datastore/change-log.ts';
import { LiveAgents } from './live-agents.ts';

const ID = 'spiffe://example.org/spire/agent/a';
const caller = { id: parseSpiffeId(ID) };
const gone: Change = { sequence: 1, kind: 'agent', id: ID };
const anotherGone: Change = { sequence: 1, kind: 'agent', id: `${ID}b` };
const entryGone: Change = { sequence: 1, kind: 'entry', id: ID };
const seen = (serialNumber: string) =>
  ({ sequence: 1, kind: 'agent', id: ID, node: { serialNumber } }) as unknown as Change;

function following() {
  const told: string[] = [];
  const live = new LiveAgents();
  let commit: (changes: readonly Change[]) => void = () => undefined;
  live.follow({
    onCommit: (listener) => {
      commit = listener;
      return () => undefined;
    },
  });
  return { live, told, commit: (change: Change) => commit([change]) };
}

describe('LiveAgents', () => {
  it.each([
    ['an eviction', gone, ['ERR_AGENT_NOT_ATTESTED']],
    ['a ban', seen(''), ['ERR_AGENT_BANNED']],
    ['a renewal', seen('5'), []],
    ['another agent', anotherGone, []],
    ['an entry', entryGone, []],
  ])('tells of %s', (_name, change, expected) => {
    const { live, told, commit } = following();
    live.watch(caller, (denial) => told.push(denial));
    commit(change);
    expect(told).toEqual(expected);
  });

  it('tells every call of the agent that is still under way', () => {
    const { live, told, commit } = following();
    const unwatch = live.watch(caller, () => told.push('first'));
    live.watch(caller, () => told.push('second'));
    unwatch();
    unwatch();
    commit(gone);
    expect(told).toEqual(['second']);
  });

  it('keeps later watchers of an agent whose first one left', () => {
    const { live, told, commit } = following();
    live.watch(caller, () => told.push('first'))();
    live.watch(caller, () => told.push('second'));
    commit(gone);
    expect(told).toEqual(['second']);
  });

  it('tells those whose SVID was revoked, and no others', () => {
    const { live, told } = following();
    live.watch({ ...caller, isRevoked: () => true }, (denial) => told.push(denial));
    live.watch({ ...caller, isRevoked: () => false }, () => told.push('another SVID'));
    live.watch(caller, () => told.push('nothing is known'));
    live.endRevoked();
    expect(told).toEqual(['ERR_AGENT_MUST_REATTEST']);
  });
});
