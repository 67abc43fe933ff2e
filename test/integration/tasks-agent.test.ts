import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:http2';
import { connect as connectSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import {
  createClient,
  type LocalBeginTaskRequestInput,
  type OperatorTaskClient,
  type SpiffeWorkloadAPIClient,
  type LocalWorkloadClient,
  taskService,
  type WireTaskOutput,
  workloadApiService,
  workloadService,
} from '@signet/api';
import { Deployment } from '../kit/deployment.ts';
import { figure } from '../kit/figures.ts';
import { callUnary } from '../kit/grpc-call.ts';
import { type BegunTask, TaskHolder } from '../kit/held-task.ts';
import { type Command, runCommand, SIGNET_AGENT, SIGNET_SERVER, until } from '../kit/program.ts';
import { unprivileged } from '../kit/unprivileged.ts';

const ID = 'spiffe://example.org/worker';
const AUDIENCE = 'holder';
const LOCAL = { 'grpc.use_local_subchannel_pool': 1 };
const DENIED: number = status.PERMISSION_DENIED;
const REFUSED: number = status.INVALID_ARGUMENT;
const GONE = 'there is no such task';

function header(taskId?: string): Metadata {
  const metadata = new Metadata();
  metadata.set('workload.spiffe.io', 'true');
  if (taskId !== undefined) metadata.set('signet-task-id', taskId);
  return metadata;
}

/** What a call ends with: its status, OK when it succeeds. */
function outcome(
  call: (done: (error: ServiceError | null) => void) => unknown,
): Promise<{ code: number; details: string }> {
  return new Promise((resolve) => {
    call((error) => resolve(error === null ? { code: status.OK, details: '' } : error));
  });
}

/** The calls of a test about the tasks of one agent. */
class Desk {
  readonly #deployment: Deployment;
  readonly #agent: string;
  readonly #holders: TaskHolder[] = [];

  constructor(deployment: Deployment, agent = 'agent') {
    this.#deployment = deployment;
    this.#agent = agent;
  }

  get socket(): string {
    return this.#deployment.agentSocket(this.#agent);
  }

  /** Begins a task in a process of its own, as soon as the agent has a server to begin it with. */
  async begin(request: LocalBeginTaskRequestInput = {}): Promise<BegunTask> {
    for (let attempt = 0; ; attempt++) {
      try {
        const begun = await TaskHolder.begin(this.socket, { purpose: 'a test', ttl: 300, ...request });
        this.#holders.push(begun.holder);
        return begun;
      } catch (error) {
        if (attempt > 20 || !String(error).includes('the server cannot be reached')) throw error;
      }
    }
  }

  /** Ends the processes that hold tasks. */
  async release(): Promise<void> {
    for (const holder of this.#holders.splice(0)) await holder[Symbol.asyncDispose]();
  }

  /** What the agent says of a token. */
  async validate(token: string): Promise<number> {
    const api = this.api();
    const { code } = await outcome((done) =>
      api.ValidateJWTSVID({ audience: AUDIENCE, svid: token }, header(), done),
    );
    api.close();
    return code;
  }

  api(socket = this.socket): SpiffeWorkloadAPIClient {
    return createClient(workloadApiService, `unix:${socket}`, credentials.createInsecure(), LOCAL);
  }

  tasks(socket = this.socket): LocalWorkloadClient {
    return createClient(workloadService, `unix:${socket}`, credentials.createInsecure(), LOCAL);
  }

  /** The task as the server has it. */
  async recorded(id: string): Promise<WireTaskOutput> {
    const client = createClient<OperatorTaskClient>(
      taskService,
      `unix:${this.#deployment.serverSocket}`,
      credentials.createInsecure(),
      LOCAL,
    );
    try {
      return await callUnary(client, client.GetTask, { id });
    } finally {
      client.close();
    }
  }

  /** Waits until the server has an end of the task. @returns which. */
  async end(id: string): Promise<string> {
    await until(
      async () => (await this.recorded(id)).state === 'TASK_STATE_ENDED',
      20_000,
      'the end of the task',
    );
    return (await this.recorded(id)).end;
  }
}

const selectors = [`unix:uid:${process.getuid?.() ?? 0}`];

describe('tasks of an agent', () => {
  let deployment: Deployment;
  let desk: Desk;
  let parentId: string;
  let entryId: string;

  beforeAll(async () => {
    deployment = await Deployment.start({ serverSettings: 'agent_feed_heartbeat = "1s"' });
    parentId = await deployment.startAgent();
    entryId = await deployment.createEntry({ parentId, spiffeId: ID, selectors });
    desk = new Desk(deployment);
    await until(
      async () => (await deployment.agentCli(['api', 'fetch', 'x509'])).code === 0,
      20_000,
      'the entry to be with the agent',
    );
  }, 90_000);
  afterEach(() => desk.release());
  afterAll(() => deployment[Symbol.asyncDispose](), 30_000);

  describe.each<{
    readonly name: string;
    readonly request?: LocalBeginTaskRequestInput;
    readonly act: (given: { holder: TaskHolder; id: string }) => unknown;
    readonly end: string;
  }>([
    { name: 'by its owner', act: ({ holder }) => holder.tell('end'), end: 'TASK_END_FINISHED' },
    { name: 'with its stream', act: ({ holder }) => holder.tell('close'), end: 'TASK_END_STREAM_CLOSED' },
    {
      name: 'with its process, killed',
      act: ({ holder }) => void holder.process.kill('SIGKILL'),
      end: 'TASK_END_PROCESS_EXITED',
    },
    {
      name: 'with its process',
      act: ({ holder }) => void holder.process.kill('SIGTERM'),
      end: 'TASK_END_PROCESS_EXITED',
    },
    { name: 'at its deadline', request: { ttl: 3 }, act: () => undefined, end: 'TASK_END_DEADLINE' },
    {
      name: 'with its budget',
      request: { budget: 2 },
      act: ({ holder }) => holder.tell('jwt another'),
      end: 'TASK_END_BUDGET_SPENT',
    },
    {
      name: 'by an operator',
      act: ({ id }) => deployment.mustCli('task', 'end', '-id', id),
      end: 'TASK_END_OPERATOR',
    },
  ])('ends $name', ({ request, act, end }) => {
    it(`everywhere, as ${end}`, async () => {
      const { holder, id, token } = await desk.begin(request);
      expect((await desk.recorded(id)).state).toBe('TASK_STATE_ACTIVE');
      expect(await desk.validate(token)).toBe(status.OK);
      await act({ holder, id });
      await until(async () => (await desk.validate(token)) === REFUSED, 10_000, 'the refusal');
      expect(await desk.end(id)).toBe(end);
      if (holder.process.signalCode !== null || holder.process.killed) return;
      const { streamEnded } = await holder.said((line) => line.streamEnded !== undefined);
      expect(streamEnded?.code).toBe(status.FAILED_PRECONDITION);
      expect(streamEnded?.details).toMatch(/^the task has ended: /);
      if (end === 'TASK_END_STREAM_CLOSED') return;
      await holder.said((line) => line.task?.end === end);
      await holder.said((line) => line.isOver === true);
    }, 30_000);
  });

  it('ends with its parent, and may do no more than it', async () => {
    const api = desk.tasks();
    const mine = api.BeginTask({ purpose: 'parent', ttl: 100, audiences: ['a', 'b'] }, header());
    const [first] = (await once(mine, 'data')) as [{ task: WireTaskOutput }];
    const parent_id = first.task.id;
    const wider = api.BeginTask({ purpose: 'wider', parent_id, audiences: ['c'] }, header());
    const [refusal] = (await once(wider, 'error')) as [ServiceError];
    expect(refusal.code).toBe(status.INVALID_ARGUMENT);
    const child = api.BeginTask({ purpose: 'child', parent_id, audiences: ['a'] }, header());
    const [second] = (await once(child, 'data')) as [{ task: WireTaskOutput }];
    expect(second.task.parent_id).toBe(parent_id);
    // Another process does not begin anything in it.
    const foreign = new TaskHolder(desk.socket, { purpose: 'foreign', parent_id });
    const { failed } = await foreign.said((line) => line.failed !== undefined);
    expect(failed).toEqual({ code: status.NOT_FOUND, details: GONE });
    await foreign[Symbol.asyncDispose]();

    mine.on('error', () => undefined);
    const last = once(child, 'data');
    mine.cancel();
    expect(((await last) as [{ task: WireTaskOutput }])[0].task.end).toBe('TASK_END_PARENT_ENDED');
    expect(await desk.end(second.task.id)).toBe('TASK_END_PARENT_ENDED');
    api.close();
  }, 30_000);

  it('ends with the entry of its owner', async () => {
    const spiffeId = 'spiffe://example.org/short-lived';
    const gone = await deployment.createEntry({ parentId, spiffeId, selectors });
    await until(
      async () => (await deployment.agentCli(['api', 'fetch', 'x509'])).stdout.includes(spiffeId),
      10_000,
      'the second entry',
    );
    // Two identities: it has to be said which.
    const unsure = new TaskHolder(desk.socket, { purpose: 'unsure' });
    const { failed } = await unsure.said((line) => line.failed !== undefined);
    expect(failed?.code).toBe(status.INVALID_ARGUMENT);
    expect(failed?.details).toMatch(/spiffe_id .* has to name the task's: spiffe:.*, spiffe:/);
    await unsure[Symbol.asyncDispose]();

    const { holder, id, token } = await desk.begin({ spiffe_id: spiffeId });
    await deployment.mustCli('entry', 'delete', '-entryID', gone);
    expect(await desk.end(id)).toBe('TASK_END_ENTRY_GONE');
    await holder.said((line) => line.task?.end === 'TASK_END_ENTRY_GONE');
    expect(await desk.validate(token)).toBe(status.INVALID_ARGUMENT);
    await until(
      async () => !(await deployment.agentCli(['api', 'fetch', 'x509'])).stdout.includes(spiffeId),
      10_000,
      'the second entry to go',
    );
  }, 30_000);

  it("is nobody's but its owner's, whatever id is named", async () => {
    const { id } = await desk.begin();
    const [api, tasks] = [desk.api(), desk.tasks()];
    for (const named of [id, 'AAAAAAAAAAAAAAAAAAAAAA', 'no id', `${id}x`]) {
      const calls = [
        outcome((done) => api.FetchJWTSVID({ audience: ['a'] }, header(named), done)),
        outcome((done) => tasks.EndTask({ task_id: named }, header(), done)),
        new Promise((resolve) => api.FetchX509SVID({}, header(named)).once('error', resolve)),
      ];
      for (const refusal of await Promise.all(calls)) {
        expect(refusal).toMatchObject({ code: status.NOT_FOUND, details: GONE });
      }
    }
    expect((await desk.recorded(id)).state).toBe('TASK_STATE_ACTIVE');
    const listed = await deployment.agentCli(['task', 'list', '-output', 'json']);
    expect(JSON.parse(listed.stdout)).toMatchObject({ tasks: [{ id, purpose: 'a test' }] });
    api.close();
    tasks.close();
  }, 30_000);

  it('gives tokens only for its audiences, and leaves other SVIDs of the workload alone', async () => {
    const { holder } = await desk.begin({ audiences: [AUDIENCE, 'b'] });
    holder.tell('jwt c');
    const { refused } = await holder.said((line) => line.refused !== undefined);
    expect(refused?.code).toBe(status.PERMISSION_DENIED);
    holder.tell('end');
    await holder.said((line) => line.isOver === true);
    expect((await deployment.agentCli(['api', 'fetch', 'jwt', '-audience', 'c'])).code).toBe(0);
  }, 30_000);

  describe('that is a command', () => {
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'signet-tasks-'));
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));

    const agent = SIGNET_AGENT.join(' ');
    const args = (...more: string[]): string[] => [
      'task',
      'run',
      '-socketPath',
      desk.socket,
      '-purpose',
      'command',
      ...more,
    ];
    const run = (...more: string[]): ReturnType<typeof runCommand> => runCommand(SIGNET_AGENT, args(...more));
    const start = (...more: string[]): ChildProcess => {
      const [program, ...first] = SIGNET_AGENT;
      return spawn(program, [...first, ...args(...more)], { stdio: ['pipe', 'pipe', 'pipe'] });
    };
    const sockets = (): string[] =>
      readdirSync(join(dirname(desk.socket), 'tasks')).filter((name) => name.endsWith('.sock'));
    const idOfPurpose = async (purpose: string): Promise<string> => {
      const list = await deployment.mustCli('task', 'list', '-output', 'json');
      const { tasks } = JSON.parse(list) as { tasks: WireTaskOutput[] };
      return tasks.find((task) => task.purpose === purpose)?.id ?? '';
    };

    it("has a socket that serves its tree only, and its exit code is the command's", async () => {
      const fetch = `${agent} api fetch jwt -audience a -output json`;
      const { code, stdout } = await run('--', 'sh', '-c', `(setsid sh -c '${fetch}' ); exit 7`);
      expect(code).toBe(7);
      const [{ svids }] = JSON.parse(stdout) as [{ svids: { svid: string }[] }];
      const claims = JSON.parse(
        Buffer.from(svids[0]?.svid.split('.')[1] ?? '', 'base64url').toString(),
      ) as Record<string, unknown>;
      expect(claims['sub']).toBe(ID);
      const id = String(claims['task']);
      expect(await desk.end(id)).toBe('TASK_END_PROCESS_TREE_GONE');
      await until(() => sockets().length === 0, 5_000, 'the socket to go');
    }, 30_000);

    it('refuses whoever is not of its tree', async () => {
      const child = start('--', 'sh', '-c', 'echo "$SPIFFE_ENDPOINT_SOCKET"; sleep 60');
      const [line] = (await once(child.stdout!, 'data')) as [Buffer];
      const socket = line.toString().trim().replace('unix://', '');
      const api = desk.api(socket);
      expect(await outcome((done) => api.FetchJWTSVID({ audience: ['a'] }, header(), done))).toMatchObject({
        code: status.PERMISSION_DENIED,
        details: 'the caller is not a process of this task',
      });
      api.close();
      child.kill('SIGTERM');
      expect(await once(child, 'exit')).toEqual([143, null]);
    }, 30_000);

    it('is not kept from its members by others who fill its socket', async () => {
      const fetch = `${agent} api fetch jwt -audience a -output json`;
      const child = start('--', 'sh', '-c', `echo "$SPIFFE_ENDPOINT_SOCKET"; read line; ${fetch}; exit 0`);
      const [line] = (await once(child.stdout!, 'data')) as [Buffer];
      const path = line.toString().trim().replace('unix://', '');
      expect(statSync(dirname(path)).mode & 0o777).toBe(0o711);
      // They speak HTTP/2, and say nothing.
      const strangers = Array.from({ length: 300 }, () =>
        connect('http://localhost', { createConnection: () => connectSocket({ path }) }).on(
          'error',
          () => undefined,
        ),
      );
      const closed = Promise.all(
        strangers.map((stranger) => new Promise((resolve) => stranger.once('close', resolve))),
      );
      const answer = once(child.stdout!, 'data') as Promise<[Buffer]>;
      child.stdin?.end('go\n');
      expect((await answer)[0].toString()).toContain(ID);
      expect(await once(child, 'exit')).toEqual([0, null]);
      await closed;
    }, 30_000);

    it('can be part of another one, which it ends with', async () => {
      const inner = `${agent} task run -purpose inner -- sleep 60`;
      const child = start('-purpose', 'outer', '--', 'sh', '-c', `exec ${inner}`);
      const stderr: string[] = [];
      child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk.toString()));
      await until(async () => (await idOfPurpose('inner')) !== '', 10_000, 'the inner task');
      const [outer, within] = [await idOfPurpose('outer'), await idOfPurpose('inner')];
      expect((await desk.recorded(within)).parent_id).toBe(outer);
      await deployment.mustCli('task', 'end', '-id', outer);
      expect(await desk.end(within)).toBe('TASK_END_PARENT_ENDED');
      expect(await once(child, 'exit')).toEqual([124, null]);
      expect(stderr.join('')).toContain('The task has ended: an operator ended it');
    }, 30_000);

    it('waits for what its command leaves behind, which stays of the task', async () => {
      const mark = join(folder, 'left');
      const fetch = `${agent} api fetch jwt -audience a -output json -socketPath "\${SPIFFE_ENDPOINT_SOCKET#unix://}"`;
      const { code } = await run(
        '--',
        'sh',
        '-c',
        `setsid sh -c 'sleep 1; ${fetch} > ${mark}' > /dev/null 2>&1 & exit 3`,
      );
      expect(code).toBe(3);
      expect(await readFile(mark, 'utf8')).toContain(ID);
    }, 30_000);

    it('is killed at its deadline, with all its processes', async () => {
      const mark = join(folder, `pids-${Date.now()}`);
      const stubborn = `trap "" TERM; echo $$ >> ${mark}; while :; do sleep 1; done`;
      const { code, stderr } = await run(
        '-ttl',
        '2s',
        '-killAfter',
        '500ms',
        '--',
        'sh',
        '-c',
        `setsid sh -c '${stubborn}' & ${stubborn}`,
      );
      expect(code).toBe(124);
      expect(stderr).toContain('The task has ended: its time is over\n');
      const pids = (await readFile(mark, 'utf8')).trim().split('\n');
      expect(pids).toHaveLength(2);
      for (const pid of pids) expect(existsSync(`/proc/${pid}`)).toBe(false);
    }, 30_000);

    it('is killed at its deadline while its agent is stopped', async () => {
      const mark = join(folder, `stopped-${Date.now()}`);
      const stubborn = `trap "" TERM; echo $$ >> ${mark}; while :; do sleep 1; done`;
      const beganAt = performance.now();
      const child = start(
        '-ttl',
        '4s',
        '-killAfter',
        '500ms',
        '--',
        'sh',
        '-c',
        `setsid sh -c '${stubborn}' & ${stubborn}`,
      );
      try {
        const marked = async (): Promise<string> => (existsSync(mark) ? readFile(mark, 'utf8') : '');
        await until(
          async () => (await marked()).split('\n').length === 3,
          3_500,
          'the processes of the task',
        );
        deployment.agent.process.kill('SIGSTOP');
        expect(await once(child, 'exit')).toEqual([124, null]);
        figure(
          `ended ${((performance.now() - beganAt) / 1000).toFixed(2)} s after its start, with 4 s and 0.5 s to be killed`,
        );
        for (const pid of (await marked()).trim().split('\n')) expect(existsSync(`/proc/${pid}`)).toBe(false);
      } finally {
        deployment.agent.process.kill('SIGCONT');
        child.kill('SIGKILL');
      }
      await until(
        async () => (await deployment.agentCli(['api', 'fetch', 'x509'])).code === 0,
        10_000,
        'the agent',
      );
    }, 30_000);

    it('is terminated when somebody else ends it', async () => {
      const child = start('-purpose', 'to be ended', '--', 'sleep', '60');
      await until(async () => (await idOfPurpose('to be ended')) !== '', 10_000, 'the task');
      await deployment.mustCli('task', 'end', '-id', await idOfPurpose('to be ended'));
      expect(await once(child, 'exit')).toEqual([124, null]);
    }, 30_000);

    it('ends when its wrapper is killed', async () => {
      const child = start('-purpose', 'to be killed', '--', 'sleep', '5');
      await until(async () => (await idOfPurpose('to be killed')) !== '', 10_000, 'the task');
      const id = await idOfPurpose('to be killed');
      child.kill('SIGKILL');
      expect(await desk.end(id)).toBe('TASK_END_PROCESS_EXITED');
      await until(() => sockets().length === 0, 5_000, 'the socket to go');
    }, 30_000);

    it.each([
      { name: 'is not there', command: ['/does/not/exist'], code: 127 },
      { name: 'cannot be run', command: ['/etc/passwd'], code: 126 },
    ])('$code when the command $name', async ({ command, code }) => {
      expect((await run('--', ...command)).code).toBe(code);
    });

    it('cannot be begun without a purpose or a command', async () => {
      expect(await runCommand(SIGNET_AGENT, ['task', 'run', '--', 'true'])).toMatchObject({
        code: 1,
        stderr: 'purpose must be specified\n',
      });
      expect((await runCommand(SIGNET_AGENT, ['task', 'run', '-purpose', 'x'])).code).toBe(1);
    });
  });

  it('may be begun by an orchestrator, for whoever has the entry and is told the id', async () => {
    const printed = await deployment.mustCli(
      ...[
        'task',
        'begin',
        '-entryID',
        entryId,
        '-agent',
        parentId,
        '-purpose',
        'orchestrated',
        '-ttl',
        '60s',
      ],
      ...['-output', 'json'],
    );
    const { id } = JSON.parse(printed) as { id: string };
    const fetch = (): ReturnType<typeof runCommand> =>
      deployment.agentCli(['api', 'fetch', 'jwt', '-audience', AUDIENCE, '-output', 'json', '-task', id]);
    await until(async () => (await fetch()).code === 0, 10_000, 'the task to be with the agent');
    const [{ svids }] = JSON.parse((await fetch()).stdout) as [{ svids: { svid: string }[] }];
    const token = svids[0]?.svid ?? '';
    expect(await desk.validate(token)).toBe(status.OK);
    await deployment.mustCli('task', 'end', '-id', id);
    await until(async () => (await desk.validate(token)) === REFUSED, 5_000, 'the refusal');
    expect((await fetch()).stderr).toContain(GONE);
  }, 30_000);

  it('is all that the workload of an entry for tasks has', async () => {
    await deployment.mustCli('entry', 'delete', '-entryID', entryId);
    const spiffeId = 'spiffe://example.org/task-only';
    await deployment.createEntry({
      parentId,
      spiffeId,
      selectors,
      more: ['-taskOnly', '-taskMaxTTL', '60s'],
    });
    const api = desk.api();
    await until(
      async () =>
        (await outcome((done) => api.FetchJWTSVID({ audience: ['a'] }, header(), done))).code === DENIED,
      10_000,
      'the former entry to go',
    );
    api.close();
    const { holder, id } = await desk.begin({ ttl: 0 });
    const { spiffe_id, began_at, deadline } = await desk.recorded(id);
    expect({ spiffe_id, lasts: Number(deadline) - Number(began_at) }).toEqual({
      spiffe_id: spiffeId,
      lasts: 60,
    });
    const { x509 } = await holder.said((line) => line.x509 !== undefined);
    expect(x509?.taskId).toBe(id);
    expect(x509?.notAfter).toBeLessThanOrEqual(Number(deadline));
  }, 30_000);
});

