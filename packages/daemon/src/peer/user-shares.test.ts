import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { UserShares } from './user-shares.ts';

let folder: string;
let path: string;
let now: number;
let shares: UserShares;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shares-'));
  path = join(folder, 'subuid');
  now = 0;
  shares = new UserShares(path, () => now);
});
afterEach(() => rmSync(folder, { recursive: true }));

const shareCount = (...uids: readonly number[]): number => new Set(uids.map((uid) => shares.of(uid))).size;

describe('UserShares', () => {
  it('gives each user a share of its own where there are no ranges', () => {
    expect(shareCount(0, 1000, 100_000, 100_001, 4_294_967_294)).toBe(5);
  });

  it('gives all user IDs of a range one share, and its neighbours theirs', () => {
    writeFileSync(path, 'alice:100000:65536\nbob:165536:65536\n');
    expect(shareCount(100_000, 100_001, 150_000, 165_535)).toBe(1);
    expect(shareCount(99_999, 100_000, 165_536, 231_071, 231_072)).toBe(4);
  });

  it('gives each block of a large range a share: a pod of Kubernetes each', () => {
    writeFileSync(path, 'kubelet:65536:7208960\n');
    expect(shareCount(65_536, 131_071)).toBe(1);
    expect(shareCount(65_536, 131_072, 196_608)).toBe(3);
  });

  it('does not take the ID of a user for that of a range', () => {
    writeFileSync(path, 'alice:100000:65536\n');
    expect(shareCount(100_000, 0)).toBe(2);
    expect(new UserShares(join(folder, 'none')).of(100_000)).not.toBe(shares.of(100_000));
  });

  it('takes over a changed file within seconds, and passes over what it cannot read', () => {
    writeFileSync(path, '# nothing\nalice:x:y\n::\n');
    expect(shareCount(100_000, 100_001)).toBe(2);
    writeFileSync(`${path}.new`, 'alice:100000:10\n');
    renameSync(`${path}.new`, path);
    expect(shareCount(100_000, 100_001)).toBe(2);
    now += 5_000;
    expect(shareCount(100_000, 100_001)).toBe(1);
    expect(shareCount(100_009, 100_010)).toBe(2);
  });
});
