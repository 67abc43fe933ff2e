import { join, resolve } from 'node:path';
import { endedTaskToWire } from '@signet/api';
import { type Clock, type Seconds, SignetError, x509BundleOf, type StoreError } from '@signet/core';
import {
  after,
  checkAddresses,
  delay,
  every,
  formatGoDuration,
  type Logger,
  type Metrics,
  monotonicMs,
  openDataDirectory,
  openMonitoring,
  statusName,
  systemClock,
} from '@signet/daemon';
import { createAuditLog, createRefusalLog } from './audit/audit-log.ts';
import { openEntryIndex } from './authz/entry-index.ts';
import { CachedAgents } from './authz/cached-agents.ts';
import { LiveAgents } from './authz/live-agents.ts';
import { CurrentBundles } from './bundles/current-bundles.ts';
import { createCertificateAuthority, type CertificateAuthority } from './ca/certificate-authority.ts';
import { type ServerConfig } from './config/server-config.ts';
import { type Datastore } from './datastore/datastore.ts';
import { AgentFeeds } from './feed/agent-feeds.ts';
import { openSqliteDatastore } from './datastore/sqlite/open-sqlite-datastore.ts';
import { issueAgentSvid } from './issuance/issue-agent-svid.ts';
import { type IssuanceDeps } from './issuance/issuance-deps.ts';
import { ServerSvidHolder } from './issuance/server-svid-holder.ts';
import { startJobs } from './jobs.ts';
import { type Ledger, noLedger, openLedger } from './ledger/ledger.ts';
import { closeNodeAttestors, loadKeyManager, loadNodeAttestors } from './load-plugins.ts';
import { refuseForeignData } from './refuse-foreign-data.ts';
import { refuseLostDatabase } from './refuse-lost-database.ts';
import { type IssuingBarrier } from './revocation/issuing-barrier.ts';
import { startRevocations } from './revocation/start-revocations.ts';
import { SignedStatusDocuments } from './revocation/status-documents.ts';
import { startStatusListener, statusAddress } from './revocation/status-listener.ts';
import { type StatusLists } from './revocation/status-lists.ts';
import { type ApiServerDeps } from './rpc/api-server.ts';
import { createRateLimits } from './rpc/limits.ts';
import { listenForCalls } from './rpc/listen.ts';
import { createVerifyPeer } from './rpc/verify-peer.ts';
import { loadServerId } from './server-id.ts';
import { ActiveTasks, type TaskListener } from './tasks/active-tasks.ts';
import { revokeTask } from './tasks/end-tasks.ts';
import { recordTasks } from './tasks/record-tasks.ts';
import { TaskPolicies } from './tasks/task-policies.ts';
import { TaskWatch } from './tasks/task-watch.ts';
import { UnsettledAgents } from './tasks/unsettled-agents.ts';
import {
  authorityListener,
  countIssued,
  countKeyManagerCalls,
  countPruning,
} from './telemetry/authority-metrics.ts';
import { countDatastoreCalls } from './telemetry/datastore-metrics.ts';
import { addHealthChecks } from './telemetry/health-checks.ts';
import { version } from './version.ts';

/** How long calls under way may take to finish when the server stops, milliseconds. */
const STOP_GRACE_MS = 10_000;
/** How old the bundles may be that client certificates are checked against, milliseconds. */
const BUNDLE_REFRESH_MS = 1_000;
/** How many heartbeats an agent's tasks outlive the loss of its feed. */
const TASK_LEASE_HEARTBEATS = 3;
const WEEK: Seconds = 7 * 24 * 3600;

/** What the process lends to the server. */
export interface ServerEnvironment {
  readonly logger: Logger;
  readonly clock?: Clock;
}

/** A server that answers calls. */
export interface RunningServer {
  /** Port of the TCP endpoint. */
  readonly port: number;
  readonly socketPath: string;
  /** Rejects when the server cannot go on, because its datastore is gone. */
  readonly failed: Promise<never>;
  /** Finishes what is under way, then closes everything. */
  stop(): Promise<void>;
}

/**
 * Builds a server from its configuration and starts it. The only place where its parts are made and wired.
 *
 * @throws what the part that could not start throws; everything that had started is closed again.
 */
export async function startServer(
  config: ServerConfig,
  environment: ServerEnvironment,
): Promise<RunningServer> {
  const closers = new AsyncDisposableStack();
  try {
    const listening = await start(config, { clock: systemClock, ...environment }, closers);
    return { ...listening, stop: () => closers.disposeAsync() };
  } catch (error) {
    await closers.disposeAsync();
    throw error;
  }
}

