import { resolve } from 'node:path';
import type { PostStatusResponseOutput } from '@signet/api';
import type { Clock } from '@signet/core';
import {
  createHealth,
  createMetrics,
  ensurePrivateDirectory,
  type Health,
  lockDirectory,
  type Logger,
  type Metrics,
  startHealthListener,
  startPrometheusListener,
  systemClock,
} from '@signet/daemon';
import { openPlugins } from './agent-plugins.ts';
import { AgentIdentityKeeper } from './attestation/agent-identity-keeper.ts';
import { tlsKey } from './attestation/agent-key.ts';
import { answerRefusal } from './attestation/answer-refusal.ts';
import { establishIdentity } from './attestation/establish-identity.ts';
import { runIdentityLoop } from './attestation/identity-loop.ts';
import { createWorkloadAttestation } from './attestation/workload-attestation.ts';
import type { AgentConfig } from './config/agent-config.ts';
import { FairGate } from './endpoints/fair-gate.ts';
import { OpenStreams } from './endpoints/open-streams.ts';
import { serveWorkloadApi } from './endpoints/workload-endpoint.ts';
import { WorkloadViews } from './endpoints/workload-views.ts';
import { callUnary } from './server-api/call.ts';
import { ServerConnection } from './server-api/server-connection.ts';
import { AgentCache } from './sync/agent-cache.ts';
import { DemandLoop } from './sync/demand-loop.ts';
import { Interest } from './sync/interest.ts';
import { JwtSvidCache } from './sync/jwt-svid-cache.ts';
import { fetchJwtSvid } from './sync/jwt-svid-fetch.ts';
import { createKeySource } from './sync/key-source.ts';
import { SvidUpdater } from './sync/svid-updater.ts';
import { SyncLoop } from './sync/sync-loop.ts';
import { TaintWatch } from './sync/taint-watch.ts';
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

