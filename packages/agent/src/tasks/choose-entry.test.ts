import { describe, expect, it } from '@jest/globals';
import { parseSpiffeId, type SignetError } from '@signet/core';
import { testEntry } from '../testdata/entries.ts';
import { chooseEntry } from './choose-entry.ts';

const [young, old, other] = [
  testEntry('a', { path: '/w', createdAt: 20 }),
  testEntry('b', { path: '/w', createdAt: 10 }),
  testEntry('c', { path: '/other' }),
];
const W = parseSpiffeId('spiffe://example.org/w');

describe('the entry that a task is for', () => {
  it.each([
    { name: 'the only one', entries: [other], expected: 'c' },
    { name: 'the oldest of one SPIFFE ID', entries: [young, old], expected: 'b' },
    { name: 'the one that is asked for', entries: [young, other], spiffeId: other.spiffeId, expected: 'c' },
    { name: 'the oldest of the one asked for', entries: [young, old, other], spiffeId: W, expected: 'b' },
    {
      name: 'none, when the caller does not have that one',
      entries: [other],
      spiffeId: W,
      expected: undefined,
    },
    { name: 'none, when it has none', entries: [], expected: undefined },
  ])('is $name', ({ entries, spiffeId, expected }) => {
    expect(chooseEntry(entries, spiffeId)?.id).toBe(expected);
  });

  it('has to be named when there are several identities', () => {
    let refusal: SignetError | undefined;
    try {
      chooseEntry([young, other], undefined);
    } catch (error) {
      refusal = error as SignetError;
    }
    expect(refusal?.code).toBe('ERR_INVALID_ARGUMENT');
    expect(refusal?.message).toContain('spiffe://example.org/w, spiffe://example.org/other');
  });
});
