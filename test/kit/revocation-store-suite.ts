import { describe, expect, it } from '@jest/globals';
import {
  formatLedgerRecord,
  type Change,
  type EntryFields,
  type LedgerRecord,
  type LedgerRow,
  type RecordedRevocation,
  type RevocationStore,
  type RevokeOrder,
  type RevokeResult,
  type RevokeTarget,
} from '@signet/server/datastore';
import { sampleLedgerRecord } from './ledger-store-suite.ts';
import { sampleEntry, sampleId, sampleSelectors, STORE_TIME } from './store-samples.ts';
import { useEngine, type OpenEngine } from './store-engine.ts';

/** How long a revocation stays after what it covers has expired, seconds. */
const SLACK = 300;
const HORIZON = STORE_TIME + 100_000;
const wholeList = { size: 0, token: '' };

/** What every revocation store must do, and the other stores with it. */
export function describeRevocationStore(name: string, open: OpenEngine): void {
  describe(`RevocationStore: ${name}`, () => {
    const opened = useEngine(open);
    const store = (): RevocationStore => opened().datastore.revocations;
    let journals = 0;
    let agents = 0;

    /** Puts credentials into the ledger; what is not given is of no consequence. */
    async function issued(...records: readonly Partial<LedgerRecord>[]): Promise<void> {
      const { ledger } = opened().datastore;
      const journal = `revocation-suite-${++journals}`;
      await ledger.append({
        journal,
        from: 0,
        to: 1,
        records: records.map((record) => formatLedgerRecord(sampleLedgerRecord(record))),
      });
    }

    async function ledgerRow(credential: string): Promise<LedgerRow | undefined> {
      const { items } = await opened().datastore.ledger.find({}, wholeList);
      return items.find((row) => row.credential === credential);
    }

    async function isRevoked(credential: string): Promise<boolean> {
      return (await ledgerRow(credential))?.revocation !== 0;
    }

    function revoke(target: RevokeTarget, options: Partial<RevokeOrder> = {}): Promise<RevokeResult> {
      const grounds = { reason: 'keyCompromise', actor: 'local:uid:0', comment: 'why' } as const;
      return store().revoke({ target, ...grounds, horizon: HORIZON, isDryRun: false, ...options });
    }

    async function newest(after: number): Promise<readonly RecordedRevocation[]> {
      return store().list(after, 1000);
    }

    const serial = (serialHex: string, options = {}): RevokeTarget => ({
      kind: 'x509',
      authorityId: '',
      serialHex,
      isOurs: false,
      ...options,
    });

    describe('one X.509-SVID', () => {
      it('is revoked, noted in the ledger, and told', async () => {
        await issued({ credential: 'a1', authorityId: 'aa' });
        const before = await store().latest();
        const heard: Change[] = [];
        const stop = opened().datastore.changes.onCommit((changes) => heard.push(...changes));
        const result = await revoke(serial('a1'));
        stop();
        const { revocation: sequence } = result;
        expect(sequence).toBeGreaterThan(before);
        expect(result).toEqual({ revocation: sequence, x509Svids: 1, jwtSvids: 0 });
        const recorded: RecordedRevocation = {
          sequence,
          reason: 'keyCompromise',
          revokedAt: STORE_TIME,
          expiresAt: STORE_TIME + 3600 + SLACK,
          target: { kind: 'x509', authorityId: 'aa', serialHex: 'a1' },
          actor: 'local:uid:0',
          comment: 'why',
        };
        expect(await newest(before)).toEqual([recorded]);
        expect(await ledgerRow('a1')).toMatchObject({ revocation: sequence, revokedAt: STORE_TIME });
        const id = String(sequence);
        expect(heard).toEqual([
          { sequence: expect.any(Number), kind: 'revocation', id, revocations: [recorded] },
        ]);
      });

      it('is revoked once', async () => {
        await issued({ credential: 'a2' });
        await revoke(serial('a2'));
        expect(await revoke(serial('a2'))).toEqual({ revocation: 0, x509Svids: 0, jwtSvids: 0 });
      });

      it('has to be of one authority, or of the one named', async () => {
        await issued({ credential: 'a3', authorityId: 'aa' }, { credential: 'a3', authorityId: 'bb' });
        await expect(revoke(serial('a3'))).rejects.toMatchObject({ code: 'ERR_INVALID_ARGUMENT' });
        expect(await revoke(serial('a3', { authorityId: 'bb' }))).toMatchObject({ x509Svids: 1 });
        expect((await newest(0)).at(-1)?.target).toMatchObject({ authorityId: 'bb' });
      });

      it('has to be known, unless its authority is ours: then it is held against everything that it signed', async () => {
        await expect(revoke(serial('a4'))).rejects.toMatchObject({ code: 'ERR_NOT_FOUND' });
        await expect(revoke(serial('a4', { authorityId: 'cc' }))).rejects.toMatchObject({
          code: 'ERR_NOT_FOUND',
        });
        const target = serial('a4', { authorityId: 'cc', isOurs: true });
        expect(await revoke(target)).toMatchObject({ x509Svids: 1 });
        expect((await newest(0)).at(-1)).toMatchObject({
          expiresAt: HORIZON + SLACK,
          target: { serialHex: 'a4' },
        });
        expect(await revoke(target)).toMatchObject({ revocation: 0 });
      });
    });

    describe('one JWT-SVID', () => {
      const jwt = (jti: string, expiresAt = 0): RevokeTarget => ({ kind: 'jwt', jti, expiresAt });

      it('is revoked by its jti', async () => {
        await issued({ kind: 'jwt', credential: 'j1' });
        expect(await revoke(jwt('j1'))).toMatchObject({ x509Svids: 0, jwtSvids: 1 });
        expect((await newest(0)).at(-1)?.target).toEqual({ kind: 'jwt', jti: 'j1' });
      });

      it('has to be known, or shown', async () => {
        await expect(revoke(jwt('j2'))).rejects.toMatchObject({ code: 'ERR_NOT_FOUND' });
        expect(await revoke(jwt('j2', STORE_TIME + 60))).toMatchObject({ jwtSvids: 1 });
        expect((await newest(0)).at(-1)).toMatchObject({ expiresAt: STORE_TIME + 60 + SLACK });
      });
    });

    describe('an entry', () => {
      it('takes all that was issued for it, and nothing else', async () => {
        await issued(
          { credential: 'b1', entryId: 'e1' },
          { kind: 'jwt', credential: 'b2', entryId: 'e1' },
          { credential: 'b3', entryId: 'e2' },
          { credential: 'b4', entryId: 'e1', expiresAt: STORE_TIME },
        );
        expect(await revoke({ kind: 'entry', entryId: 'e1' })).toMatchObject({ x509Svids: 1, jwtSvids: 1 });
        expect(await Promise.all(['b1', 'b2', 'b3', 'b4'].map(isRevoked))).toEqual([
          true,
          true,
          false,
          false,
        ]);
      });

      it('has to be there, or to have been', async () => {
        await expect(revoke({ kind: 'entry', entryId: 'none' })).rejects.toMatchObject({
          code: 'ERR_NOT_FOUND',
        });
      });

      it('takes tokens without a jti by a rule, which covers what else was issued to their SPIFFE ID', async () => {
        const spiffeId = sampleId('/no-jti').uri;
        await issued(
          { kind: 'jwt', credential: '', entryId: 'e3', spiffeId },
          { credential: 'c1', entryId: 'e3', spiffeId },
          { credential: 'c2', entryId: 'e4', spiffeId, expiresAt: STORE_TIME + 7200 },
          { credential: 'c3', entryId: 'e4', spiffeId, issuedAt: STORE_TIME + 1 },
        );
        const before = await store().latest();
        expect(await revoke({ kind: 'entry', entryId: 'e3' })).toMatchObject({ x509Svids: 2, jwtSvids: 1 });
        expect(await newest(before)).toMatchObject([
          { target: { kind: 'x509', serialHex: 'c1' } },
          {
            target: { kind: 'subject', spiffeId, isPrefix: false, issuedUntil: STORE_TIME },
            expiresAt: STORE_TIME + 7200 + SLACK,
          },
        ]);
        expect(await Promise.all(['c1', 'c2', 'c3'].map(isRevoked))).toEqual([true, true, false]);
      });
    });

    it('an agent takes its own SVIDs and all that it fetched', async () => {
      const agentId = sampleId('/spire/agent/x509pop/fetcher').uri;
      await issued(
        { credential: 'd1', entryId: '', agentId, spiffeId: agentId },
        { credential: 'd2', agentId },
        { credential: 'd3' },
      );
      expect(await revoke({ kind: 'agent', agentId })).toMatchObject({ x509Svids: 2 });
      expect(await Promise.all(['d1', 'd2', 'd3'].map(isRevoked))).toEqual([true, true, false]);
    });

    it('a task takes one revocation, whatever hangs from it', async () => {
      await issued(
        { credential: 'f1', taskId: 'task-1' },
        { kind: 'jwt', credential: 'f2', taskId: 'task-1' },
        { credential: 'f3', taskId: 'task-2' },
      );
      const before = await store().latest();
      expect(await revoke({ kind: 'task', taskId: 'task-1' })).toMatchObject({ x509Svids: 1, jwtSvids: 1 });
      expect(await newest(before)).toMatchObject([{ target: { kind: 'task', taskId: 'task-1' } }]);
      expect(await Promise.all(['f1', 'f2', 'f3'].map(isRevoked))).toEqual([true, true, false]);
    });

    it('a path prefix takes one rule, which is kept as long as an authority may have signed for it', async () => {
      const paths = ['/pre', '/pre/a/b', '/prefix', '/pr'];
      await issued(...paths.map((path, i) => ({ credential: `aa0${i}`, spiffeId: sampleId(path).uri })));
      await issued({ credential: 'aa09', spiffeId: sampleId('/pre/a').uri, issuedAt: STORE_TIME + 1 });
      const before = await store().latest();
      const target = {
        kind: 'subject',
        spiffeId: sampleId('/pre').uri,
        isPrefix: true,
        issuedUntil: STORE_TIME,
      } as const;
      expect(await revoke(target)).toEqual({ revocation: before + 1, x509Svids: 2, jwtSvids: 0 });
      expect(await newest(before)).toMatchObject([{ target, expiresAt: HORIZON + SLACK }]);
      const all = ['aa00', 'aa01', 'aa02', 'aa03', 'aa09'];
      expect(await Promise.all(all.map(isRevoked))).toEqual([true, true, false, false, false]);
    });

    it('takes one by one what was issued by a clock that has been set back since', async () => {
      const spiffeId = sampleId('/set-back').uri;
      await issued(
        { credential: 'ad01', spiffeId },
        { credential: 'ad02', spiffeId, issuedAt: STORE_TIME + 30 },
        { kind: 'jwt', credential: 'ad03', spiffeId, issuedAt: STORE_TIME + 30 },
        { credential: 'ad04', issuedAt: STORE_TIME + 30 },
      );
      const before = await store().latest();
      const rule = { kind: 'subject', spiffeId, isPrefix: false, issuedUntil: STORE_TIME } as const;
      expect(await revoke({ ...rule, takesNewer: true })).toEqual({
        revocation: before + 3,
        x509Svids: 2,
        jwtSvids: 1,
      });
      expect(await newest(before)).toMatchObject([
        { target: rule },
        { target: { kind: 'x509', serialHex: 'ad02' } },
        { target: { kind: 'jwt', jti: 'ad03' } },
      ]);
      expect(await isRevoked('ad04')).toBe(false);
    });

    it('a dry run says what would be hit, and neither does nor tells anything', async () => {
      const spiffeId = sampleId('/dry').uri;
      await issued(
        { credential: 'ab01', entryId: 'dry', spiffeId },
        { kind: 'jwt', credential: '', entryId: 'dry', spiffeId },
      );
      const before = await store().latest();
      const heard: Change[] = [];
      const stop = opened().datastore.changes.onCommit((changes) => heard.push(...changes));
      const target = { kind: 'entry', entryId: 'dry' } as const;
      expect(await revoke(target, { isDryRun: true })).toEqual({ revocation: 0, x509Svids: 1, jwtSvids: 1 });
      stop();
      expect([heard, await store().latest(), await isRevoked('ab01')]).toEqual([[], before, false]);
      expect(await revoke(target)).toMatchObject({ x509Svids: 1, jwtSvids: 1 });
    });

    describe('what becomes of entries and agents', () => {
      /** An entry with one credential of its own. */
      async function entryWith(credential: string, fields: Partial<EntryFields> = {}): Promise<string> {
        const id = `auto-${credential}`;
        const spiffeId = sampleId(`/auto/${credential}`);
        await opened().datastore.entries.create([sampleEntry({ id, spiffeId, ...fields })]);
        await issued({ credential, entryId: id, spiffeId: spiffeId.uri });
        return id;
      }

      /** An agent with an SVID of its own and one that it fetched. */
      async function agentWith(own: string, fetched: string): Promise<ReturnType<typeof sampleId>> {
        const id = sampleId(`/spire/agent/x509pop/auto-${++agents}`);
        await opened().datastore.agents.saveAttestation({
          id,
          attestationType: 'x509pop',
          serialNumber: '1',
          expiresAt: STORE_TIME - 100,
          canReattest: true,
          selectors: [],
        });
        await issued(
          { credential: own, entryId: '', agentId: id.uri, spiffeId: id.uri },
          { credential: fetched, agentId: id.uri },
        );
        return id;
      }

      async function actorOf(credential: string): Promise<string | undefined> {
        const revocation = (await ledgerRow(credential))?.revocation ?? 0;
        return (await newest(revocation - 1))[0]?.actor;
      }

      it('revokes when an entry is deleted, in the same commit', async () => {
        const id = await entryWith('e001');
        const commits: string[][] = [];
        const stop = opened().datastore.changes.onCommit((changes) => {
          commits.push(changes.map(({ kind }) => kind));
        });
        await opened().datastore.entries.delete([id]);
        stop();
        expect([commits, await actorOf('e001')]).toEqual([[['entry', 'revocation']], 'entry deleted']);
      });

      it.each<[string, string, Partial<EntryFields>, boolean]>([
        ['SPIFFE ID', 'e002', { spiffeId: sampleId('/auto/another') }, true],
        ['parent', 'e003', { parentId: sampleId('/another-agent') }, true],
        ['selectors', 'e004', { selectors: sampleSelectors('unix:uid:1') }, true],
        ['a selector more', 'e005', { selectors: sampleSelectors('unix:uid:1000', 'unix:gid:1') }, true],
        ['the same selectors', 'e006', { selectors: sampleSelectors('unix:uid:1000') }, false],
        ['TTL', 'e007', { x509SvidTtl: 77 }, false],
        ['hint and DNS names', 'e008', { hint: 'x', dnsNames: ['a.example.org'] }, false],
      ])('when an entry changes: %s', async (_, credential, fields, expected) => {
        const id = await entryWith(credential);
        await opened().datastore.entries.update([{ id, fields }]);
        expect(await isRevoked(credential)).toBe(expected);
        if (expected) expect(await actorOf(credential)).toBe('entry changed');
      });

      it('does not when an update is refused', async () => {
        const id = await entryWith('e009');
        const fields = { spiffeId: sampleId('/x'), selectors: sampleSelectors('a:b', 'a:b') };
        const [outcome] = await opened().datastore.entries.update([{ id, fields }]);
        expect([outcome?.outcome, await isRevoked('e009')]).toEqual(['refused', false]);
      });

      it('when an entry has expired and is pruned', async () => {
        const id = await entryWith('e010', { expiresAt: STORE_TIME - 5 });
        await opened().datastore.entries.deleteExpired([id], STORE_TIME);
        expect(await actorOf('e010')).toBe('entry expired');
      });

      it('when an agent is banned or deleted: its own and what it fetched', async () => {
        const banned = await agentWith('e011', 'e012');
        const deleted = await agentWith('e013', 'e014');
        await opened().datastore.agents.ban(banned);
        await opened().datastore.agents.delete(deleted);
        expect(await Promise.all(['e011', 'e012', 'e013', 'e014'].map(actorOf))).toEqual([
          'agent banned',
          'agent banned',
          'agent deleted',
          'agent deleted',
        ]);
      });

      it('does not when a node is forgotten because its SVID expired long ago', async () => {
        await agentWith('e015', 'e016');
        const pruning = { expiredBefore: STORE_TIME - 50, includeNonReattestable: true, limit: 1000 };
        expect(await opened().datastore.agents.pruneExpired(pruning)).toBeGreaterThan(0);
        expect(await isRevoked('e016')).toBe(false);
      });
    });

    it('lists those that are revoked and unexpired as CRLs name them, each once', async () => {
      const spiffeId = sampleId('/crl').uri;
      await issued(
        { credential: 'cc01', authorityId: 'dd', spiffeId },
        { credential: 'cc02', authorityId: 'dd', taskId: 'crl-task' },
        { credential: 'cc03', authorityId: 'dd' },
        { credential: 'cc04', authorityId: 'dd', expiresAt: STORE_TIME + 10 },
        { kind: 'jwt', credential: 'cc05', authorityId: 'dd', spiffeId },
        { credential: 'cc06', authorityId: 'dd' },
      );
      await revoke(
        { kind: 'subject', spiffeId, isPrefix: false, issuedUntil: STORE_TIME },
        { reason: 'superseded' },
      );
      await revoke({ kind: 'task', taskId: 'crl-task' });
      await revoke(serial('cc03'));
      await revoke(serial('cc04'));
      const at = STORE_TIME + 10 + SLACK;
      const listed = (await store().revokedSerials(at)).filter(({ authorityId }) => authorityId === 'dd');
      expect(listed.toSorted((a, b) => a.serialHex.localeCompare(b.serialHex))).toEqual([
        { authorityId: 'dd', serialHex: 'cc01', revokedAt: STORE_TIME, reason: 'superseded' },
        { authorityId: 'dd', serialHex: 'cc02', revokedAt: STORE_TIME, reason: 'keyCompromise' },
        { authorityId: 'dd', serialHex: 'cc03', revokedAt: STORE_TIME, reason: 'keyCompromise' },
      ]);
    });

    describe('sequences', () => {
      it('go on above those of revocations that were pruned', async () => {
        await issued({ credential: 'ba01', expiresAt: STORE_TIME + 20 }, { credential: 'ba02' });
        const { revocation } = await revoke(serial('ba01'));
        const after = STORE_TIME + 20 + SLACK;
        expect((await store().list(revocation - 1, 10)).length).toBe(1);
        expect(await store().prune(after)).toBeGreaterThan(0);
        expect(await store().list(revocation - 1, 10)).toEqual([]);
        expect(await store().latest()).toBe(revocation);
        expect((await revoke(serial('ba02'))).revocation).toBe(revocation + 1);
      });

      it('jump, and never back', async () => {
        await issued({ credential: 'ba03' });
        const above = (await store().latest()) + 1000;
        await store().raiseSequence(above);
        await store().raiseSequence(5);
        expect(await store().latest()).toBe(above);
        expect((await revoke(serial('ba03'))).revocation).toBe(above + 1);
      });
    });

    it('brings back what the database lacks, with its sequence, and notes it in the ledger', async () => {
      await issued({ credential: 'bb01' }, { credential: 'bb02' });
      const known = await revoke(serial('bb01'));
      const [recorded] = await store().list(known.revocation - 1, 1);
      if (recorded === undefined) throw new Error('nothing was recorded');
      const missing: RecordedRevocation = {
        ...recorded,
        sequence: known.revocation + 7,
        target: { kind: 'x509', authorityId: 'authority-1', serialHex: 'bb02' },
      };
      expect(await store().restore([missing, recorded])).toBe(1);
      expect(await store().list(known.revocation, 10)).toEqual([missing]);
      expect((await ledgerRow('bb02'))?.revocation).toBe(missing.sequence);
      expect(await store().restore([missing])).toBe(0);

      const usurped = { ...missing, target: { kind: 'jwt', jti: 'usurped' } } as const;
      expect(await store().restore([usurped])).toBe(1);
      const latest = await store().latest();
      expect(latest).toBeGreaterThan(missing.sequence);
      expect(await store().list(missing.sequence, 10)).toEqual([{ ...usurped, sequence: latest }]);
    });

    it('brings back also what has expired by the clock, which may be ahead', async () => {
      await issued({ credential: 'bc01' });
      const sequence = (await store().latest()) + 7;
      const expired: RecordedRevocation = {
        sequence,
        reason: 'unspecified',
        revokedAt: STORE_TIME - 20,
        expiresAt: STORE_TIME - 10,
        target: { kind: 'x509', authorityId: 'authority-1', serialHex: 'bc01' },
        actor: 'a',
        comment: '',
      };
      expect(await store().restore([expired])).toBe(1);
      expect(await store().list(sequence - 1, 10)).toEqual([expired]);
      expect((await ledgerRow('bc01'))?.revocation).toBe(sequence);
      expect(await store().prune(STORE_TIME - 10)).toBe(1);
      expect(await store().list(sequence - 1, 10)).toEqual([]);
    });
  });
}
