import { resolve } from 'node:path';
import type { PostStatusResponseOutput } from '@signet/api';
import { type Clock, RevocationRetention } from '@signet/core';
import {
  after,
  checkAddresses,
  every,
  type Health,
  type Logger,
  type Metrics,
  monotonicMs,
  openDataDirectory,
  openMonitoring,
  systemClock,
} from '@signet/daemon';
import { openPlugins, type OpenPlugins } from './agent-plugins.ts';
import { AgentIdentityKeeper } from './attestation/agent-identity-keeper.ts';
import { tlsKey } from './attestation/agent-key.ts';
import { answerRefusal, type RefusalDeps } from './attestation/answer-refusal.ts';
import { establishIdentity } from './attestation/establish-identity.ts';
import { runIdentityLoop } from './attestation/identity-loop.ts';
import type { NodeAttestationDeps } from './attestation/node-attestation.ts';
import { createWorkloadAttestation } from './attestation/workload-attestation.ts';
import type { AgentConfig } from './config/agent-config.ts';
import { FairGate } from './fair-gate.ts';
import { actOnNews } from './feed/act-on-news.ts';
import { ServerFeed } from './feed/server-feed.ts';
import { OpenStreams } from './endpoints/open-streams.ts';
import { SendRoom } from './endpoints/send-room.ts';
import { serveWorkloadApi } from './endpoints/workload-endpoint.ts';
import { WorkloadViews } from './endpoints/workload-views.ts';
import { AgentRevocations } from './revocation/agent-revocations.ts';
import { keepOnFile } from './revocation/revocation-file.ts';
import { StatusDocuments } from './revocation/status-documents.ts';
import { isTokenRevoked, withdrawRevoked } from './revocation/withdraw-revoked.ts';
import { lived } from './lived.ts';
import { callUnary } from './server-api/call.ts';
import { distrustWarning } from './server-api/distrust-warning.ts';
import { ServerConnection } from './server-api/server-connection.ts';
import { AgentCache } from './sync/agent-cache.ts';
import { DemandLoop } from './sync/demand-loop.ts';
import { Interest } from './sync/interest.ts';
import { JwtSvidCache } from './sync/jwt-svid-cache.ts';
import { jwtSvidFetcher } from './sync/jwt-svid-fetcher.ts';
import { createKeySource, type KeySource } from './sync/key-source.ts';
import { SvidUpdater } from './sync/svid-updater.ts';
import { SyncLoop } from './sync/sync-loop.ts';
import { TaintWatch } from './sync/taint-watch.ts';
import { Pace } from './sync/pace.ts';
import { AgentTasks } from './tasks/agent-tasks.ts';
import { TaskEntries } from './tasks/task-entries.ts';
import { TaskJournal } from './tasks/task-journal.ts';
import { countedKeyManager } from './telemetry/key-manager-metrics.ts';
import { VERSION } from './version.ts';

/** An agent that runs. */
export interface RunningAgent {
  /** Ends streams so that clients come back later, and lets go of everything. */
  stop(): Promise<void>;
  /** rejects when the agent cannot go on. */
  readonly failed: Promise<never>;
}

/** How the agent is started; all but the logger is for tests. */
export interface AgentOptions {
  readonly logger: Logger;
  readonly clock?: Clock;
  /** how long attestation and the first synchronization are tried. */
  readonly giveUpAfterMs?: number;
}

/** What everything in the agent is made with. */
interface Ground {
  readonly config: AgentConfig;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly health: Health;
  readonly plugins: OpenPlugins;
  readonly patience: { readonly giveUpAfterMs?: number };
  /** aborts when the agent stops. */
  readonly living: AbortSignal;
  /** Has something done at the stop; what was made last goes first. */
  readonly defer: (end: () => Promise<void> | void) => void;
}

/** The agent as the server knows it, and what it knows from the server. */
interface Member extends RefusalDeps {
  readonly connection: ServerConnection;
  readonly interest: Interest;
  readonly svids: SvidUpdater;
  readonly taints: TaintWatch;
  readonly sync: SyncLoop;
  readonly revocations: AgentRevocations;
  readonly statusDocuments: StatusDocuments;
  readonly tasks: AgentTasks;
  readonly taskEntries: TaskEntries;
  /** what is wanted of the feed, once there is one: that it tries again, or that it is heard to its end. */
  readonly wanted: { server: () => void; lastWords: () => Promise<void> };
}

