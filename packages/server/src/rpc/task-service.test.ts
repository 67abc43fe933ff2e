import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import {
  type AgentFeedClient,
  agentFeedService,
  type AgentTaskClient,
  agentTaskService,
  type ConnectResponseOutput,
  type OperatorRevocationClient,
  type OperatorTaskClient,
  revocationService,
  taskService,
  type WireTaskPolicyInput,
} from '@signet/api';
import { parseCertificate } from '@signet/core';
import { callUnary, failureOf } from '../../../../test/kit/grpc-call.ts';
import { testCsr } from '../../../../test/kit/test-csr.ts';
import { type TestAgent, type TestClients, TestServer } from '../../../../test/kit/test-server.ts';

const { ALREADY_EXISTS, INVALID_ARGUMENT, NOT_FOUND, PERMISSION_DENIED } = status;
const id = (path: string) => ({ trust_domain: 'example.org', path });
const csr = testCsr().der;

describe('The Task API', () => {
  let server: TestServer;
  let agent: TestAgent;
  let clients: TestClients;
  let operator: OperatorTaskClient;
  let tasks: AgentTaskClient;
  let entries = 0;

  beforeAll(async () => {
    server = await TestServer.start({ server: 'audit_log_enabled = true' });
    agent = await server.attestAgent();
    clients = await server.connect(agent);
    operator = server.local.of<OperatorTaskClient>(taskService);
    tasks = clients.of<AgentTaskClient>(agentTaskService);
  }, 60_000);
  afterAll(() => server[Symbol.asyncDispose]());

  const wireEntry = () => ({
    parent_id: id(`/spire/agent/join_token/${agent.token}`),
    spiffe_id: id(`/operated/${++entries}`),
    selectors: [{ type: 'unix', value: 'uid:1' }],
  });

  async function createEntry(policy: WireTaskPolicyInput = {}): Promise<string> {
    const entry = await callUnary(operator, operator.CreateTaskEntry, { entry: wireEntry(), policy });
    return entry.id;
  }

  const begin = (entry_id: string, more = {}) =>
    callUnary(operator, operator.BeginTask, { entry_id, agent_id: agent.uri, purpose: 'operated', ...more });

  /** A feed of the agent, with all that was said on it. */
  function openFeed(of = clients): {
    messages: ConnectResponseOutput[];
    first: Promise<unknown>;
    cancel: () => void;
  } {
    const stream = of.of<AgentFeedClient>(agentFeedService).Connect();
    const messages: ConnectResponseOutput[] = [];
    stream.on('error', () => undefined);
    const first = new Promise((resolve) => {
      stream.on('data', (message: ConnectResponseOutput) => resolve(messages.push(message)));
    });
    stream.write({});
    return { messages, first, cancel: () => stream.cancel() };
  }

  async function until<T>(look: () => Promise<T | undefined> | T | undefined): Promise<T> {
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  const endOf = async (task: string) => {
    const { end, state } = await callUnary(operator, operator.GetTask, { id: task });
    return state === 'TASK_STATE_ENDED' ? end : undefined;
  };

  it('begins a task for an agent, which hears of it, and ends it', async () => {
    const feed = openFeed();
    await feed.first;
    const task = await begin(await createEntry());
    expect(task).toMatchObject({ begun_by: `local:uid:${process.getuid?.()}`, agent_id: agent.uri });
    await until(() => feed.messages.slice(1).find(({ tasks_changed }) => tasks_changed));
    const { svid } = await callUnary(tasks, tasks.NewX509SVID, { task_id: task.id, csr });
    expect(parseCertificate(svid?.cert_chain[0] ?? new Uint8Array()).taskId).toBe(task.id);
    const { ended } = await callUnary(operator, operator.EndTask, { id: task.id, detail: 'enough' });
    expect(ended).toMatchObject([{ id: task.id, end: 'TASK_END_OPERATOR', end_detail: 'enough' }]);
    const told = await until(() => feed.messages.find(({ ended_tasks: all }) => all.length > 0));
    expect(told.ended_tasks).toMatchObject([{ id: task.id, end: 'TASK_END_OPERATOR' }]);
    expect(server.log).toContainEqual(
      expect.objectContaining({ msg: 'Task ended', type: 'audit', task_id: task.id, cause: 'operator' }),
    );
    expect(server.log).toContainEqual(
      expect.objectContaining({ msg: 'API accessed', method: 'EndTask', task_id: task.id, detail: 'enough' }),
    );
    feed.cancel();
  });

  it('does not tell an agent of the ends that it reported itself', async () => {
    const feed = openFeed();
    await feed.first;
    const { id: task_id } = await begin(await createEntry());
    const { id: other } = await begin(await createEntry());
    await callUnary(tasks, tasks.EndTasks, { endings: [{ task_id, end: 'TASK_END_FINISHED' }] });
    await callUnary(operator, operator.EndTask, { id: other });
    const told = await until(() => feed.messages.find(({ ended_tasks: all }) => all.length > 0));
    expect(told.ended_tasks.map((task) => task.id)).toEqual([other]);
    feed.cancel();
  });

  it('ends the tasks of an agent that is gone within the second', async () => {
    const connection = await server.connect(agent);
    const feed = openFeed(connection);
    await feed.first;
    const task = await begin(await createEntry());
    const leased = await begin(await createEntry({ offline_lease: 600 }));
    const lost = performance.now();
    connection.close();
    feed.cancel();
    expect(await until(() => endOf(task.id))).toBe('TASK_END_AGENT_LOST');
    expect(performance.now() - lost).toBeLessThan(3000);
    expect(performance.now() - lost).toBeGreaterThan(400);
    expect(await endOf(leased.id)).toBeUndefined();
  });

  it('ends a task at its deadline', async () => {
    const task = await begin(await createEntry(), { ttl: 1 });
    expect(await until(() => endOf(task.id))).toBe('TASK_END_DEADLINE');
  });

  it('lists tasks, newest first, by whose they are and whether they have ended', async () => {
    const entry_id = await createEntry();
    const [first, second, third] = [await begin(entry_id), await begin(entry_id), await begin(entry_id)];
    await callUnary(operator, operator.EndTask, { id: second.id });
    const list = async (filter: object) => {
      const found: string[] = [];
      for (let page_token = ''; ;) {
        const page = await callUnary(operator, operator.ListTasks, { filter, page_size: 1, page_token });
        found.push(...page.tasks.map((task) => task.id));
        if (page.next_page_token === '') return found;
        ({ next_page_token: page_token } = page);
      }
    };
    expect(await list({ entry_id })).toEqual([third.id, second.id, first.id]);
    expect(await list({ entry_id, state: 'TASK_STATE_ACTIVE' })).toEqual([third.id, first.id]);
    expect(await list({ entry_id, state: 'TASK_STATE_ENDED' })).toEqual([second.id]);
    expect(await list({ spiffe_id: first.spiffe_id, agent_id: agent.uri })).toHaveLength(3);
    expect(await list({ parent_id: first.id })).toEqual([]);
  });

  it('revokes by task what the ledger and the task know', async () => {
    const parent = await begin(await createEntry());
    const child = await begin(parent.entry_id, { parent_id: parent.id });
    await callUnary(tasks, tasks.NewX509SVID, { task_id: child.id, csr });
    await callUnary(tasks, tasks.NewJWTSVID, { task_id: parent.id, audience: ['db'] });
    const revocation = server.local.of<OperatorRevocationClient>(revocationService);
    const request = { task_id: parent.id, comment: 'stolen' };
    const counts = { x509_svids: 1, jwt_svids: 1, tasks: 2 };
    const dry = await callUnary(revocation, revocation.Revoke, { ...request, dry_run: true });
    expect(dry).toMatchObject({ ...counts, revocation: '0' });
    expect(await endOf(parent.id)).toBeUndefined();
    expect(await callUnary(revocation, revocation.Revoke, request)).toMatchObject(counts);
    expect(await endOf(parent.id)).toBe('TASK_END_OPERATOR');
    expect(await callUnary(revocation, revocation.Revoke, request)).toMatchObject({ tasks: 0 });
    const unknown = callUnary(revocation, revocation.Revoke, { task_id: 'A'.repeat(22) });
    expect(await failureOf(unknown)).toMatchObject({ code: NOT_FOUND });
  });

  describe('an entry that is for tasks only', () => {
    it('is not told to agents among the others, and nothing is issued for it outside a task', async () => {
      const entry_id = await createEntry({ is_task_only: true, max_ttl: 600 });
      const { entry: api, svid } = clients;
      const { entries: told } = await callUnary(api, api.GetAuthorizedEntries, {});
      expect(told.map((each) => each.id)).not.toContain(entry_id);
      const { entries: ofTasks } = await callUnary(tasks, tasks.ListTaskEntries, {});
      expect(ofTasks).toContainEqual(
        expect.objectContaining({
          entry: expect.objectContaining({ id: entry_id }),
          policy: { is_task_only: true, max_ttl: 600, offline_lease: 0 },
        }),
      );
      const { results } = await callUnary(svid, svid.BatchNewX509SVID, { params: [{ entry_id, csr }] });
      expect(results[0]?.status).toEqual({
        code: PERMISSION_DENIED,
        message: 'nothing is issued for the entry outside a task',
      });
      const token = callUnary(svid, svid.NewJWTSVID, { entry_id, audience: ['db'] });
      expect(await failureOf(token)).toMatchObject({ code: PERMISSION_DENIED });
      const tooLong = callUnary(tasks, tasks.BeginTask, { entry_id, purpose: 'long', ttl: 601 });
      expect(await failureOf(tooLong)).toMatchObject({ code: INVALID_ARGUMENT });
      const { task } = await callUnary(tasks, tasks.BeginTask, { entry_id, purpose: 'work' });
      expect(Number(task?.deadline) - Number(task?.began_at)).toBe(600);
      await callUnary(tasks, tasks.NewX509SVID, { task_id: task?.id ?? '', csr });
    });

    it('revokes, when it becomes one, what it was issued outside of tasks', async () => {
      const entry_id = await createEntry();
      const { svid } = clients;
      const { results } = await callUnary(svid, svid.BatchNewX509SVID, { params: [{ entry_id, csr }] });
      expect(results[0]?.status?.code).toBe(status.OK);
      const task = await begin(entry_id);
      await callUnary(tasks, tasks.NewX509SVID, { task_id: task.id, csr });
      const policy = { is_task_only: true, max_ttl: 60, offline_lease: 5 };
      expect(await callUnary(operator, operator.SetTaskPolicy, { entry_id, policy })).toEqual(policy);
      expect(await callUnary(operator, operator.GetTaskPolicy, { entry_id })).toEqual(policy);
      expect(await endOf(task.id)).toBeUndefined();
      const revocation = server.local.of<OperatorRevocationClient>(revocationService);
      // One is left that can be revoked: that of the task.
      const left = await callUnary(revocation, revocation.Revoke, { entry_id, dry_run: true });
      expect(left).toMatchObject({ x509_svids: 1 });
    });

    it('is refused when there is a similar one, and leaves that as it is', async () => {
      const entry = wireEntry();
      const first = await callUnary(operator, operator.CreateTaskEntry, { entry, policy: {} });
      const again = callUnary(operator, operator.CreateTaskEntry, { entry, policy: { is_task_only: true } });
      expect(await failureOf(again)).toMatchObject({ code: ALREADY_EXISTS });
      const policy = await callUnary(operator, operator.GetTaskPolicy, { entry_id: first.id });
      expect(policy).toEqual({ is_task_only: false, max_ttl: 0, offline_lease: 0 });
    });
  });

  it('is not for agents', async () => {
    const asAgent = clients.of<OperatorTaskClient>(taskService);
    expect(await failureOf(callUnary(asAgent, asAgent.ListTasks, {}))).toMatchObject({
      code: PERMISSION_DENIED,
    });
  });

  it('refuses what is not there, or not the agent’s', async () => {
    const missing = callUnary(operator, operator.GetTask, { id: 'nothing' });
    expect(await failureOf(missing)).toMatchObject({ code: NOT_FOUND });
    const other = await server.attestAgent();
    const begun = callUnary(operator, operator.BeginTask, {
      entry_id: await createEntry(),
      agent_id: other.uri,
      purpose: 'not its entry',
    });
    expect(await failureOf(begun)).toMatchObject({ code: NOT_FOUND });
    const policy = callUnary(operator, operator.SetTaskPolicy, { entry_id: 'nothing', policy: {} });
    expect(await failureOf(policy)).toMatchObject({ code: NOT_FOUND });
    const negative = callUnary(operator, operator.CreateTaskEntry, {
      entry: wireEntry(),
      policy: { offline_lease: -1 },
    });
    expect(await failureOf(negative)).toMatchObject({ code: INVALID_ARGUMENT });
  });

  it('ends the tasks of an agent that is banned', async () => {
    const banned = await server.attestAgent();
    const api = (await server.connect(banned)).of<AgentTaskClient>(agentTaskService);
    const entry = { ...wireEntry(), parent_id: id(`/spire/agent/join_token/${banned.token}`) };
    const { id: entry_id } = await callUnary(operator, operator.CreateTaskEntry, { entry, policy: {} });
    const { task } = await callUnary(api, api.BeginTask, { entry_id, purpose: 'work' });
    const { agent: agents } = server.local;
    await callUnary(agents, agents.BanAgent, { id: id(`/spire/agent/join_token/${banned.token}`) });
    expect(await endOf(task?.id ?? '')).toBe('TASK_END_AGENT_LOST');
    const late = callUnary(operator, operator.BeginTask, { entry_id, agent_id: banned.uri, purpose: 'late' });
    expect(await failureOf(late)).toMatchObject({ code: PERMISSION_DENIED });
  });
});
