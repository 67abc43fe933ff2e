import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import {
  type AgentTaskClient,
  agentTaskService,
  type BeginTaskRequestInput,
  type LedgerClient,
  ledgerService,
  type WireTaskEndInput,
  type WireTaskOutput,
} from '@signet/api';
import { newTaskId, parseCertificate, parseJwtSvidInsecure, parseSpiffeId } from '@signet/core';
import { randomBytes } from 'node:crypto';
import { callUnary, failureOf } from '../../../../test/kit/grpc-call.ts';
import { testCsr } from '../../../../test/kit/test-csr.ts';
import {
  identityOf,
  type TestAgent,
  type TestClients,
  TestServer,
} from '../../../../test/kit/test-server.ts';

const { ABORTED, ALREADY_EXISTS, FAILED_PRECONDITION, INVALID_ARGUMENT, NOT_FOUND, PERMISSION_DENIED } =
  status;
const id = (path: string) => ({ trust_domain: 'example.org', path });
const csr = testCsr().der;
const now = (): number => Math.floor(Date.now() / 1000);

describe('The AgentTask API', () => {
  let server: TestServer;
  let agent: TestAgent;
  let clients: TestClients;
  let tasks: AgentTaskClient;
  let ofOther: AgentTaskClient;
  let entries = 0;
  const entryOf = new Map<string, string>();

  beforeAll(async () => {
    server = await TestServer.start({
      server: 'audit_log_enabled = true\nadmin_ids = ["spiffe://example.org/task-admin"]',
    });
    agent = await server.attestAgent();
    clients = await server.connect(agent);
    tasks = clients.of<AgentTaskClient>(agentTaskService);
    ofOther = (await server.connect(await server.attestAgent())).of<AgentTaskClient>(agentTaskService);
  }, 60_000);
  afterAll(() => server[Symbol.asyncDispose]());

  async function addEntry(
    rights: { admin?: boolean; downstream?: boolean } = {},
    path = `/task/${++entries}`,
  ): Promise<string> {
    const entry = {
      parent_id: id(`/spire/agent/join_token/${agent.token}`),
      spiffe_id: id(path),
      selectors: [{ type: 'unix', value: 'uid:1' }],
      ...rights,
    };
    const { entry: api } = server.local;
    const { results } = await callUnary(api, api.BatchCreateEntry, { entries: [entry] });
    return results[0]?.entry?.id ?? '';
  }

  async function begin(request: BeginTaskRequestInput = {}): Promise<WireTaskOutput> {
    const entry_id = request.entry_id ?? (await addEntry());
    const answer = await callUnary(tasks, tasks.BeginTask, { purpose: 'a test', ...request, entry_id });
    if (answer.task === null) throw new Error('no task');
    return answer.task;
  }

  const end = (task_id: string, cause: WireTaskEndInput = 'TASK_END_FINISHED', client = tasks) =>
    callUnary(client, client.EndTasks, { endings: [{ task_id, end: cause, detail: 'done' }] });

  async function newX509(task_id: string, client = tasks) {
    const { svid } = await callUnary(client, client.NewX509SVID, { task_id, csr });
    return parseCertificate(svid?.cert_chain[0] ?? new Uint8Array());
  }

  async function newJwt(task_id: string, audience = ['db']) {
    const { svid } = await callUnary(tasks, tasks.NewJWTSVID, { task_id, audience });
    return parseJwtSvidInsecure(svid?.token ?? '');
  }

  async function ledgerOf(task_id: string) {
    const ledger = server.local.of<LedgerClient>(ledgerService);
    return (await callUnary(ledger, ledger.ListSVIDs, { filter: { task_id } })).svids;
  }

  it('begins a task as the entry and the request say', async () => {
    const task = await begin({
      purpose: 'nightly report',
      audiences: ['db', 'db'],
      destinations: ['spiffe://example.org/db'],
      ttl: 60,
      budget: 5,
    });
    expect(task).toMatchObject({
      purpose: 'nightly report',
      spiffe_id: `spiffe://example.org/task/${entries}`,
      agent_id: agent.uri,
      audiences: ['db'],
      destinations: ['spiffe://example.org/db'],
      budget: 5,
      issued: 0,
      depth: 0,
      state: 'TASK_STATE_ACTIVE',
      end: 'TASK_END_UNSPECIFIED',
      begun_by: '',
    });
    expect(task.id).toMatch(/^[\w-]{22}$/);
    expect(Number(task.deadline) - Number(task.began_at)).toBe(60);
  });

  it('begins one task for one idempotency key, also when it is asked for many times at once', async () => {
    const request = { entry_id: await addEntry(), idempotency_key: 'k1' };
    const begun = await Promise.all(Array.from({ length: 20 }, () => begin(request)));
    expect(new Set(begun.map((task) => task.id)).size).toBe(1);
    const other = callUnary(tasks, tasks.BeginTask, { ...request, purpose: 'another' });
    expect(await failureOf(other)).toMatchObject({ code: ALREADY_EXISTS });
  });

  it('issues X509-SVIDs that name the task and end with it', async () => {
    const task = await begin({ ttl: 60 });
    const svid = await newX509(task.id);
    expect(svid.taskId).toBe(task.id);
    expect(svid.uriSans).toEqual([task.spiffe_id]);
    expect(svid.notAfter).toBe(Number(task.deadline));
    expect(await ledgerOf(task.id)).toMatchObject([{ serial: svid.serialHex, revocation: '0' }]);
  });

  it('gives its SVIDs no rights at the server, whatever their entry and the configuration say', async () => {
    const rights = { admin: true, downstream: true };
    for (const entry_id of [await addEntry(rights), await addEntry({}, '/task-admin')]) {
      const task = await begin({ entry_id });
      const { path } = parseSpiffeId(task.spiffe_id);
      const outside = await server.connect(await server.mint(path));
      await callUnary(outside.agent, outside.agent.CountAgents, {});
      const request = testCsr();
      const { svid } = await callUnary(tasks, tasks.NewX509SVID, { task_id: task.id, csr: request.der });
      const inside = await server.connect(identityOf(task.spiffe_id, request, svid?.cert_chain ?? []));
      await callUnary(inside.bundle, inside.bundle.GetBundle, {});
      for (const call of [
        () => callUnary(inside.agent, inside.agent.CountAgents, {}),
        () => callUnary(inside.svid, inside.svid.NewDownstreamX509CA, { csr }),
        () => callUnary(inside.bundle, inside.bundle.PublishJWTAuthority, {}),
        () => callUnary(inside.agent, inside.agent.PostStatus, {}),
      ]) {
        expect((await failureOf(call())).code).toBe(PERMISSION_DENIED);
      }
    }
  });

  it('issues JWT-SVIDs that name the task and end with it', async () => {
    const task = await begin({ ttl: 30, audiences: ['db', 'cache'] });
    const svid = await newJwt(task.id, ['cache']);
    expect(svid.claims.get('task')).toBe(task.id);
    expect(svid.expiresAt).toBe(Number(task.deadline));
    expect(svid.expiresAt).toBeLessThanOrEqual(now() + 30);
    const outside = callUnary(tasks, tasks.NewJWTSVID, { task_id: task.id, audience: ['db', 'mail'] });
    expect(await failureOf(outside)).toMatchObject({ code: PERMISSION_DENIED });
  });

  it('ends a task with all below it, and revokes what hangs from them', async () => {
    const parent = await begin();
    const child = await begin({ entry_id: await addEntry(), parent_id: parent.id });
    const grandchild = await begin({ parent_id: child.id });
    expect(grandchild.depth).toBe(2);
    await newX509(parent.id);
    await newX509(grandchild.id);
    const { ended } = await end(parent.id, 'TASK_END_PROCESS_EXITED');
    expect(ended).toMatchObject([
      { id: parent.id, end: 'TASK_END_PROCESS_EXITED', end_detail: 'done', state: 'TASK_STATE_ENDED' },
      { id: child.id, end: 'TASK_END_PARENT_ENDED' },
      { id: grandchild.id, end: 'TASK_END_PARENT_ENDED' },
    ]);
    for (const { id: taskId } of [parent, grandchild]) {
      const [row] = await ledgerOf(taskId);
      expect(Number(row?.revocation)).toBeGreaterThan(0);
    }
    const refused = callUnary(tasks, tasks.NewX509SVID, { task_id: grandchild.id, csr });
    expect(await failureOf(refused)).toMatchObject({
      code: FAILED_PRECONDITION,
      details: 'the task has ended: its parent ended',
    });
    const below = callUnary(tasks, tasks.BeginTask, {
      entry_id: grandchild.entry_id,
      purpose: 'late',
      parent_id: child.id,
    });
    expect(await failureOf(below)).toMatchObject({ code: FAILED_PRECONDITION });
  });

  it('keeps the first end of a task', async () => {
    const task = await begin();
    await end(task.id, 'TASK_END_STREAM_CLOSED');
    const { ended } = await end(task.id, 'TASK_END_FINISHED');
    expect(ended).toMatchObject([{ id: task.id, end: 'TASK_END_STREAM_CLOSED' }]);
  });

  it('lists what is active of the agent, and only that', async () => {
    const [active, over] = [await begin(), await begin()];
    await end(over.id);
    const { tasks: listed } = await callUnary(tasks, tasks.ListTasks, {});
    const ids = listed.map((task) => task.id);
    expect(ids).toContain(active.id);
    expect(ids).not.toContain(over.id);
    expect((await callUnary(ofOther, ofOther.ListTasks, {})).tasks).toEqual([]);
  });

  describe('a scope', () => {
    it.each([
      ['another audience', { audiences: ['mail'] }],
      ['another destination', { destinations: ['spiffe://example.org/mail'] }],
      ['a later deadline', { ttl: 121 }],
    ])('is not widened below: %s', async (_, wider) => {
      const parent = await begin({
        audiences: ['db', 'cache'],
        destinations: ['spiffe://example.org/db'],
        ttl: 119,
      });
      const request = { purpose: 'wider', entry_id: parent.entry_id, parent_id: parent.id, ...wider };
      expect(await failureOf(callUnary(tasks, tasks.BeginTask, request))).toMatchObject({
        code: INVALID_ARGUMENT,
      });
      const child = await begin({ entry_id: parent.entry_id, parent_id: parent.id, audiences: ['db'] });
      expect(child).toMatchObject({ audiences: ['db'], destinations: ['spiffe://example.org/db'] });
      expect(Number(child.deadline)).toBeLessThanOrEqual(Number(parent.deadline));
    });

    it('is inherited where the child says nothing', async () => {
      const parent = await begin({ audiences: ['db'] });
      const child = await begin({ entry_id: parent.entry_id, parent_id: parent.id });
      expect(child.audiences).toEqual(['db']);
    });

    it('has eight tasks above it at most', async () => {
      let task = await begin();
      for (let depth = 1; depth <= 8; depth++) {
        task = await begin({ entry_id: task.entry_id, parent_id: task.id });
      }
      const request = { purpose: 'deep', entry_id: task.entry_id, parent_id: task.id };
      expect(await failureOf(callUnary(tasks, tasks.BeginTask, request))).toMatchObject({
        code: INVALID_ARGUMENT,
      });
    });
  });

  it.each([
    ['no purpose', { purpose: '' }],
    ['a purpose that is too long', { purpose: 'x'.repeat(257) }],
    ['a purpose that cannot be printed', { purpose: 'a\nb' }],
    ['too many audiences', { audiences: Array.from({ length: 33 }, (_, at) => `a${at}`) }],
    ['an empty audience', { audiences: [''] }],
    ['a destination that is no SPIFFE ID', { destinations: ['https://example.org'] }],
    ['a TTL of more than a day', { ttl: 86_401 }],
    ['a negative TTL', { ttl: -1 }],
    ['a budget beyond all', { budget: 4_000_000_000 }],
    ['an idempotency key that is too long', { idempotency_key: 'k'.repeat(129) }],
  ])('refuses %s', async (_, wrong) => {
    const request = { purpose: 'wrong', entry_id: await addEntry(), ...wrong };
    expect(await failureOf(callUnary(tasks, tasks.BeginTask, request))).toMatchObject({
      code: INVALID_ARGUMENT,
    });
  });

  describe('an agent that is not the task’s', () => {
    const unknown = newTaskId(randomBytes(16));
    const attempts: readonly [string, (client: AgentTaskClient, task_id: string) => Promise<unknown>][] = [
      ['ends it', (client, task_id) => end(task_id, 'TASK_END_FINISHED', client)],
      ['asks for an X509-SVID', (client, task_id) => newX509(task_id, client)],
      [
        'asks for a JWT-SVID',
        (client, task_id) => callUnary(client, client.NewJWTSVID, { task_id, audience: ['db'] }),
      ],
    ];

    it.each(attempts)('learns nothing when it %s', async (_, attempt) => {
      const [active, over] = [await begin(), await begin()];
      await end(over.id);
      const answers = [active.id, over.id, unknown, 'x', ''].map((task) => failureOf(attempt(ofOther, task)));
      for (const answer of await Promise.all(answers)) {
        expect(answer).toMatchObject({ code: NOT_FOUND, details: 'task not found' });
      }
      const { tasks: listed } = await callUnary(tasks, tasks.ListTasks, {});
      expect(listed.map((task) => task.id)).toContain(active.id);
    });

    it('begins none below it, and none for the entry', async () => {
      const task = await begin();
      const request = { purpose: 'theft', entry_id: task.entry_id };
      const failure = await failureOf(callUnary(ofOther, ofOther.BeginTask, request));
      expect(failure).toMatchObject({ code: NOT_FOUND });
    });

    it('has no end that only the server or an operator sees', async () => {
      const task = await begin();
      for (const cause of ['TASK_END_OPERATOR', 'TASK_END_ENTRY_GONE', 'TASK_END_UNSPECIFIED'] as const) {
        expect(await failureOf(end(task.id, cause))).toMatchObject({ code: INVALID_ARGUMENT });
      }
    });
  });

  describe('a budget', () => {
    it('is never exceeded by requests that come together, and ends the task', async () => {
      const task = await begin({ budget: 10 });
      const answers = await Promise.allSettled(Array.from({ length: 100 }, () => newX509(task.id)));
      const issued = answers.filter(({ status: outcome }) => outcome === 'fulfilled').length;
      expect(issued).toBeLessThanOrEqual(10);
      const rows = await ledgerOf(task.id);
      expect(rows.length).toBeLessThanOrEqual(10);
      const { ended } = await end(task.id);
      expect(ended).toMatchObject([{ end: 'TASK_END_BUDGET_SPENT', issued: 10 }]);
    });

    it('counts what is issued below', async () => {
      const parent = await begin({ budget: 2 });
      const child = await begin({ entry_id: parent.entry_id, parent_id: parent.id });
      await newX509(child.id);
      await newX509(parent.id);
      const beyond = callUnary(tasks, tasks.NewX509SVID, { task_id: child.id, csr });
      expect(await failureOf(beyond)).toMatchObject({ code: FAILED_PRECONDITION });
      expect((await end(child.id)).ended).toMatchObject([{ end: 'TASK_END_PARENT_ENDED' }]);
    });
  });

  describe('whatever ends', () => {
    it('an entry that is deleted takes its tasks along, and those below', async () => {
      const parent = await begin();
      const child = await begin({ parent_id: parent.id });
      await newX509(child.id);
      const { entry } = server.local;
      await callUnary(entry, entry.BatchDeleteEntry, { ids: [parent.entry_id] });
      expect((await end(parent.id)).ended).toMatchObject([{ end: 'TASK_END_ENTRY_GONE' }]);
      expect((await end(child.id)).ended).toMatchObject([{ end: 'TASK_END_PARENT_ENDED' }]);
      const [row] = await ledgerOf(child.id);
      expect(Number(row?.revocation)).toBeGreaterThan(0);
    });

    it.each([
      ['its own end', async (task: WireTaskOutput) => end(task.id)],
      ['the end of its parent', async ({ parent_id: parent }: WireTaskOutput) => end(parent)],
      [
        'the end of its entry',
        async ({ entry_id }: WireTaskOutput) => {
          const { entry } = server.local;
          await callUnary(entry, entry.BatchDeleteEntry, { ids: [entry_id] });
        },
      ],
      [
        'the end of the entry of its parent, which is another',
        async ({ parent_id: parent }: WireTaskOutput) => {
          const { entry } = server.local;
          await callUnary(entry, entry.BatchDeleteEntry, { ids: [entryOf.get(parent) ?? ''] });
        },
      ],
    ])(
      'lets no credential escape that is signed meanwhile: %s',
      async (_, ending) => {
        for (let round = 0; round < 12; round++) {
          const parent = await begin();
          entryOf.set(parent.id, parent.entry_id);
          const task = await begin({ parent_id: parent.id });
          const asked = Array.from({ length: 12 }, (_, at) =>
            at % 2 === 0
              ? newX509(task.id).then((svid) => svid.serialHex)
              : newJwt(task.id).then((svid) => svid.claims.get('jti')),
          );
          const [answers] = await Promise.all([Promise.allSettled(asked), ending(task)]);
          const out = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
          const rows = await ledgerOf(task.id);
          const revoked = new Set(
            rows.filter(({ revocation }) => revocation !== '0').map((row) => row.serial || row.jti),
          );
          expect(out.filter((credential) => !revoked.has(credential as string))).toEqual([]);
          for (const answer of answers.filter(({ status: outcome }) => outcome === 'rejected')) {
            // Held while the end was written, or refused after it: the task has ended, or the entry is gone.
            expect([ABORTED, FAILED_PRECONDITION, NOT_FOUND]).toContain(
              (answer as { reason: { code: status } }).reason.code,
            );
          }
        }
      },
      60_000,
    );
  });

  describe('a flood', () => {
    it('of ends in one call is refused', async () => {
      const endings = Array.from({ length: 1001 }, () => ({ task_id: newTaskId(randomBytes(16)) }));
      const failure = await failureOf(callUnary(tasks, tasks.EndTasks, { endings }));
      expect(failure).toMatchObject({ code: INVALID_ARGUMENT });
    });

    it('of begins waits for its turn, and those who end do not wait for it', async () => {
      const [entry_id, task] = [await addEntry(), await begin()];
      const flood = await server.connect(agent);
      const flooding = flood.of<AgentTaskClient>(agentTaskService);
      const start = performance.now();
      let last = 0;
      const begun = Array.from({ length: 600 }, async () => {
        await callUnary(flooding, flooding.BeginTask, { entry_id, purpose: 'a flood' });
        last = performance.now() - start;
      });
      const ended = end(task.id).then(() => performance.now() - start);
      expect(await ended).toBeLessThan(1000);
      await Promise.all(begun);
      // Two hundred at once, then two hundred a second.
      expect(last).toBeGreaterThan(1500);
      flood.close();
    }, 60_000);
  });
});
