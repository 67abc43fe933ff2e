import { describe, expect, it } from '@jest/globals';
import { parseSpiffeId } from '../spiffe-id/spiffe-id.ts';
import { areSimilarEntries, type EntryIdentity, isExpiredEntry } from './registration-entry.ts';
import { parseSelector } from './selector.ts';

const base = entry('/agent', '/web', 'unix:uid:1', 'unix:gid:2');

describe('areSimilarEntries', () => {
  it.each([
    ['the same fields', entry('/agent', '/web', 'unix:uid:1', 'unix:gid:2'), true],
    ['selectors in another order', entry('/agent', '/web', 'unix:gid:2', 'unix:uid:1'), true],
    ['another parent', entry('/agent2', '/web', 'unix:uid:1', 'unix:gid:2'), false],
    ['another SPIFFE ID, by case only (SID-17)', entry('/agent', '/Web', 'unix:uid:1', 'unix:gid:2'), false],
    ['one selector more', entry('/agent', '/web', 'unix:uid:1', 'unix:gid:2', 'a:b'), false],
    ['one selector less', entry('/agent', '/web', 'unix:uid:1'), false],
    ['selectors that only look alike when joined', entry('/agent', '/web', 'unix:uid:1","unix:gid:2'), false],
  ])('%s', (_, other, areSimilar) => {
    expect(areSimilarEntries(base, other)).toBe(areSimilar);
  });
});

describe('isExpiredEntry', () => {
  it.each([
    [0, 1000, false],
    [1000, 1000, false],
    [999, 1000, true],
  ])('expiresAt %i at %i: %s', (expiresAt, at, isExpired) => {
    expect(isExpiredEntry({ expiresAt }, at)).toBe(isExpired);
  });
});

function entry(parent: string, id: string, ...selectors: readonly string[]): EntryIdentity {
  return {
    parentId: parseSpiffeId(`spiffe://example.org${parent}`),
    spiffeId: parseSpiffeId(`spiffe://example.org${id}`),
    selectors: selectors.map(parseSelector),
  };
}
