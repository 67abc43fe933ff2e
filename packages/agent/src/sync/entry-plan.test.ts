import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseSpiffeId, type RegistrationEntry } from '@signet/core';
import { inPages, planEntries } from './entry-plan.ts';

function entry(id: string, revisionNumber: number, createdAt: number): RegistrationEntry {
  return {
    id,
    parentId: parseSpiffeId('spiffe://example.org/spire/agent/x'),
    spiffeId: parseSpiffeId('spiffe://example.org/w'),
    selectors: [{ type: 'unix', value: 'uid:1' }],
    x509SvidTtl: 0,
    jwtSvidTtl: 0,
    federatesWith: [],
    admin: false,
    downstream: false,
    expiresAt: 0,
    dnsNames: [],
    revisionNumber,
    storeSvid: false,
    hint: '',
    createdAt,
    disableX509SvidPrefetch: false,
    jwtSvidIncludeJti: false,
  };
}

describe('planEntries', () => {
  const known = new Map([['a', entry('a', 3, 100)]]);

  it.each([
    { name: 'the same version is kept', listed: { id: 'a', revisionNumber: 3, createdAt: 100 }, asked: [] },
    {
      name: 'another revision is asked for',
      listed: { id: 'a', revisionNumber: 4, createdAt: 100 },
      asked: ['a'],
    },
    {
      name: 'a re-created ID is asked for',
      listed: { id: 'a', revisionNumber: 3, createdAt: 101 },
      asked: ['a'],
    },
    {
      name: 'no creation time is not compared',
      listed: { id: 'a', revisionNumber: 3, createdAt: 0 },
      asked: [],
    },
    {
      name: 'an unknown ID is asked for',
      listed: { id: 'b', revisionNumber: 0, createdAt: 1 },
      asked: ['b'],
    },
  ])('$name', ({ listed, asked }) => {
    const plan = planEntries(known, [listed]);
    expect(plan.request).toEqual(asked);
    expect(plan.keep.length + plan.request.length).toBe(1);
  });

  it('drops what is not listed', () => {
    expect(planEntries(known, [])).toEqual({ keep: [], request: [] });
  });

  it('has nothing to ask once everything listed was fetched', () => {
    const versions = fc.uniqueArray(
      fc.record({ id: fc.string({ minLength: 1 }), revisionNumber: fc.nat(), createdAt: fc.nat() }),
      { selector: (version) => version.id },
    );
    fc.assert(
      fc.property(versions, (listed) => {
        const fetched = new Map(listed.map((v) => [v.id, entry(v.id, v.revisionNumber, v.createdAt)]));
        const plan = planEntries(fetched, listed);
        expect(plan.request).toEqual([]);
        expect(plan.keep).toHaveLength(listed.length);
      }),
    );
  });
});

describe('inPages', () => {
  it('keeps all items in order, no page above the size', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 9 }), (items, size) => {
        const pages = inPages(items, size);
        expect(pages.flat()).toEqual(items);
        expect(pages.every((page) => page.length > 0 && page.length <= size)).toBe(true);
      }),
    );
  });
});