describe('tasks while the server or the agent is away', () => {
  let deployment: Deployment;
  let desk: Desk;

  beforeAll(async () => {
    deployment = await Deployment.start({ serverSettings: 'agent_feed_heartbeat = "3s"' });
    const parentId = await deployment.startAgent();
    await deployment.createEntry({ parentId, spiffeId: ID, selectors });
    desk = new Desk(deployment);
    await until(
      async () => (await deployment.agentCli(['api', 'fetch', 'x509'])).code === 0,
      20_000,
      'the entry to be with the agent',
    );
  }, 90_000);
  afterEach(() => desk.release());
  afterAll(() => deployment[Symbol.asyncDispose](), 30_000);

  // An attempt that failed may have left them away.
  beforeEach(async () => {
    if (!deployment.server.running) await deployment.startServer();
    if (!deployment.agent.running) await deployment.restartAgent();
  }, 60_000);

  it('end with the lease, and none begins; the server hears of it later', async () => {
    const [lasting, finished] = [await desk.begin(), await desk.begin()];
    await deployment.server.stop('SIGKILL');
    await until(
      async () => {
        const late = new TaskHolder(desk.socket, { purpose: 'late' });
        const { failed } = await late.said((line) => line.failed !== undefined || line.task !== undefined);
        await late[Symbol.asyncDispose]();
        return failed?.code === status.UNAVAILABLE && failed.details.includes('the server cannot be reached');
      },
      10_000,
      'begins to be refused',
    );
    finished.holder.tell('end');
    await finished.holder.said((line) => line.isEnded === true);
    expect(await desk.validate(finished.token)).toBe(status.INVALID_ARGUMENT);
    await lasting.holder.said((line) => line.task?.end === 'TASK_END_AGENT_LOST');
    expect(await desk.validate(lasting.token)).toBe(status.INVALID_ARGUMENT);

    await deployment.startServer();
    expect(await desk.end(finished.id)).toBe('TASK_END_FINISHED');
    expect(await desk.end(lasting.id)).toBe('TASK_END_AGENT_LOST');
  }, 120_000);

  it('end with an agent that is killed; the next one begins new ones', async () => {
    const { holder, id, token } = await desk.begin();
    await deployment.agent.stop('SIGKILL');
    await holder.said((line) => line.failed !== undefined);
    await deployment.restartAgent();
    expect(await desk.end(id)).toBe('TASK_END_AGENT_LOST');
    expect(await desk.validate(token)).toBe(status.INVALID_ARGUMENT);
    const again = await desk.begin();
    await deployment.agent.stop('SIGTERM');
    expect(await desk.end(again.id)).toBe('TASK_END_AGENT_LOST');
    expect((await desk.recorded(again.id)).end_detail).toBe('the agent was stopped');
  }, 60_000);
});