const GATE = { atOnce: 64, waiting: 2_048 };
const STREAMS = { total: 65_536, perUser: 16_384 };

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
  const stops: (() => Promise<void> | void)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    const { failed } = await assemble(config, options, signal, stops);
    return { stop, failed };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function assemble(
  config: AgentConfig,
  { logger, clock = systemClock, giveUpAfterMs }: AgentOptions,
  signal: AbortSignal,
  stops: (() => Promise<void> | void)[],
): Promise<Pick<RunningAgent, 'failed'>> {
  const { trustDomain } = config;
  const dataDir = resolve(config.dataDir);
  const draw = Math.random;
  const patience = giveUpAfterMs === undefined ? {} : { giveUpAfterMs };
  logger.info('Starting agent', { trust_domain: trustDomain.name, data_dir: dataDir, version: VERSION });

  ensurePrivateDirectory(dataDir);
  const lock = lockDirectory(dataDir);
  stops.push(() => lock.release());
  const metrics = openMetrics(config);
  stops.push(() => metrics.close());
  const plugins = await openPlugins(config, clock, logger);
  stops.push(() => plugins.close());
  const life = new AbortController();
  stops.push(() => life.abort());
  const living = AbortSignal.any([signal, life.signal]);

  const attestation = {
    address: config.server,
    trustDomain,
    keyManager: plugins.keyManager,
    attestor: plugins.nodeAttestor,
    clock,
    logger,
  };
  const established = await establishIdentity(
    { ...attestation, dataDir, trust: config.trust, ...patience },
    living,
  );

  const cache = new AgentCache(trustDomain);
  cache.update(new Map(), [established.bundle]);
  const rotation =
    config.availabilityTarget === undefined ? {} : { availabilityTarget: config.availabilityTarget };
  const keeper = new AgentIdentityKeeper(
    established.identity,
    () => cache.ownBundle?.x509Authorities.map((authority) => authority.der) ?? [],
    { ...attestation, dataDir, bundles: cache, rotation, draw },
  );
  const connection = new ServerConnection({
    address: config.server,
    trustDomain,
    bundles: cache,
    identity: () => ({ chainDer: keeper.current.chainDer, privateKey: tlsKey(keeper.current.key) }),
    clock,
  });
  stops.push(() => connection.drop());
  const keys = createKeySource(config.workloadKeyType);
  stops.push(() => keys.close());

  const interest = new Interest();
  const jwtSvids = new JwtSvidCache({
    clock,
    draw,
    capacity: config.jwtSvidCacheMaxSize,
    fetch: (entry, audience) => connection.use(({ svid }) => fetchJwtSvid(svid, entry, audience, clock)),
  });
  const taints = new TaintWatch({ cache, jwtSvids, clock, logger, metrics });
  const svids = new SvidUpdater({
    cache,
    connection,
    interest,
    maxUnwatched: config.x509SvidCacheMaxSize,
    metrics,
    clock,
    logger,
    keys,
    rotation,
    draw,
  });
  const refusal = { keeper, connection, cache, jwtSvids, logger };
  const sync = new SyncLoop({
    ...refusal,
    svids,
    taints,
    metrics,
    clock,
    draw,
    interval: config.syncInterval,
    ...patience,
  });
  await postStatus(connection, clock, logger);
  await sync.first(living);

  const demand = new DemandLoop({
    cache,
    interest,
    svids,
    logger,
    onFailure: (error) => answerRefusal(error, 'later', refusal, living),
  });
  const health = openHealth(() => sync.isSynced, logger);
  stops.push(() => health.close());
  if (!config.disableWorkloadApi) {
    const views = new WorkloadViews({ cache, clock, interest, wanted: () => demand.poke() });
    const endpoint = await serveWorkloadApi({
      path: config.socketPath,
      attest: createWorkloadAttestation({ attestors: plugins.workloadAttestors, logger, metrics }),
      gate: new FairGate(GATE),
      streams: new OpenStreams(STREAMS),
      cache,
      views,
      jwtSvids,
      isSynced: () => sync.isSynced,
      allowUnauthenticatedVerifiers: config.allowUnauthenticatedVerifiers,
      allowedForeignJwtClaims: config.allowedForeignJwtClaims,
      clock,
      logger,
      metrics,
    });
    stops.push(
      () => endpoint.close(),
      () => views.close(),
    );
    logger.info('Starting Workload and SDS APIs', { address: config.socketPath, network: 'unix' });
  }
  logger.info('Starting agent APIs', { subsystem_name: 'endpoints' });
  await openListeners(config, health, metrics, logger, stops);

  const loops = [
    sync.run(living),
    demand.run(living),
    runIdentityLoop({ ...refusal, taints, metrics }, living),
  ];
  return { failed: firstFailure(loops, living) };
}

/** Rejects with the first loop that fails. */
function firstFailure(loops: readonly Promise<void>[], signal: AbortSignal): Promise<never> {
  return new Promise<never>((_, reject) => {
    for (const loop of loops) loop.catch((error: unknown) => !signal.aborted && reject(error as Error));
  });
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

function openMetrics({ metricLabels, trustDomain }: AgentConfig): Metrics {
  const metrics = createMetrics({
    prefix: 'spire_agent',
    hostLabel: metricLabels.host,
    trustDomain: metricLabels.trustDomain ? trustDomain.name : undefined,
    runtime: true,
  });
  metrics.gauge(['started'], 1, { version: VERSION, trust_domain_id: trustDomain.idString });
  return metrics;
}

function openHealth(isSynced: () => boolean, logger: Logger): Health {
  const health = createHealth({ logger });
  health.add('agent', () => ({ live: true, ready: isSynced() }));
  health.start();
  return health;
}

async function openListeners(
  { health: healthConfig, prometheus }: AgentConfig,
  health: Health,
  metrics: Metrics,
  logger: Logger,
  stops: (() => Promise<void> | void)[],
): Promise<void> {
  if (healthConfig !== undefined) {
    const listener = await startHealthListener({ ...healthConfig, health });
    stops.push(() => listener.close());
  }
  if (prometheus !== undefined) {
    const listener = await startPrometheusListener({ ...prometheus, metrics, logger });
    stops.push(() => listener.close());
  }
}
