import { describe, expect, it } from '@jest/globals';
import { formatSelector } from '@signet/core';
import { AccountSelectors, type Names } from './account-selectors.ts';

const users: Names = new Map([[0, 'root']]);
const groups: Names = new Map([
  [0, 'root'],
  [4, 'adm'],
]);
const root = { uid: 0, gid: 0, supplementaryGids: [4, 7] };

function textsOf(selectors: readonly { type: string; value: string }[]): readonly string[] {
  return selectors.map(formatSelector);
}

describe('AccountSelectors', () => {
  it('tells IDs and those names that there are', () => {
    expect(textsOf(new AccountSelectors('unix').of(root, users, groups))).toEqual([
      'unix:uid:0',
      'unix:user:root',
      'unix:gid:0',
      'unix:group:root',
      'unix:supplementary_gid:4',
      'unix:supplementary_group:adm',
      'unix:supplementary_gid:7',
    ]);
  });

  it('gives the same object for the same accounts', () => {
    const selectors = new AccountSelectors('unix');
    const first = selectors.of(root, users, groups);
    expect(selectors.of({ ...root, supplementaryGids: [4, 7] }, users, groups)).toBe(first);
  });

  it.each([
    ['another user', { ...root, uid: 1 }],
    ['another group', { ...root, gid: 1 }],
    ['other supplementary groups', { ...root, supplementaryGids: [47] }],
    ['their order', { ...root, supplementaryGids: [7, 4] }],
  ])('tells %s apart', (_, accounts) => {
    const selectors = new AccountSelectors('unix');
    const first = textsOf(selectors.of(root, users, groups));
    expect(textsOf(selectors.of(accounts, users, groups))).not.toEqual(first);
  });

  it('forgets when the names have changed', () => {
    const selectors = new AccountSelectors('unix');
    selectors.of(root, users, groups);
    const renamed = new Map([[0, 'toor']]);
    expect(textsOf(selectors.of(root, renamed, groups))).toContain('unix:user:toor');
    expect(textsOf(selectors.of(root, renamed, new Map()))).not.toContain('unix:group:root');
  });

  it('keeps a bounded number', () => {
    const selectors = new AccountSelectors('unix');
    const first = selectors.of(root, users, groups);
    for (let uid = 1; uid <= 1_024; uid += 1) selectors.of({ ...root, uid }, users, groups);
    expect(selectors.of(root, users, groups)).not.toBe(first);
    expect(selectors.of(root, users, groups)).toEqual(first);
  });
});