async function start(
  config: ServerConfig,
  { logger, clock }: Required<ServerEnvironment>,
  closers: AsyncDisposableStack,
): Promise<Omit<RunningServer, 'stop'>> {
  const { trustDomain } = config;
  const dataDir = resolve(config.dataDir);
  logger.info('Starting', { version, trust_domain_id: trustDomain.idString, data_dir: dataDir });
  warnOfCutLifetimes(config, logger);

  // Whatever may be refused comes before an authority is made.
  await checkOwnAddresses(config);
  const monitoring = await openMonitoring({ ...config, prefix: 'spire_server', version, logger });
  closers.defer(() => monitoring.close());
  const { metrics, health } = monitoring;
  const lock = openDataDirectory(config.dataDir);
  closers.defer(() => lock.release());
  await refuseLostDatabase(config, { clock, logger });
  const { datastore: stored, failed } = await openDatastore(config, { clock, metrics }, closers);
  await refuseForeignData(stored, trustDomain);
  const index = await openEntryIndex(stored, config.trustDomain);
  closers.defer(() => index.close());

  const ledger = await startLedger(config, stored, { metrics, logger }, closers);
  const active = await ActiveTasks.open(stored);
  closers.defer(() => active.close());
  const {
    revocations,
    barrier,
    guarded: datastore,
  } = await startRevocations({
    dataDir: config.dataDir,
    datastore: stored,
    ledger,
    tasks: active,
    clock,
    metrics,
    logger: logger.subsystem('revocations'),
  });
  closers.defer(() => revocations.close());
  const statusDocuments = new SignedStatusDocuments({
    dataDir: config.dataDir,
    statusListUri: config.statusListUri,
    store: datastore.revocations,
    revocations,
    clock,
    metrics,
    logger: logger.subsystem('revocations'),
  });
  // Before an authority is made: what an attestor's settings name may not be there.
  const attestors = await loadNodeAttestors(config, {
    clock,
    logger,
    joinTokens: datastore.joinTokens,
    ownX509Bundle: async () => x509BundleOf((await datastore.bundles.get(trustDomain)) ?? missingBundle()),
  });
  closers.defer(() => closeNodeAttestors(attestors));
  const authority = await startAuthority(
    config,
    datastore,
    { logger, clock, metrics, ledger, barrier, statusLists: statusDocuments.statusLists },
    closers,
  );
  closers.defer(() => statusDocuments.close());
  await statusDocuments.start(authority);
  const issuance = issuanceDeps(config, authority, clock);
  const serverSvid = new ServerSvidHolder({
    ...issuance,
    authority,
    keyType: config.caKeyType,
    metrics,
    bundles: datastore.bundles,
    logger: logger.subsystem('svid_rotator'),
    after,
  });
  closers.defer(() => serverSvid.close());
  await serverSvid.start();
  const current = await followBundles(config, datastore, logger, closers);

  const taskPolicies = await TaskPolicies.open(stored);
  closers.defer(() => taskPolicies.close());
  const liveAgents = new LiveAgents();
  closers.defer(liveAgents.follow(datastore.changes));
  // Afterwards: who is banned is to be told that, not that the SVID is revoked with it.
  const endRevoked = (): void => queueMicrotask(() => liveAgents.endRevoked());
  closers.defer(revocations.onChange(endRevoked));
  const agents = new CachedAgents(datastore.agents);
  closers.defer(agents.follow(datastore.changes));
  const feedHeartbeatMs = config.agentFeedHeartbeat * 1000;
  const unsettledAgents = new UnsettledAgents(active);
  closers.defer(() => unsettledAgents.close());
  const feeds = await AgentFeeds.open({
    trustDomain,
    clock,
    metrics,
    index,
    datastore,
    revocations,
    statusDocuments,
    heartbeatMs: feedHeartbeatMs,
    taskLeaseMs: TASK_LEASE_HEARTBEATS * feedHeartbeatMs,
    unsettled: unsettledAgents,
  });
  const deps: ApiServerDeps = {
    trustDomain,
    clock,
    metrics,
    log: logger.subsystem('api'),
    audit: (config.auditLogEnabled ? createAuditLog : createRefusalLog)(logger.subsystem('api'), statusName),
    limits: createRateLimits(config.rateLimits, { nowMs: monotonicMs }, delay),
    authorization: { adminIds: config.adminIds, entries: index, agents, clock },
    liveAgents,
    agents: datastore.agents,
    joinTokens: datastore.joinTokens,
    attestors,
    issueAgentSvid: (request) => issueAgentSvid(request, issuance),
    entries: datastore.entries,
    authorized: index,
    issuance,
    ledger,
    ledgerRows: datastore.ledger,
    bundles: datastore.bundles,
    current,
    recordedRevocations: datastore.revocations,
    revoking: {
      trustDomain,
      clock,
      revocationStore: datastore.revocations,
      agents: datastore.agents,
      revocations,
      ownBundle: async () => (await datastore.bundles.get(trustDomain)) ?? missingBundle(),
      caTtl: config.lifetimes.caTtl,
      agentsTold: (revocation) => feeds.toldOf(revocation),
      endTask: (taskId, request) => revokeTask(taskId, request, datastore.tasks),
      renewServerSvid: () => serverSvid.renew(),
    },
    feeds,
    statusDocuments,
    active,
    tasks: datastore.tasks,
    taskPolicies,
    unsettledAgents,
  };
  const listeners = await listenForCalls(deps, {
    host: config.bindAddress,
    port: config.bindPort,
    socketPath: config.socketPath,
    serverSvid: () => serverSvid.current(),
    verifyPeer: createVerifyPeer({
      trustDomain,
      adminIds: config.adminIds,
      bundles: current,
      clock,
      isRevoked: (certificate) => revocations.set.findX509(certificate) !== undefined,
    }),
    logger: logger.subsystem('endpoints'),
  });
  closers.defer(() => listeners.close(STOP_GRACE_MS));
  closers.defer(() => feeds.stop());
  closers.defer(active.follow(tellAgents(feeds)));
  closers.defer(
    recordTasks(active, { metrics, logger: logger.subsystem('tasks'), isAudited: config.auditLogEnabled }),
  );
  const taskWatch = new TaskWatch({
    active,
    tasks: datastore.tasks,
    agents: feeds,
    authorized: index,
    clock,
    monotonicMs,
    heartbeatMs: feedHeartbeatMs,
    logger: logger.subsystem('tasks'),
  });
  // Before the feeds: their end is no loss of agents then.
  closers.defer(() => taskWatch.stop());
  if (config.statusListener !== undefined) {
    const listener = await startStatusListener({
      ...config.statusListener,
      documents: statusDocuments,
      clock,
    });
    closers.defer(() => listener.close());
  }
  addHealthChecks(health, {
    trustDomain,
    bundles: datastore.bundles,
    authority,
    ledger,
    revocations,
    statusDocuments,
    clock,
  });
  health.start();
  // An alarm is not to wait for the next look.
  closers.defer(revocations.onTurn(() => void health.check()));
  closers.defer(ledger.onTurn(() => void health.check()));
  closers.defer(statusDocuments.onTurn(() => void health.check()));
  closers.defer(
    startJobs({
      datastore,
      pruning: config.agentPruning,
      ledgerRetention: config.ledger?.retention,
      revocations,
      clock,
      metrics,
      logger: logger.subsystem('jobs'),
    }),
  );
  return { port: listeners.tcp.port, socketPath: config.socketPath, failed };
}