const user = unprivileged();

(user === undefined ? describe.skip : describe)('tasks of an agent that is nobody special', () => {
  const { uid, owner, as } = user ?? { uid: 0, owner: undefined, as: (command: Command) => command };
  let deployment: Deployment;

  beforeAll(async () => {
    deployment = await Deployment.start({
      server: as(SIGNET_SERVER),
      agent: as(SIGNET_AGENT),
      ...(owner !== undefined && { owner }),
    });
    const parentId = await deployment.startAgent();
    await deployment.createEntry({ parentId, spiffeId: ID, selectors: [`unix:uid:${uid}`] });
    await until(
      async () => (await deployment.agentCli(['api', 'fetch', 'x509'])).code === 0,
      20_000,
      'the entry to be with the agent',
    );
  }, 90_000);
  afterAll(() => deployment[Symbol.asyncDispose](), 30_000);

  it('are commands with all that is below them', async () => {
    const fetch = `${SIGNET_AGENT.join(' ')} api fetch jwt -audience a -output json -socketPath "\${SPIFFE_ENDPOINT_SOCKET#unix://}"`;
    const { code, stdout } = await runCommand(as(SIGNET_AGENT), [
      ...['task', 'run', '-socketPath', deployment.agentSocket(), '-purpose', 'command', '-ttl', '30s', '--'],
      ...['sh', '-c', `setsid sh -c '${fetch}' & wait; exit 5`],
    ]);
    expect(code).toBe(5);
    expect(stdout).toContain(ID);
    await until(
      async () => (await deployment.mustCli('task', 'list')).includes('tree'),
      20_000,
      'the end of the tree',
    );
  }, 30_000);
});
