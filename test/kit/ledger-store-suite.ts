import { describe, expect, it } from '@jest/globals';
import {
  formatLedgerRecord,
  type LedgerFilter,
  type LedgerRecord,
  type LedgerRow,
  type LedgerStore,
} from '@signet/server/datastore';
import { sampleId, STORE_TIME } from './store-samples.ts';
import { useEngine, type OpenEngine } from './store-engine.ts';

const firstPage = (size: number) => ({ size, token: '' });

/** A record of an X.509-SVID for `/ledger`, with what is given in place of its fields. */
export function sampleLedgerRecord(fields: Partial<LedgerRecord> = {}): LedgerRecord {
  return {
    kind: 'x509',
    authorityId: 'authority-1',
    credential: 'aa01',
    spiffeId: 'spiffe://example.org/ledger',
    entryId: 'entry-1',
    agentId: 'spiffe://example.org/spire/agent/x509pop/a',
    taskId: '',
    evidence: ['unix:uid:1000', 'k8s:ns:a:b'],
    audience: [],
    issuedAt: STORE_TIME,
    expiresAt: STORE_TIME + 3600,
    ...fields,
  };
}

/** What every ledger must do. */
export function describeLedgerStore(name: string, open: OpenEngine): void {
  describe(`LedgerStore: ${name}`, () => {
    const opened = useEngine(open);
    const store = (): LedgerStore => opened().datastore.ledger;
    let journals = 0;

    /** Appends as a journal file of its own. */
    async function append(...records: readonly LedgerRecord[]): Promise<void> {
      await store().append({
        journal: `suite-${++journals}`,
        from: 0,
        to: 10,
        records: records.map(formatLedgerRecord),
      });
    }

    async function found(filter: LedgerFilter): Promise<readonly LedgerRow[]> {
      return (await store().find(filter, firstPage(0))).items;
    }

    async function credentials(filter: LedgerFilter): Promise<readonly string[]> {
      return (await found(filter)).map(({ credential }) => credential);
    }

    it('keeps every field', async () => {
      const x509 = sampleLedgerRecord({ credential: 'full01', taskId: 'task-full' });
      const jwt = sampleLedgerRecord({
        kind: 'jwt',
        credential: 'full-jti',
        taskId: 'task-full',
        audience: ['spiffe://example.org/a', 'b"c'],
      });
      await append(x509, jwt);
      const unrevoked = { position: expect.any(Number), revocation: 0, revokedAt: 0 };
      expect(await found({ taskId: 'task-full' })).toEqual([
        { ...jwt, ...unrevoked },
        { ...x509, ...unrevoked },
      ]);
    });

    it('takes a part of a journal over once', async () => {
      const record = formatLedgerRecord(sampleLedgerRecord({ credential: 'once01' }));
      const part = { journal: 'once', from: 0, to: 10, records: [record] };
      await store().append(part);
      await store().append(part);
      await store().append({ ...part, from: 10, to: 20 });
      await store().append({ ...part, from: 0, to: 20, records: [record, record] });
      expect(await credentials({ serialHex: 'once01' })).toEqual(['once01', 'once01']);
      expect((await store().journals()).get('once')).toBe(20);
    });

    it('refuses a part that is not the next one, and takes nothing of it', async () => {
      const records = [formatLedgerRecord(sampleLedgerRecord({ credential: 'gap01' }))];
      const part = { journal: 'gap', from: 0, to: 10, records };
      await store().append(part);
      for (const [from, to] of [
        [11, 20],
        [5, 20],
      ] as const)
        await expect(store().append({ ...part, from, to })).rejects.toMatchObject({ code: 'ERR_ABORTED' });
      expect(await credentials({ serialHex: 'gap01' })).toEqual(['gap01']);
    });

    it('says how far it has got, also when the newest have been pruned', async () => {
      const before = await store().latest();
      await append(
        sampleLedgerRecord({ credential: 'latest1' }),
        sampleLedgerRecord({ credential: 'latest2', expiresAt: 1 }),
      );
      await store().prune(2);
      expect(await store().latest()).toBe(before + 2);
    });

    it('forgets a journal file', async () => {
      await store().append({ journal: 'gone', from: 0, to: 10, records: [] });
      await store().forgetJournal('gone');
      expect((await store().journals()).has('gone')).toBe(false);
    });

    it('filters', async () => {
      const base = { spiffeId: 'spiffe://example.org/filter/a', entryId: 'filter-1', agentId: 'agent-f' };
      await append(
        sampleLedgerRecord({ ...base, credential: 'f1' }),
        sampleLedgerRecord({ ...base, credential: 'f2', kind: 'jwt', entryId: 'filter-2' }),
        sampleLedgerRecord({ ...base, credential: 'f3', spiffeId: 'spiffe://example.org/filter/a/b' }),
        sampleLedgerRecord({ ...base, credential: 'f4', spiffeId: 'spiffe://example.org/filter/ab' }),
        sampleLedgerRecord({ ...base, credential: 'f5', taskId: 'filter-task', agentId: 'agent-g' }),
        sampleLedgerRecord({ ...base, credential: 'f6', expiresAt: STORE_TIME + 1 }),
        sampleLedgerRecord({ ...base, credential: 'f7', issuedAt: STORE_TIME - 100 }),
      );
      const spiffeId = sampleId('/filter/a');
      const cases: readonly (readonly [LedgerFilter, readonly string[]])[] = [
        [{ spiffeId }, ['f7', 'f6', 'f5', 'f2', 'f1']],
        [{ spiffeId, isPrefix: true }, ['f7', 'f6', 'f5', 'f3', 'f2', 'f1']],
        [{ spiffeId: sampleId('/filter'), isPrefix: true }, ['f7', 'f6', 'f5', 'f4', 'f3', 'f2', 'f1']],
        [{ entryId: 'filter-2' }, ['f2']],
        [{ agentId: 'agent-g' }, ['f5']],
        [{ taskId: 'filter-task' }, ['f5']],
        [{ serialHex: 'f1' }, ['f1']],
        [{ serialHex: 'f2' }, []],
        [{ jti: 'f2' }, ['f2']],
        [{ jti: 'f1' }, []],
        [{ spiffeId, kind: 'jwt' }, ['f2']],
        [{ spiffeId, kind: 'x509' }, ['f7', 'f6', 'f5', 'f1']],
        [{ spiffeId, activeAt: STORE_TIME }, ['f7', 'f6', 'f5', 'f2', 'f1']],
        [{ spiffeId, activeAt: STORE_TIME + 1 }, ['f7', 'f5', 'f2', 'f1']],
        [{ spiffeId, issuedBefore: STORE_TIME }, ['f7']],
        [{ spiffeId, entryId: 'filter-1', agentId: 'agent-g' }, ['f5']],
        [{ spiffeId: sampleId('/nobody') }, []],
      ];
      for (const [filter, expected] of cases)
        expect([filter, await credentials(filter)]).toEqual([filter, expected]);
    });

    it('pages from the newest to the oldest', async () => {
      const serials = Array.from({ length: 7 }, (_, i) => `page-${i}`);
      await append(...serials.map((credential) => sampleLedgerRecord({ credential, entryId: 'paged' })));
      const seen: string[] = [];
      let token = '';
      do {
        const page = await store().find({ entryId: 'paged' }, { size: 3, token });
        seen.push(...page.items.map(({ credential }) => credential));
        token = page.nextPageToken;
        // What comes in between is not on later pages.
        await append(sampleLedgerRecord({ credential: 'later', entryId: 'paged' }));
      } while (token !== '');
      expect(seen).toEqual(serials.reverse());
    });

    it('refuses a page token that it did not make', async () => {
      await expect(store().find({}, { size: 1, token: 'AAAA' })).rejects.toMatchObject({
        code: 'ERR_STORE_PAGE_TOKEN',
      });
    });

    it('prunes what expired before the time', async () => {
      const of = { entryId: 'pruned' };
      await append(
        sampleLedgerRecord({ ...of, credential: 'p9', expiresAt: 9 }),
        sampleLedgerRecord({ ...of, credential: 'p10', expiresAt: 10 }),
        sampleLedgerRecord({ ...of, credential: 'q9', expiresAt: 9, evidence: ['unix:uid:9'] }),
      );
      expect(await store().prune(10)).toBe(2);
      expect(await credentials(of)).toEqual(['p10']);
      expect(await store().prune(11)).toBe(1);
      await append(sampleLedgerRecord({ ...of, credential: 'again' }));
      expect(await credentials(of)).toEqual(['again']);
    });
  });
}