function checkOwnAddresses({
  bindAddress,
  bindPort,
  socketPath,
  statusListener,
}: ServerConfig): Promise<void> {
  const keys = { hostKey: 'server.bind_address', portKey: 'server.bind_port' };
  return checkAddresses(
    [
      { host: bindAddress, port: bindPort, ...keys },
      ...(statusListener ? [statusAddress(statusListener)] : []),
    ],
    [{ path: socketPath, key: 'server.socket_path' }],
  );
}

async function openDatastore(
  config: ServerConfig,
  { clock, metrics }: { readonly clock: Clock; readonly metrics: Metrics },
  closers: AsyncDisposableStack,
): Promise<{ datastore: Datastore; failed: Promise<never> }> {
  let onLost: (error: StoreError) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => (onLost = reject));
  failed.catch(() => undefined);
  const datastore = await openSqliteDatastore({
    path: config.plugins.datastore.path,
    clock,
    onLost: (error) => onLost(error),
  });
  closers.defer(() => datastore.close());
  return { datastore: countDatastoreCalls(datastore, metrics), failed };
}

async function startLedger(
  { ledger, dataDir }: ServerConfig,
  { ledger: store }: Datastore,
  { metrics, logger }: { readonly metrics: Metrics; readonly logger: Logger },
  closers: AsyncDisposableStack,
): Promise<Ledger> {
  if (ledger === undefined) {
    logger.warn('No ledger is kept: what is issued cannot be found again');
    return noLedger;
  }
  const { sync } = ledger;
  const directory = join(dataDir, 'ledger');
  const opened = await openLedger({ directory, sync, store, metrics, logger: logger.subsystem('ledger') });
  closers.defer(() => opened.close());
  return opened;
}

