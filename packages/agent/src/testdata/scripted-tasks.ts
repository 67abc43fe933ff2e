import { randomBytes } from 'node:crypto';
import type { status } from '@grpc/grpc-js';
import { Metadata } from '@grpc/grpc-js';
import type {
  AgentTaskClient,
  BeginTaskRequestInput,
  EndTasksRequestInput,
  NewTaskJWTSVIDRequestInput,
  NewTaskX509SVIDRequestInput,
  TaskEntryInput,
  WireTaskOutput,
} from '@signet/api';
import { newTaskId, parseSpiffeId, type RegistrationEntry } from '@signet/core';
import type { ServerChannel } from '../server-api/server-channel.ts';
import type { TestAuthority } from './test-authority.ts';

type Done = (error: Error | null, response?: object) => void;

/** The server's side of tasks, in this process: answers calls with what the test's script says. */
export class ScriptedTasks {
  readonly tasks: Map<string, WireTaskOutput> = new Map();
  /** IDs of the tasks of each call of EndTasks. */
  readonly ended: { readonly id: string; readonly end: unknown; readonly detail: unknown }[] = [];
  /** names of the calls, in order. */
  readonly calls: string[] = [];
  /** statuses that the next calls of a method end with. */
  readonly failures: Map<string, status[]> = new Map();
  /** of what is issued. */
  ttl = 300;
  entries: TaskEntryInput[] = [];
  readonly #authority: TestAuthority;
  readonly #entry: (id: string) => RegistrationEntry;

  constructor(authority: TestAuthority, entry: (id: string) => RegistrationEntry) {
    this.#authority = authority;
    this.#entry = entry;
  }

  /** As much of the channel as tasks need. */
  get channel(): Pick<ServerChannel, 'task'> {
    const unary =
      <Request>(name: string, answer: (request: Request) => object) =>
      (request: Request, _options: unknown, done: Done): void => {
        this.calls.push(name);
        const failure = this.failures.get(name)?.shift();
        setImmediate(() => {
          if (failure === undefined) done(null, answer(request));
          else done(refusal(failure));
        });
      };
    const task = {
      BeginTask: unary('BeginTask', (request: BeginTaskRequestInput) => ({ task: this.#begin(request) })),
      EndTasks: unary('EndTasks', (request: EndTasksRequestInput) => this.#end(request)),
      ListTasks: unary('ListTasks', () => ({ tasks: [...this.tasks.values()], next_page_token: '' })),
      ListTaskEntries: unary('ListTaskEntries', () => ({ entries: this.entries, next_page_token: '' })),
      NewX509SVID: unary('NewX509SVID', (request: NewTaskX509SVIDRequestInput) => this.#x509(request)),
      NewJWTSVID: unary('NewJWTSVID', (request: NewTaskJWTSVIDRequestInput) => this.#jwt(request)),
    };
    return { task: task as unknown as AgentTaskClient };
  }

  /** A task that an orchestrator began. */
  add(entryId: string, fields: Partial<WireTaskOutput> = {}): WireTaskOutput {
    const task = { ...this.#begin({ entry_id: entryId, purpose: 'of an orchestrator', ttl: 60 }), ...fields };
    this.tasks.set(task.id, task);
    return task;
  }

  #begin({ entry_id = '', ttl = 0, ...request }: BeginTaskRequestInput): WireTaskOutput {
    const now = Math.floor(Date.now() / 1000);
    const lasts = ttl === 0 ? 3600 : ttl;
    const task: WireTaskOutput = {
      id: newTaskId(randomBytes(16)),
      parent_id: request.parent_id ?? '',
      purpose: request.purpose ?? '',
      spiffe_id: this.#entry(entry_id).spiffeId.uri,
      entry_id,
      agent_id: 'spiffe://example.org/spire/agent/test/node-1',
      audiences: request.audiences ?? [],
      destinations: request.destinations ?? [],
      began_at: String(now),
      deadline: String(now + lasts),
      budget: request.budget ?? 0,
      issued: 0,
      state: 'TASK_STATE_ACTIVE',
      end: 'TASK_END_UNSPECIFIED',
      ended_at: '0',
      end_detail: '',
      depth: 0,
      begun_by: '',
      offline_lease: 0,
    };
    this.tasks.set(task.id, task);
    return task;
  }

  #end({ endings = [] }: EndTasksRequestInput): object {
    for (const { task_id: id = '', end, detail } of endings) {
      this.tasks.delete(id);
      this.ended.push({ id, end, detail });
    }
    return { ended: [] };
  }

  #lifetime(id: string): { readonly uri: string; readonly until: number } {
    const task = this.tasks.get(id);
    const until = Math.min(Number(task?.deadline), Math.floor(Date.now() / 1000) + this.ttl);
    return { uri: task?.spiffe_id ?? '', until };
  }

  #x509({ task_id: taskId = '', csr }: NewTaskX509SVIDRequestInput): object {
    const { uri, until } = this.#lifetime(taskId);
    const chain = this.#authority.issueFor(csr as Uint8Array, uri, { notAfter: until, taskId });
    return { svid: { cert_chain: chain.map((der) => Buffer.from(der)) } };
  }

  #jwt({ task_id: taskId = '', audience = [] }: NewTaskJWTSVIDRequestInput): object {
    const { uri, until } = this.#lifetime(taskId);
    const issuedAt = Math.floor(Date.now() / 1000);
    const { trustDomain, path } = parseSpiffeId(uri);
    return {
      svid: {
        token: this.#authority.jwtSvid(uri, audience, issuedAt, until - issuedAt, taskId),
        id: { trust_domain: trustDomain.name, path },
        issued_at: String(issuedAt),
        expires_at: String(until),
      },
    };
  }
}

function refusal(code: status): Error {
  return Object.assign(new Error('refused'), { code, details: 'the script says so', metadata: new Metadata() });
}