// Attestation can take seconds: of a process that does not answer, or of a large program. No user has all places.
const GATE = { atOnce: 64, atOncePerKey: 16, perTurn: 4, waiting: 4_096 };
const FIRST_NEWS_MS = 3_000;
// A stream takes some 17 KiB: the streams of one user 70 MiB, all of them 280 MiB. A node has a thousand pods at the very
// most, often all of the same user, and each of them has up to four streams.
const STREAMS = { total: 16_384, perUser: 4_096 };
const UNREAD_BYTES_PER_USER = 64 * 1024 * 1024;
// Credentials of tasks that are asked for; the pace is a little less than a server lets one agent have.
const TASK_GATE = { atOnce: 32, atOncePerKey: 16, waiting: 4_096 };
const TASK_PACE = { perSecond: 400, burst: 400 };
/** A server that ends an agent's feed does so in half of that. */
const LAST_WORDS_MS = 1_000;
const FORGET_REVOCATIONS_MS = 60_000;

/**
 * Starts an agent: attests, synchronizes, then serves the Workload API. Everything is put together here and nowhere else.
 *
 * @throws what keeps it from starting; nothing is left open then.
 */
export async function startAgent(
  config: AgentConfig,
  options: AgentOptions,
  signal: AbortSignal,
): Promise<RunningAgent> {
  const ends: (() => Promise<void> | void)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    const ground = await prepare(config, options, signal, (end) => void ends.push(end));
    const member = await join(ground);
    const loops = await serve(ground, member);
    return { stop, failed: firstFailure(loops, ground.living) };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function prepare(
  config: AgentConfig,
  { logger, clock = systemClock, giveUpAfterMs }: AgentOptions,
  signal: AbortSignal,
  defer: Ground['defer'],
): Promise<Ground> {
  const dataDir = resolve(config.dataDir);
  logger.info('Starting agent', {
    trust_domain: config.trustDomain.name,
    data_dir: dataDir,
    version: VERSION,
  });
  // Whatever may be refused comes before attestation, which can spend a join token.
  await checkAddresses(
    [],
    config.disableWorkloadApi ? [] : [{ path: config.socketPath, key: 'agent.socket_path' }],
  );
  const monitoring = await openMonitoring({ ...config, prefix: 'spire_agent', version: VERSION, logger });
  defer(() => monitoring.close());
  const lock = openDataDirectory(dataDir);
  defer(() => lock.release());
  const { metrics, health } = monitoring;
  const plugins = await openPlugins(config, clock, logger);
  defer(() => plugins.close());
  const keyManager = countedKeyManager(plugins.keyManager, metrics);
  const life = new AbortController();
  defer(() => life.abort());
  const living = AbortSignal.any([signal, life.signal]);
  const patience = giveUpAfterMs === undefined ? {} : { giveUpAfterMs };
  return {
    config,
    dataDir,
    clock,
    logger,
    metrics,
    health,
    plugins: { ...plugins, keyManager },
    patience,
    living,
    defer,
  };
}

/** Becomes a member of the trust domain, and learns what the server has for it. */
async function join(ground: Ground): Promise<Member> {
  const { config, dataDir, clock, logger, metrics, patience, living } = ground;
  const cache = new AgentCache(config.trustDomain);
  const keeper = await openIdentity(ground, cache);
  const connection = openConnection(ground, cache, keeper);
  const interest = new Interest();
  const revocations = new AgentRevocations(config.failClosed);
  ground.defer(keepOnFile({ revocations, dataDir, trustDomain: config.trustDomain, logger }));
  const jwtSvids = new JwtSvidCache({
    clock,
    draw: Math.random,
    capacity: config.jwtSvidCacheMaxSize,
    fetch: jwtSvidFetcher({ connection, clock }),
    isRevoked: (token) => isTokenRevoked(token, revocations.set),
  });
  const keys = createKeySource(config.workloadKeyType);
  ground.defer(() => keys.close());
  const svids = openSvidUpdater(ground, { cache, connection, interest, revocations, keys });
  const taints = new TaintWatch({ cache, jwtSvids, clock, logger, metrics });
  const wanted: Member['wanted'] = { server: () => undefined, lastWords: () => Promise.resolve() };
  const heardOut = (): Promise<void> => soon(wanted.lastWords(), LAST_WORDS_MS);
  const refusal = { keeper, cache, jwtSvids, logger, revocations, heardOut };
  const sync = new SyncLoop({
    ...refusal,
    ...patience,
    connection,
    svids,
    taints,
    metrics,
    clock,
    draw: Math.random,
    interval: config.syncInterval,
    pushedInterval: config.pushedSyncInterval,
  });
  await postStatus(connection, clock, logger);
  await sync.first(living);
  const statusDocuments = new StatusDocuments({
    connection,
    clock,
    logger,
    take: (crls) => cache.setCrls(crls),
  });
  ground.defer(() => statusDocuments.close());
  const held = openTasks(ground, { cache, connection, revocations, keys, wanted });
  return { ...refusal, connection, interest, svids, taints, sync, wanted, statusDocuments, ...held };
}

/** The tasks of this agent's workloads, with what an earlier run left of them. */
function openTasks(
  { config, dataDir, clock, logger, metrics, defer }: Ground,
  parts: Pick<Member, 'cache' | 'connection' | 'revocations' | 'wanted'> & { readonly keys: KeySource },
): Pick<Member, 'tasks' | 'taskEntries'> {
  const { connection, revocations, wanted } = parts;
  const taskEntries = new TaskEntries({ connection, clock, logger });
  defer(() => taskEntries.close());
  defer(forgetRevocations(revocations, clock, logger));
  const tasks = new AgentTasks({
    ...parts,
    ...TaskJournal.open(dataDir, logger),
    entry: (id) => parts.cache.entries.get(id) ?? taskEntries.get(id),
    wantServer: () => wanted.server(),
    gate: new FairGate(TASK_GATE),
    pace: new Pace(TASK_PACE),
    rotation: rotationOf(config),
    draw: Math.random,
    clock,
    logger,
    metrics,
  });
  defer(() => tasks.close());
  return { tasks, taskEntries };
}

async function openIdentity(ground: Ground, cache: AgentCache): Promise<AgentIdentityKeeper> {
  const { config, dataDir, clock, logger, metrics, plugins, patience, living } = ground;
  const attestation: NodeAttestationDeps = {
    address: config.server,
    trustDomain: config.trustDomain,
    keyManager: plugins.keyManager,
    attestor: plugins.nodeAttestor,
    clock,
    logger,
    metrics,
  };
  const { identity, bundle } = await establishIdentity(
    { ...attestation, ...patience, dataDir, trust: config.trust },
    living,
  );
  cache.update(new Map(), [bundle]);
  return new AgentIdentityKeeper(
    identity,
    () => cache.ownBundle?.x509Authorities.map((authority) => authority.der) ?? [],
    { ...attestation, dataDir, bundles: cache, rotation: rotationOf(config), draw: Math.random },
  );
}

function openConnection(
  { config, dataDir, clock, logger, defer }: Ground,
  cache: AgentCache,
  keeper: AgentIdentityKeeper,
): ServerConnection {
  const connection = new ServerConnection({
    address: config.server,
    trustDomain: config.trustDomain,
    bundles: cache,
    identity: () => ({ chainDer: keeper.current.chainDer, privateKey: tlsKey(keeper.current.key) }),
    clock,
    onDistrust: distrustWarning(logger, dataDir),
  });
  // What was under way with the former SVID is not mixed with what follows.
  keeper.onRotation(() => connection.drop());
  defer(() => connection.cancel());
  return connection;
}

function openSvidUpdater(
  { config, clock, logger, metrics }: Ground,
  {
    revocations,
    ...parts
  }: Pick<Member, 'cache' | 'connection' | 'interest' | 'revocations'> & { readonly keys: KeySource },
): SvidUpdater {
  return new SvidUpdater({
    ...parts,
    isRevoked: ({ leaf }) => revocations.set.findX509(leaf) !== undefined,
    clock,
    logger,
    metrics,
    maxUnwatched: config.x509SvidCacheMaxSize,
    rotation: rotationOf(config),
    draw: Math.random,
  });
}

/** Lets go of revocations whose credentials have expired by themselves. @returns ends it. */
function forgetRevocations({ set }: AgentRevocations, clock: Clock, logger: Logger): () => Promise<void> {
  const retention = new RevocationRetention(clock.nowMs(), monotonicMs());
  const forget = (): void => set.forgetExpired(retention.forgettableAt(clock.nowMs(), monotonicMs()));
  const forgetting = every(FORGET_REVOCATIONS_MS, forget, { logger, name: 'Forgetting expired revocations' });
  return () => forgetting.stop();
}

/** Opens the agent to callers. @returns the loops that keep it going. */
async function serve(ground: Ground, member: Member): Promise<readonly Promise<void>[]> {
  const { config, logger, metrics, health, living, defer } = ground;
  const demand = new DemandLoop({
    ...member,
    onFailure: (error) => answerRefusal(error, 'later', member, living),
  });
  defer(withdrawRevoked({ ...member, wanted: () => demand.poke() }));
  const feed = openFeed(ground, member);
  const following = feed.run(living);
  // Until it has heard of the revocations the agent would hold good what was taken back while it was not running.
  following.catch(() => undefined);
  await Promise.race([feed.settled, lived(FIRST_NEWS_MS, living)]);
  if (!config.disableWorkloadApi) await openWorkloadApi(ground, member, () => demand.poke());
  logger.info('Starting agent APIs', { subsystem_name: 'endpoints' });
  startHealth(health, member, feed);
  return [
    member.sync.run(living),
    demand.run(living),
    runIdentityLoop({ ...member, metrics }, living),
    following,
  ];
}

/** What keeps the agent informed; it acts on news as soon as the feed runs. */
function openFeed({ clock, logger, metrics, living }: Ground, member: Member): ServerFeed {
  const feed = new ServerFeed({
    connection: member.connection,
    clock,
    readers: actOnNews(member),
    logger,
    metrics,
    draw: Math.random,
    isUrgent: () => member.tasks.count > 0,
    onFailure: (error) => answerRefusal(error, 'later', member, living),
  });
  member.keeper.onRotation(() => feed.reopen());
  member.wanted.server = () => feed.hurry();
  member.wanted.lastWords = () => feed.heardOut();
  return feed;
}

async function openWorkloadApi(ground: Ground, member: Member, wanted: () => void): Promise<void> {
  const { config, clock, logger, metrics, plugins, defer } = ground;
  const { cache, interest, jwtSvids, sync, revocations, tasks, taskEntries } = member;
  const views = new WorkloadViews({ cache, clock, interest, wanted });
  defer(() => views.close());
  const endpoint = await serveWorkloadApi({
    path: config.socketPath,
    attest: createWorkloadAttestation({ attestors: plugins.workloadAttestors, logger, metrics }),
    gate: new FairGate(GATE),
    streams: new OpenStreams(STREAMS),
    room: new SendRoom(UNREAD_BYTES_PER_USER),
    cache,
    views,
    jwtSvids,
    revocations,
    tasks,
    taskEntries,
    isSynced: () => sync.isSynced,
    allowUnauthenticatedVerifiers: config.allowUnauthenticatedVerifiers,
    allowedForeignJwtClaims: config.allowedForeignJwtClaims,
    clock,
    logger,
    metrics,
  });
  defer(() => endpoint.close());
  logger.info('Starting Workload API', { address: config.socketPath, network: 'unix' });
}

/** Waits for something, but not for long. */
function soon(work: Promise<void>, patienceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const patience = after(patienceMs, resolve);
    void work.then(() => patience.cancel()).then(resolve);
  });
}

