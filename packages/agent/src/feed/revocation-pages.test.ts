import { describe, expect, it } from '@jest/globals';
import type { ConnectResponseOutput, WireRevocationOutput } from '@signet/api';
import { RevocationPages } from './revocation-pages.ts';

function message(
  sequences: readonly number[],
  fields: Partial<ConnectResponseOutput> = {},
): ConnectResponseOutput {
  return {
    revocations: sequences.map((sequence) => wire(sequence)),
    revocation: String(sequences.at(-1) ?? 0),
    is_full_state: false,
    more: false,
    ...fields,
  } as ConnectResponseOutput;
}

function wire(sequence: number): WireRevocationOutput {
  const target = { task: { task_id: `t${sequence}` }, x509_svid: null, jwt_svid: null, subject: null };
  const times = { revoked_at: '1', expires_at: '2' };
  return {
    ...target,
    ...times,
    sequence: String(sequence),
    reason: 'REVOCATION_REASON_UNSPECIFIED',
  } as never;
}

const taken = (pages: RevocationPages, ...args: Parameters<typeof message>) => {
  const news = pages.take(message(...args));
  return news && { ...news, revocations: news.revocations.map(({ sequence }) => sequence) };
};

describe('RevocationPages', () => {
  it('hands on what is added message by message', () => {
    const pages = new RevocationPages();
    expect(taken(pages, [1, 2], { more: true })).toEqual({
      revocations: [1, 2],
      isFullState: false,
      latest: 2,
    });
    expect(taken(pages, [3])).toEqual({ revocations: [3], isFullState: false, latest: 3 });
    expect(taken(pages, [], { revocation: '7' })).toEqual({ revocations: [], isFullState: false, latest: 7 });
  });

  it('hands on a full state only when it is complete', () => {
    const pages = new RevocationPages();
    expect(taken(pages, [1, 2], { is_full_state: true, more: true })).toBeUndefined();
    expect(taken(pages, [3], { more: true })).toBeUndefined();
    expect(taken(pages, [9])).toEqual({ revocations: [1, 2, 3, 9], isFullState: true, latest: 9 });
    expect(taken(pages, [10])).toMatchObject({ isFullState: false });
  });

  it('begins anew when a full state begins again', () => {
    const pages = new RevocationPages();
    taken(pages, [1], { is_full_state: true, more: true });
    expect(taken(pages, [5], { is_full_state: true })).toMatchObject({ revocations: [5], isFullState: true });
  });

  it('refuses a revocation of a kind that it does not know', () => {
    const unknown = { ...wire(1), task: null };
    expect(() => new RevocationPages().take(message([], { revocations: [unknown] }))).toThrow(
      expect.objectContaining({ code: 'ERR_UNIMPLEMENTED' }),
    );
  });
});
