import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { newTaskId, type Task, type TaskEndCause, type TaskPolicy, type TaskRequest } from '@signet/core';
import {
  formatLedgerRecord,
  type Change,
  type EndTasksOrder,
  type EndTasksResult,
  type LedgerRecord,
  type NewEntry,
  type NewTask,
  type TaskStore,
} from '@signet/server/datastore';
import { sampleLedgerRecord } from './ledger-store-suite.ts';
import { sampleEntry, sampleId, sampleSelectors, STORE_TIME } from './store-samples.ts';
import { useEngine, type OpenEngine } from './store-engine.ts';

const wholeList = { size: 0, token: '' };
const DEFAULT: TaskPolicy = { isTaskOnly: false, maxTtl: 0, offlineLease: 0 };

/** What every task store must do, and the other stores with it. */
export function describeTaskStore(name: string, open: OpenEngine): void {
  describe(`TaskStore: ${name}`, () => {
    const opened = useEngine(open);
    const store = (): TaskStore => opened().datastore.tasks;
    let names = 0;
    const fresh = (what: string): string => `${what}-${++names}`;

    async function newAgent(): Promise<string> {
      const id = sampleId(`/spire/agent/x509pop/${fresh('agent')}`);
      await opened().datastore.agents.saveAttestation({
        id,
        attestationType: 'x509pop',
        serialNumber: '1',
        expiresAt: STORE_TIME + 100_000,
        canReattest: true,
        selectors: [],
      });
      return id.uri;
    }

    async function newEntry(fields: Partial<NewEntry> = {}, policy: TaskPolicy = DEFAULT): Promise<string> {
      const entry = sampleEntry({ spiffeId: sampleId(`/${fresh('tasked')}`), ...fields });
      const outcome = await store().createEntry(entry, policy);
      if (outcome.outcome !== 'created') throw new Error(outcome.outcome);
      return outcome.entry.id;
    }

    const request = (fields: Partial<TaskRequest> = {}): TaskRequest => ({
      purpose: 'a suite',
      audiences: [],
      destinations: [],
      ttl: 0,
      budget: 0,
      ...fields,
    });

    async function newTask(
      fields: Partial<Omit<NewTask, 'request'>> = {},
      wanted: Partial<TaskRequest> = {},
    ): Promise<NewTask> {
      return {
        id: newTaskId(randomBytes(16)),
        entryId: fields.entryId ?? (await newEntry()),
        agentId: fields.agentId ?? (await newAgent()),
        parentId: '',
        request: request(wanted),
        idempotencyKey: '',
        begunBy: '',
        ...fields,
      };
    }

    async function begun(...of: Parameters<typeof newTask>): Promise<Task> {
      return (await store().begin(await newTask(...of))).task;
    }

    const below = ({ id: parentId, agentId, entryId }: Task, more = {}): Promise<Task> =>
      begun({ parentId, agentId, entryId, ...more });

    const end = (
      ids: readonly string[],
      more: Partial<EndTasksOrder> & { cause?: TaskEndCause } = {},
    ): Promise<EndTasksResult> => {
      const { cause = 'finished', ...order } = more;
      const endings = ids.map((id) => ({ id, cause, detail: 'said', endedAt: 0 }));
      return store().end({ endings, agentId: '', isReported: false, isDryRun: false, ...order });
    };

    async function issued(...records: readonly Partial<LedgerRecord>[]): Promise<void> {
      await opened().datastore.ledger.append({
        journal: fresh('task-suite'),
        from: 0,
        to: 1,
        records: records.map((record) => formatLedgerRecord(sampleLedgerRecord(record))),
      });
    }

    /** Counts an issue in a task and puts a credential for it into the ledger. */
    async function issuedIn({ id, agentId }: Task, fields: Partial<LedgerRecord> = {}): Promise<string> {
      const credential = fresh('c');
      const expiresAt = STORE_TIME + 600;
      expect(await store().takeIssue(id, agentId, { expiresBy: expiresAt, audience: [] })).toMatchObject({
        outcome: 'taken',
      });
      await issued({ taskId: id, agentId, credential, expiresAt, ...fields });
      return credential;
    }

    async function revocationOf(taskId: string): Promise<number> {
      const { items } = await opened().datastore.ledger.find({ taskId }, wholeList);
      return items[0]?.revocation ?? -1;
    }

    async function heard(during: () => Promise<unknown>): Promise<readonly Change[]> {
      const changes: Change[] = [];
      const stop = opened().datastore.changes.onCommit((committed) => changes.push(...committed));
      await during();
      stop();
      return changes;
    }

    describe('begin', () => {
      it('keeps what was asked for, and tells of it', async () => {
        const entryId = await newEntry({}, { isTaskOnly: true, maxTtl: 600, offlineLease: 30 });
        const order = await newTask(
          { entryId, begunBy: 'local:uid:0' },
          { audiences: ['db'], destinations: ['spiffe://example.org/db'], budget: 7 },
        );
        const changes = await heard(() => store().begin(order));
        const stored = await store().get(order.id);
        const { purpose, audiences, destinations, budget } = order.request;
        expect(stored).toMatchObject({
          purpose,
          audiences,
          destinations,
          budget,
          id: order.id,
          entryId,
          agentId: order.agentId,
          beganAt: STORE_TIME,
          deadline: STORE_TIME + 600,
          depth: 0,
          issued: 0,
          offlineLease: 30,
          begunBy: 'local:uid:0',
        });
        expect(stored?.end).toBeUndefined();
        expect(changes).toMatchObject([{ kind: 'task', id: order.id, task: stored }]);
        expect(await opened().datastore.changes.since((changes[0]?.sequence ?? 0) - 1, 1)).toMatchObject([
          { kind: 'task', task: stored },
        ]);
      });

      it('finds the task that was begun with the same key, for the same agent', async () => {
        const order = await newTask({ idempotencyKey: 'key' });
        const { task } = await store().begin(order);
        const again = { ...order, id: newTaskId(randomBytes(16)) };
        expect(await store().begin(again)).toEqual({ isNew: false, task });
        expect(await store().begin({ ...again, agentId: await newAgent() })).toMatchObject({ isNew: true });
        const other = { ...again, request: request({ purpose: 'other' }) };
        await expect(store().begin(other)).rejects.toMatchObject({ code: 'ERR_ALREADY_EXISTS' });
      });

      it('ends with the entry at the latest', async () => {
        const task = await begun({ entryId: await newEntry({ expiresAt: STORE_TIME + 50 }) });
        expect(task.deadline).toBe(STORE_TIME + 50);
      });

      it.each([
        ['an entry that is not there', async () => newTask({ entryId: 'none' }), 'ERR_NOT_FOUND'],
        [
          'an entry that has expired',
          async () => newTask({ entryId: await newEntry({ expiresAt: STORE_TIME - 1 }) }),
          'ERR_NOT_FOUND',
        ],
        ['an agent that is not there', async () => newTask({ agentId: 'none' }), 'ERR_NOT_FOUND'],
        ['a parent that is not there', async () => newTask({ parentId: 'none' }), 'ERR_NOT_FOUND'],
        ['a parent of another agent', async () => newTask({ parentId: (await begun()).id }), 'ERR_NOT_FOUND'],
        ['a TTL that is too long', async () => newTask({}, { ttl: 86_401 }), 'ERR_INVALID_ARGUMENT'],
      ])('refuses %s', async (_, order, code) => {
        await expect(store().begin(await order())).rejects.toMatchObject({ code });
      });

      it('refuses an agent that is banned, and a parent that has ended', async () => {
        const task = await begun();
        await end([task.id]);
        await expect(below(task)).rejects.toMatchObject({ code: 'ERR_TASK_ENDED' });
        const { agents } = opened().datastore;
        const agentId = await newAgent();
        await agents.ban(sampleId(agentId.slice('spiffe://example.org'.length)));
        await expect(begun({ agentId })).rejects.toMatchObject({ code: 'ERR_PERMISSION_DENIED' });
      });

      it('has room for a thousand tasks of one entry on one agent', async () => {
        const [entryId, agentId] = [await newEntry(), await newAgent()];
        await Promise.all(Array.from({ length: 1000 }, () => begun({ entryId, agentId })));
        await expect(begun({ entryId, agentId })).rejects.toMatchObject({ code: 'ERR_TASK_LIMIT' });
        expect(await begun({ entryId })).toMatchObject({ entryId });
      }, 60_000);
    });

    describe('takeIssue', () => {
      const issue = { expiresBy: STORE_TIME + 60, audience: [] };

      it('counts in the task and in all above it', async () => {
        const parent = await begun();
        const child = await below(parent);
        await issuedIn(child);
        await issuedIn(parent);
        expect(await store().get(parent.id)).toMatchObject({ issued: 2 });
        expect(await store().get(child.id)).toMatchObject({ issued: 1 });
      });

      it('stops at the budget, however many ask at once', async () => {
        const task = await begun({}, { budget: 10 });
        const take = () => store().takeIssue(task.id, task.agentId, issue);
        const outcomes = await Promise.all(Array.from({ length: 100 }, take));
        expect(outcomes.filter(({ outcome }) => outcome === 'taken')).toHaveLength(10);
        expect(outcomes.filter(({ outcome }) => outcome === 'spent')).toHaveLength(90);
      });

      it('counts nothing for an audience that is not the task’s', async () => {
        const task = await begun({}, { audiences: ['db', 'cache'] });
        const take = (audience: readonly string[]) =>
          store().takeIssue(task.id, task.agentId, { ...issue, audience });
        expect(await take(['cache', 'mail'])).toEqual({ outcome: 'outside', audience: 'mail' });
        expect(await take(['cache'])).toMatchObject({ outcome: 'taken', task: { issued: 1 } });
      });

      it('knows nothing of tasks of other agents, and nothing is issued after an end', async () => {
        const task = await begun();
        const take = (agentId: string) => store().takeIssue(task.id, agentId, issue);
        expect(await take('another')).toEqual({ outcome: 'unknown' });
        await end([task.id]);
        expect(await take('another')).toEqual({ outcome: 'unknown' });
        expect(await take(task.agentId)).toMatchObject({
          outcome: 'ended',
          task: { end: { cause: 'finished' } },
        });
      });
    });

    describe('end', () => {
      it('ends all below, revokes each that had credentials, notes it in the ledger, and tells of it once', async () => {
        const parent = await begun();
        const child = await below(parent);
        const grandchild = await below(child);
        await issuedIn(parent);
        await issuedIn(grandchild, { kind: 'jwt' });
        const before = await opened().datastore.revocations.latest();
        const changes = await heard(async () => {
          const result = await end([parent.id], { cause: 'processExited' });
          expect(result).toMatchObject({ x509Svids: 1, jwtSvids: 1 });
          expect(result.revocation).toBeGreaterThan(before);
          expect(result.ended.map((task) => [task.id, task.end?.cause])).toEqual([
            [parent.id, 'processExited'],
            [child.id, 'parentEnded'],
            [grandchild.id, 'parentEnded'],
          ]);
        });
        expect(changes.map(({ kind }) => kind)).toEqual(['task', 'task', 'task', 'revocation']);
        expect(changes.at(-1)).toMatchObject({
          revocations: [
            { target: { kind: 'task', taskId: parent.id }, expiresAt: STORE_TIME + 900 },
            { target: { kind: 'task', taskId: grandchild.id } },
          ],
        });
        const [first, second] = [await revocationOf(parent.id), await revocationOf(grandchild.id)];
        expect(first).toBeGreaterThan(before);
        expect(second).toBeGreaterThan(first);
      });

      it('lets the first end stand', async () => {
        const task = await begun();
        await end([task.id], { cause: 'streamClosed' });
        const again = await end([task.id], { cause: 'operator' });
        expect(again).toMatchObject({
          ended: [],
          named: [{ end: { cause: 'streamClosed', detail: 'said' } }],
        });
      });

      it('takes the time that is reported, between beginning and now', async () => {
        const { clock } = opened();
        const tasks = [await begun(), await begun(), await begun()];
        clock.set(STORE_TIME + 100);
        const times = [STORE_TIME - 5, STORE_TIME + 50, STORE_TIME + 500];
        const endings = tasks.map(({ id }, at) => ({
          id,
          cause: 'finished' as const,
          detail: '',
          endedAt: times[at] ?? 0,
        }));
        const { ended } = await store().end({ endings, agentId: '', isReported: true, isDryRun: false });
        clock.set(STORE_TIME);
        expect(ended.map((task) => (task.end?.at ?? 0) - STORE_TIME)).toEqual([0, 50, 100]);
      });

      it('passes over what is not the agent’s, and refuses when nothing is', async () => {
        const [own, foreign] = [await begun(), await begun()];
        const { agentId } = own;
        const { named } = await end([own.id, foreign.id, 'none'], { agentId });
        expect(named.map((task) => task.id)).toEqual([own.id]);
        expect((await store().get(foreign.id))?.end).toBeUndefined();
        await expect(end([foreign.id, 'none'], { agentId })).rejects.toMatchObject({ code: 'ERR_NOT_FOUND' });
      });

      it('only counts when it is a dry run', async () => {
        const task = await begun();
        await issuedIn(task);
        const changes = await heard(async () => {
          const result = await end([task.id], { isDryRun: true });
          expect(result).toMatchObject({ revocation: 0, x509Svids: 1, ended: [{ id: task.id }] });
        });
        expect(changes).toEqual([]);
        expect((await store().get(task.id))?.end).toBeUndefined();
      });

      it('revokes nothing for a task without credentials', async () => {
        const task = await begun();
        expect(await end([task.id])).toMatchObject({ revocation: 0 });
      });
    });

    describe('other ends', () => {
      it.each([
        ['deleted', (id: string) => opened().datastore.entries.delete([id]), 'entry deleted'],
        [
          'given other selectors',
          (id: string) =>
            opened().datastore.entries.update([{ id, fields: { selectors: sampleSelectors('unix:uid:7') } }]),
          'entry changed',
        ],
      ])(
        'an entry that is %s ends its tasks, and those below, in the same commit',
        async (_, change, detail) => {
          const task = await begun();
          const child = await below(task, { entryId: await newEntry() });
          await issuedIn(child);
          const changes = await heard(() => change(task.entryId));
          expect((await store().get(task.id))?.end).toMatchObject({ cause: 'entryGone', detail });
          expect((await store().get(child.id))?.end).toMatchObject({ cause: 'parentEnded' });
          expect(await revocationOf(child.id)).toBeGreaterThan(0);
          expect(changes.filter(({ kind }) => kind === 'task')).toHaveLength(2);
        },
      );

      it('an entry that gets another TTL ends nothing', async () => {
        const task = await begun();
        await opened().datastore.entries.update([{ id: task.entryId, fields: { x509SvidTtl: 77 } }]);
        expect((await store().get(task.id))?.end).toBeUndefined();
      });

      it('an agent that is evicted or banned ends its tasks', async () => {
        const { agents } = opened().datastore;
        for (const way of ['ban', 'delete'] as const) {
          const task = await begun();
          await agents[way](sampleId(task.agentId.slice('spiffe://example.org'.length)));
          expect((await store().get(task.id))?.end).toMatchObject({ cause: 'agentLost' });
        }
      });

      it('a revocation that is brought back from the journal ends its task', async () => {
        const task = await begun();
        const sequence = (await opened().datastore.revocations.latest()) + 1;
        await opened().datastore.revocations.restore([
          {
            sequence,
            reason: 'cessationOfOperation',
            revokedAt: STORE_TIME - 10,
            expiresAt: STORE_TIME + 1000,
            target: { kind: 'task', taskId: task.id },
            actor: 'task ended',
            comment: '',
          },
        ]);
        expect((await store().get(task.id))?.end).toMatchObject({ cause: 'operator', at: STORE_TIME - 10 });
      });
    });

    describe('lists', () => {
      it('go page by page, newest first, by filter', async () => {
        const agentId = await newAgent();
        const first = await begun({ agentId });
        const second = await below(first);
        const third = await below(first);
        await end([second.id]);
        const ids: string[] = [];
        for (let token = ''; ;) {
          const page = await store().list({ agentId }, { size: 2, token });
          ids.push(...page.items.map((task) => task.id));
          token = page.nextPageToken;
          if (token === '') break;
        }
        expect(ids).toEqual([third.id, second.id, first.id]);
        const listed = async (filter: object) =>
          (await store().list({ agentId, ...filter }, wholeList)).items.map((task) => task.id);
        expect(await listed({ isActive: true })).toEqual([third.id, first.id]);
        expect(await listed({ isActive: false })).toEqual([second.id]);
        expect(await listed({ parentId: first.id })).toEqual([third.id, second.id]);
        const active = (await store().active()).map((task) => task.id);
        expect(active).toEqual(expect.arrayContaining([first.id, third.id]));
        expect(active).not.toContain(second.id);
      });

      it('have shorter pages where tasks have long scopes', async () => {
        const agentId = await newAgent();
        const audiences = Array.from({ length: 32 }, (_, at) => `${at}`.padEnd(250, 'x'));
        await Promise.all(Array.from({ length: 160 }, () => begun({ agentId }, { audiences })));
        const page = await store().list({ agentId }, { size: 1000, token: '' });
        expect(page.items.length).toBeLessThan(130);
        const rest = await store().list({ agentId }, { size: 1000, token: page.nextPageToken });
        expect(page.items.length + rest.items.length).toBe(160);
      });
    });

    it('forgets what ended long ago, and never what is active', async () => {
      const [active, over] = [await begun(), await begun()];
      await end([over.id]);
      expect(await store().prune(STORE_TIME - 100)).toBe(0);
      expect(await store().prune(STORE_TIME + 1)).toBeGreaterThan(0);
      expect(await store().get(over.id)).toBeUndefined();
      expect(await store().get(active.id)).toEqual(active);
    });

    describe('what an entry says of tasks', () => {
      const policy: TaskPolicy = { isTaskOnly: true, maxTtl: 60, offlineLease: 5 };

      it('is there from the beginning, and goes with the entry', async () => {
        let entryId = '';
        const changes = await heard(async () => (entryId = await newEntry({}, policy)));
        expect(changes).toMatchObject([{ kind: 'entry' }, { kind: 'task_policy', id: entryId, policy }]);
        expect(await store().policy(entryId)).toEqual(policy);
        expect((await store().policies()).get(entryId)).toEqual(policy);
        const gone = await heard(() => opened().datastore.entries.delete([entryId]));
        expect(gone.find(({ kind }) => kind === 'task_policy')).not.toHaveProperty('policy');
        expect(await store().policy(entryId)).toBeUndefined();
      });

      it('is not changed by creating a similar entry', async () => {
        const entry = sampleEntry({ spiffeId: sampleId(`/${fresh('similar')}`) });
        const first = await store().createEntry(entry, DEFAULT);
        const second = await store().createEntry(entry, policy);
        expect([first.outcome, second.outcome]).toEqual(['created', 'similar']);
        expect(await store().policy(first.outcome === 'created' ? first.entry.id : '')).toEqual(DEFAULT);
      });

      it('raises the revision when it changes, and revokes what was issued outside of tasks when that ends', async () => {
        const entryId = await newEntry();
        const task = await begun({ entryId });
        await issuedIn(task, { entryId });
        const outside = fresh('outside');
        await issued({ entryId, credential: outside });
        expect(await store().setPolicy(entryId, policy)).toEqual(policy);
        expect(await opened().datastore.entries.get(entryId)).toMatchObject({ revisionNumber: 1 });
        const { items } = await opened().datastore.ledger.find({ entryId }, wholeList);
        const revoked = items.filter(({ revocation }) => revocation > 0);
        expect(revoked.map(({ credential }) => credential)).toEqual([outside]);
        const before = await opened().datastore.revocations.latest();
        await store().setPolicy(entryId, { ...policy, maxTtl: 61 });
        expect(await opened().datastore.revocations.latest()).toBe(before);
        await expect(store().setPolicy('none', policy)).rejects.toMatchObject({ code: 'ERR_NOT_FOUND' });
      });
    });
  });
}