/** Rejects with the first loop that fails. */
function firstFailure(loops: readonly Promise<void>[], signal: AbortSignal): Promise<never> {
  return new Promise<never>((_, reject) => {
    for (const loop of loops) loop.catch((error: unknown) => !signal.aborted && reject(error as Error));
  });
}

function rotationOf({ availabilityTarget }: AgentConfig): { readonly availabilityTarget?: number } {
  return availabilityTarget === undefined ? {} : { availabilityTarget };
}

async function postStatus(connection: ServerConnection, clock: Clock, logger: Logger): Promise<void> {
  try {
    await connection.use(({ agent }) =>
      callUnary<PostStatusResponseOutput>('PostStatus', clock, (options, done) =>
        agent.PostStatus({ agent_version: VERSION }, options, done),
      ),
    );
  } catch (error) {
    logger.warn('Failed to post agent status', { error });
  }
}

function startHealth(health: Health, { sync, revocations }: Member, feed: ServerFeed): void {
  health.add('agent', () => ({ live: true, ready: sync.isSynced }));
  // A lost feed keeps nobody from being served: the agent asks instead.
  health.add('server_feed', () => ({ live: true, ready: true, readyDetails: feed.state }));
  health.add('revocations', () => ({ live: true, ready: true, readyDetails: revocations.freshness() }));
  health.start();
}
