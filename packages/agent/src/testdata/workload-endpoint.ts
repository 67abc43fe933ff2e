import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClientReadableStream, credentials, Metadata, type ServiceError } from '@grpc/grpc-js';
import { createClient, type SpiffeWorkloadAPIClient, workloadApiService } from '@signet/api';
import { AttestationError, type RegistrationEntry, type Selector } from '@signet/core';
import { type Metrics, noMetrics, silentLogger, systemClock } from '@signet/daemon';
import type { WorkloadAttestor } from '@signet/plugins';
import { createWorkloadAttestation } from '../attestation/workload-attestation.ts';
import { FairGate } from '../fair-gate.ts';
import { OpenStreams, type StreamLimits } from '../endpoints/open-streams.ts';
import { SendRoom } from '../endpoints/send-room.ts';
import { serveWorkloadApi, type WorkloadEndpoint } from '../endpoints/workload-endpoint.ts';
import { WorkloadViews } from '../endpoints/workload-views.ts';
import { AgentRevocations } from '../revocation/agent-revocations.ts';
import { AgentCache } from '../sync/agent-cache.ts';
import { Interest } from '../sync/interest.ts';
import { JwtSvidCache } from '../sync/jwt-svid-cache.ts';
import { createKeySource, type KeySource } from '../sync/key-source.ts';
import type { ServerChannel } from '../server-api/server-channel.ts';
import { AgentTasks } from '../tasks/agent-tasks.ts';
import type { TaskLimits } from '../tasks/task-limits.ts';
import { TaskEntries } from '../tasks/task-entries.ts';
import { TaskJournal } from '../tasks/task-journal.ts';
import { ScriptedTasks } from './scripted-tasks.ts';
import { TestAuthority } from './test-authority.ts';

/** How the endpoint under test is set up. */
export interface EndpointOptions {
  readonly allowUnauthenticatedVerifiers?: boolean;
  readonly allowedForeignJwtClaims?: readonly string[];
  /** default true. */
  readonly synced?: boolean;
  /** default: none. */
  readonly metrics?: Metrics;
  readonly unreadMs?: number;
  /** default: one that says what `selectors` holds. */
  readonly attestors?: readonly WorkloadAttestor[];
  readonly taskLimits?: TaskLimits;
  /** default: the agent's. */
  readonly watcherLimits?: StreamLimits;
}

/** A Workload API endpoint on a real socket, with a cache that the test fills. */
export class TestEndpoint implements AsyncDisposable {
  readonly authority: TestAuthority = new TestAuthority('example.org');
  readonly cache: AgentCache = new AgentCache(this.authority.trustDomain);
  readonly streams: OpenStreams = new OpenStreams({ total: 50, perUser: 40 });
  readonly interest: Interest = new Interest();
  readonly room: SendRoom = new SendRoom(1024 * 1024);
  readonly revocations: AgentRevocations = new AgentRevocations({ scope: 'task' });
  /** the server that tasks are begun with, once the test has called `tasks.connected()`. */
  readonly taskServer: ScriptedTasks = new ScriptedTasks(this.authority, (id) => this.cache.entries.get(id) as RegistrationEntry);
  readonly tasks: AgentTasks;
  readonly taskEntries: TaskEntries;
  /** what the attestor says of the caller: selectors of type `test`; undefined: it fails. */
  selectors: readonly string[] | undefined = ['a'];
  synced: boolean;
  /** how often an SVID was asked for. */
  wanted = 0;
  /** how often a JWT-SVID was fetched from the server that is not there. */
  jwtFetches = 0;
  readonly #folder = mkdtempSync(join(tmpdir(), 'signet-agent-'));
  readonly #keys: KeySource = createKeySource('ec-p256');
  readonly #clients: SpiffeWorkloadAPIClient[] = [];
  #endpoint: WorkloadEndpoint | undefined;

