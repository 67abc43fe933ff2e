import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RegistrationEntry } from '@signet/core';
import { entryMap, testEntry } from '../testdata/entries.ts';
import { planSvids, type SvidPlanInput } from './svid-plan.ts';
import type { X509SvidRecord } from './x509-svid-record.ts';

const NOW = 1000;

function record(entry: RegistrationEntry, rotateAt: number, notAfter = 5000): X509SvidRecord {
  return {
    entryId: entry.id,
    spiffeId: entry.spiffeId,
    revisionNumber: entry.revisionNumber,
    entryCreatedAt: entry.createdAt,
    chainDer: new Uint8Array(),
    keyPkcs8: new Uint8Array(),
    notBefore: 0,
    notAfter,
    rotateAt,
    authorityKeyId: undefined,
    leaf: { serialHex: '01', uriSans: [entry.spiffeId.uri], notBefore: 0 },
  };
}

function plan(input: Partial<SvidPlanInput>): { fetch: string[]; evict: readonly string[] } {
  const { fetch, evict } = planSvids({
    entries: new Map(),
    svids: new Map(),
    subscribed: new Set(),
    resting: new Set(),
    now: NOW,
    maxUnwatched: 100,
    ...input,
  });
  return { fetch: fetch.map((entry) => entry.id), evict };
}

const entry = testEntry('e1');

describe('planSvids', () => {
  it.each([
    { name: 'a missing one is fetched', svid: undefined, fetched: true },
    { name: 'a fresh one is kept', svid: record(entry, NOW + 1), fetched: false },
    { name: 'one that is due is fetched', svid: record(entry, NOW), fetched: true },
    {
      name: 'one of a former version is fetched',
      svid: record(testEntry('e1', { revisionNumber: 9 }), 9999),
      fetched: true,
    },
    {
      name: 'one of a re-created entry is fetched',
      svid: record(testEntry('e1', { createdAt: 9 }), 9999),
      fetched: true,
    },
  ])('$name', ({ svid, fetched }) => {
    const svids = new Map(svid === undefined ? [] : [['e1', svid]]);
    expect(plan({ entries: entryMap(entry), svids }).fetch).toEqual(fetched ? ['e1'] : []);
  });

  it('does not prefetch what forbids it, unless it is watched', () => {
    const entries = entryMap(testEntry('e1', { disableX509SvidPrefetch: true }));
    expect(plan({ entries }).fetch).toEqual([]);
    expect(plan({ entries, subscribed: new Set(['e1']) }).fetch).toEqual(['e1']);
  });

  it('asks for nothing that was just refused', () => {
    expect(plan({ entries: entryMap(entry), resting: new Set(['e1']) }).fetch).toEqual([]);
  });

  it('leaves entries for a secret store alone', () => {
    const entries = entryMap(testEntry('e1', { storeSvid: true }));
    expect(plan({ entries, subscribed: new Set(['e1']) }).fetch).toEqual([]);
  });

  it('serves who waits first, then what expires first', () => {
    const [e1, e2, e3, e4] = ['e1', 'e2', 'e3', 'e4'].map((id) => testEntry(id)) as [
      RegistrationEntry,
      ...RegistrationEntry[],
    ];
    const svids = new Map([
      ['e1', record(e1, NOW, 3000)],
      ['e2', record(e2!, NOW, 2000)],
    ]);
    expect(plan({ entries: entryMap(e1, e2!, e3!, e4!), svids, subscribed: new Set(['e4']) }).fetch).toEqual([
      'e4',
      'e3',
      'e2',
      'e1',
    ]);
  });

  it('has nothing left to do once it was carried out', () => {
    const ids = fc.uniqueArray(fc.nat(30), { maxLength: 20 });
    fc.assert(
      fc.property(ids, ids, ids, fc.nat(10), (all, cached, watched, maxUnwatched) => {
        const entries = entryMap(
          ...all.map((id) => testEntry(`e${id}`, { disableX509SvidPrefetch: id % 5 === 0 })),
        );
        const subscribed = new Set(watched.map((id) => `e${id}`));
        const svids = new Map<string, X509SvidRecord>();
        for (const id of cached) {
          const known = entries.get(`e${id}`);
          if (known !== undefined) svids.set(known.id, record(known, id % 2 === 0 ? NOW : NOW + 1));
        }
        const input = { entries, subscribed, maxUnwatched };
        const first = plan({ ...input, svids });
        for (const id of first.evict) svids.delete(id);
        for (const id of first.fetch) svids.set(id, record(entries.get(id)!, NOW + 1));
        expect(plan({ ...input, svids })).toEqual({ fetch: [], evict: [] });
        const unwatched = [...svids.keys()].filter(
          (id) => !subscribed.has(id) && !entries.get(id)!.disableX509SvidPrefetch,
        );
        expect(unwatched.length).toBeLessThanOrEqual(maxUnwatched);
        for (const id of subscribed) if (entries.has(id)) expect(svids.has(id)).toBe(true);
      }),
    );
  });
});