async function startAuthority(
  config: ServerConfig,
  datastore: Datastore,
  {
    logger,
    clock,
    metrics,
    ledger,
    barrier,
    statusLists,
  }: Required<ServerEnvironment> & {
    readonly metrics: Metrics;
    readonly ledger: Ledger;
    readonly barrier: IssuingBarrier;
    readonly statusLists: StatusLists | undefined;
  },
  closers: AsyncDisposableStack,
): Promise<CertificateAuthority> {
  const keyManager = countKeyManagerCalls(await loadKeyManager(config, { clock, logger }), metrics);
  closers.defer(() => keyManager.close());
  const authority = createCertificateAuthority(
    {
      trustDomain: config.trustDomain,
      serverId: await loadServerId(config.dataDir),
      caKeyType: config.caKeyType,
      jwtKeyType: config.jwtKeyType,
      caTtl: config.lifetimes.caTtl,
      disableJwtSvids: config.disableJwtSvids,
      ...(config.caSubject && { caSubject: config.caSubject }),
      ...(config.jwtIssuer !== undefined && { jwtIssuer: config.jwtIssuer }),
    },
    {
      keyManager,
      bundles: countPruning(datastore.bundles, metrics),
      journals: datastore.caJournals,
      clock,
      logger: logger.subsystem('ca_manager'),
      after,
      issued: countIssued(metrics, ledger.issued),
      metrics,
      gate: barrier,
      ...(statusLists && { statusLists }),
    },
  );
  closers.defer(() => authority.close());
  authority.onChange(authorityListener(metrics, config.trustDomain, clock));
  await authority.start();
  return authority;
}

function issuanceDeps(config: ServerConfig, authority: CertificateAuthority, clock: Clock): IssuanceDeps {
  const { x509SvidTtl, jwtSvidTtl, agentTtl } = config.lifetimes;
  return {
    authority,
    clock,
    settings: {
      trustDomain: config.trustDomain,
      defaultX509SvidTtl: x509SvidTtl,
      defaultJwtSvidTtl: jwtSvidTtl,
      agentTtl,
      disableJwtSvids: config.disableJwtSvids,
      jwtSvidJti: config.jwtSvidJti,
    },
  };
}

async function followBundles(
  config: ServerConfig,
  datastore: Datastore,
  logger: Logger,
  closers: AsyncDisposableStack,
): Promise<CurrentBundles> {
  const domains = [config.trustDomain, ...config.adminTrustDomains];
  const current = new CurrentBundles(domains, datastore.bundles, logger);
  closers.defer(current.follow(datastore.changes));
  await current.refresh();
  const refreshing = every(BUNDLE_REFRESH_MS, () => current.refresh(), {
    logger,
    name: 'Reading of trust bundles',
  });
  closers.defer(() => refreshing.stop());
  return current;
}

/** Agents hear of what becomes of their tasks otherwise than by them. */
function tellAgents(feeds: AgentFeeds): TaskListener {
  return {
    began: ({ begunBy, agentId }) => {
      if (begunBy !== '') feeds.tellTasksChanged(agentId);
    },
    ended: (task, isReported) => {
      if (!isReported) feeds.tellEndedTasks(task.agentId, [endedTaskToWire(task)]);
    },
  };
}

function warnOfCutLifetimes({ lifetimes }: ServerConfig, logger: Logger): void {
  const limit = Math.min(lifetimes.caTtl / 6, WEEK);
  for (const [key, ttl] of [
    ['default_x509_svid_ttl', lifetimes.x509SvidTtl],
    ['default_jwt_svid_ttl', lifetimes.jwtSvidTtl],
    ['agent_ttl', lifetimes.agentTtl],
  ] as const) {
    if (ttl <= limit) continue;
    logger.warn(
      `${key} is too high for the configured ca_ttl; SVIDs may be cut short when the authority rotates`,
      {
        [key]: formatGoDuration(ttl),
        limit: formatGoDuration(limit),
      },
    );
  }
}

function missingBundle(): never {
  throw new SignetError('ERR_NOT_FOUND', 'bundle not found');
}