  private constructor(options: EndpointOptions) {
    this.synced = options.synced ?? true;
    const connection = {
      use: <T>(work: (server: ServerChannel) => Promise<T>): Promise<T> =>
        work(this.taskServer.channel as ServerChannel),
    };
    this.taskEntries = new TaskEntries({ connection, clock: systemClock, logger: silentLogger });
    this.tasks = new AgentTasks({
      connection,
      revocations: this.revocations,
      ...TaskJournal.open(this.#folder, silentLogger),
      entry: (id) => this.cache.entries.get(id),
      wantServer: () => undefined,
      keys: this.#keys,
      gate: new FairGate({ atOnce: 8, waiting: 100 }),
      pace: { take: () => Promise.resolve() },
      rotation: {},
      draw: () => 0.5,
      clock: systemClock,
      logger: silentLogger,
      metrics: noMetrics,
      ...(options.taskLimits !== undefined && { limits: options.taskLimits }),
    });
  }

  static async open(options: EndpointOptions = {}): Promise<TestEndpoint> {
    const self = new TestEndpoint(options);
    self.#endpoint = await self.#serve(self.socket, options);
    return self;
  }

  /** Ends the endpoint, as the agent's stop does. */
  async stop(): Promise<void> {
    await this.#endpoint?.close();
    this.#endpoint = undefined;
  }

  get socket(): string {
    return join(this.#folder, 'public', 'api.sock');
  }

  /** A client with a connection of its own. */
  client(): SpiffeWorkloadAPIClient {
    const client = createClient<SpiffeWorkloadAPIClient>(
      workloadApiService,
      `unix:${this.socket}`,
      credentials.createInsecure(),
      { 'grpc.use_local_subchannel_pool': 1 },
    );
    this.#clients.push(client);
    return client;
  }

  /** Puts entries and the own bundle into the cache, as a synchronization does. */
  know(...entries: readonly RegistrationEntry[]): void {
    this.cache.update(new Map(entries.map((entry) => [entry.id, entry])), [this.authority.bundle()]);
  }

  /** Resolves when so many streams are open. */
  async streamsOpen(count: number): Promise<void> {
    while (this.streams.count !== count) await new Promise((resolve) => setImmediate(resolve));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await this.tasks.close();
    this.taskEntries.close();
    await this.#keys.close();
    for (const client of this.#clients) client.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #serve(path: string, options: EndpointOptions): Promise<WorkloadEndpoint> {
    const { cache, interest, authority } = this;
    const { metrics = noMetrics } = options;
    return serveWorkloadApi({
      path,
      attest: createWorkloadAttestation({
        attestors: options.attestors ?? [
          { type: 'test', attest: () => this.#attest(), close: () => Promise.resolve() },
        ],
        logger: silentLogger,
        metrics,
      }),
      gate: new FairGate({ atOnce: 8, waiting: 100 }),
      streams: this.streams,
      room: this.room,
      ...(options.unreadMs !== undefined && { unreadMs: options.unreadMs }),
      ...(options.watcherLimits !== undefined && { watcherLimits: options.watcherLimits }),
      cache,
      views: new WorkloadViews({ cache, clock: systemClock, interest, wanted: () => (this.wanted += 1) }),
      jwtSvids: new JwtSvidCache({
        clock: systemClock,
        capacity: 100,
        draw: () => 0.5,
        fetch: (entry, audience) => {
          this.jwtFetches += 1;
          const issuedAt = Math.floor(Date.now() / 1000);
          const token = authority.jwtSvid(entry.spiffeId.uri, audience, issuedAt);
          return Promise.resolve({ token, keyId: authority.jwtKeyId, issuedAt, expiresAt: issuedAt + 300 });
        },
      }),
      revocations: this.revocations,
      tasks: this.tasks,
      taskEntries: this.taskEntries,
      isSynced: () => this.synced,
      allowUnauthenticatedVerifiers: options.allowUnauthenticatedVerifiers ?? false,
      allowedForeignJwtClaims: options.allowedForeignJwtClaims ?? [],
      clock: systemClock,
      logger: silentLogger,
      metrics,
    });
  }

  #attest(): Promise<readonly Selector[]> {
    if (this.selectors === undefined) {
      return Promise.reject(new AttestationError('ERR_ATTESTATION_FAILED', 'the test says so'));
    }
    return Promise.resolve(this.selectors.map((value) => ({ type: 'test', value })));
  }
}

/** Metadata with these values of the security header. */
export function header(...values: readonly string[]): Metadata {
  const metadata = new Metadata();
  for (const value of values) metadata.add('workload.spiffe.io', value);
  return metadata;
}

/** The messages of a stream, one at a time; ends with the error of the stream. */
export class StreamReader<Message> {
  readonly #call: ClientReadableStream<Message>;
  readonly #messages: Message[] = [];
  #end: ServiceError | 'ended' | undefined;
  #wake: () => void = () => undefined;

  constructor(call: ClientReadableStream<Message>) {
    this.#call = call;
    call.on('data', (message: Message) => this.#note(() => this.#messages.push(message)));
    call.on('error', (error: ServiceError) => this.#note(() => (this.#end = error)));
    call.on('end', () => this.#note(() => (this.#end ??= 'ended')));
  }

  get pending(): number {
    return this.#messages.length;
  }

  async next(): Promise<Message> {
    await this.#until(() => this.#messages.length > 0 || this.#end !== undefined);
    const message = this.#messages.shift();
    if (message !== undefined) return message;
    throw this.#end instanceof Error ? this.#end : new Error('the stream has ended');
  }

  /** The status that the stream ended with. */
  async failure(): Promise<ServiceError | 'ended'> {
    await this.#until(() => this.#end !== undefined && this.#end !== 'ended');
    return this.#end ?? 'ended';
  }

  cancel(): void {
    this.#call.cancel();
  }

  #note(change: () => void): void {
    change();
    this.#wake();
  }

  async #until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => (this.#wake = resolve));
  }
}
