export * from './config/hcl-value.ts';
export * from './config/parse-hcl.ts';
export * from './config/expand-env.ts';
export * from './config/go-duration.ts';
export { configError, configProblems, namedByFile, type ConfigProblem } from './config/config-problem.ts';
export type { ConfigOverride } from './config/config-override.ts';
export { readConfig, type ConfigShape, type ReadConfigOptions } from './config/read-config.ts';
export { loadConfig, type ConfigSource } from './config/load-config.ts';
export { logKeys, logSettings, type LogKeys, type LogSettings } from './config/log-keys.ts';
export {
  monitoringBlocks,
  monitoringSettings,
  type HealthChecksBlock,
  type MonitoringBlocks,
  type MonitoringSettings,
  type TelemetryBlock,
} from './config/monitoring-blocks.ts';
export { plainRecord, plainValue, type ConfigValue } from './config/plain-value.ts';
export { readSection, type Field, type SectionSchema, type SectionValues } from './config/section.ts';
export { field, type FieldMakers, type ScalarFieldMaker } from './config/field.ts';
export * from './config/plugin-plan.ts';
export type { PluginStanza } from './config/plugin-stanza.ts';
export * from './config/describe-section.ts';
export { logLevels, parseLogLevel, type LogLevel } from './log/log-level.ts';
export type { LogFields } from './log/log-fields.ts';
export type { LogFormat } from './log/log-format.ts';
export * from './log/logger.ts';
export { LineLimiter, type LineLimiterOptions } from './log/line-limiter.ts';
export { createLogger, type LogOptions, type LogSystem } from './log/create-logger.ts';
export { errorFields } from './log/error-fields.ts';
export { safeText } from './log/safe-text.ts';
export * from './metrics/metrics.ts';
export { timed } from './metrics/timed.ts';
export { createMetrics, type MetricsOptions } from './metrics/create-metrics.ts';
export { rpcMetricKey } from './metrics/metric-name.ts';
export { statusName } from './metrics/status-names.ts';
export { startPrometheusListener, type PrometheusOptions } from './metrics/prometheus-listener.ts';
export { type HttpListener, listenHttp } from './http/http-listener.ts';
export * from './health/health.ts';
export { startHealthListener, type HealthListenerOptions } from './health/health-listener.ts';
export * from './process/clock.ts';
export { keepYoungGenerationSmall } from './process/young-generation.ts';
export { harden, type HardenOptions, type HardenReport } from './process/harden.ts';
export { scrubEnvironment } from './process/environment.ts';
export { runUntilStopped, type RunningProgram, type RunOptions } from './process/run-until-stopped.ts';
export * from './process/timer.ts';
export { jittered } from './process/jitter.ts';
export { every, type Repetition, type RepetitionOptions } from './process/every.ts';
export { backoff, type Backoff, type BackoffOptions } from './process/backoff.ts';
export { checkAddresses, type ConfiguredSocket } from './process/check-addresses.ts';
export type { ConfiguredAddress } from './process/listen-failure.ts';
export { openMonitoring, type Monitoring, type MonitoringOptions } from './monitoring/open-monitoring.ts';
export { systemReason } from './process/system-reason.ts';
export { openDataDirectory } from './process/data-directory.ts';
export { lockDirectory, type DirectoryLock } from './process/directory-lock.ts';
export { writeFileAtomic, writeFileAtomicSync, type WriteFileOptions } from './process/write-file-atomic.ts';
export { ensurePrivateDirectory, type PrivateDirectoryOptions } from './process/private-directory.ts';
export { PidFd } from './peer/pid-fd.ts';
export { readPeerCredentials, type PeerCredentials } from './peer/peer-credentials.ts';
export {
  compareProcesses,
  processChange,
  readProcessIdentity,
  type ExecutableIdentity,
  type ProcessIdentity,
} from './peer/process-identity.ts';
export { ProcessExits } from './peer/process-exits.ts';
export { ProcessFiles } from './peer/process-files.ts';
export {
  ancestorsOf,
  childrenByParent,
  type HeldProcess,
  holdChild,
  processKey,
  reapOrphans,
  signalDescendants,
} from './peer/process-tree.ts';
export { adoptOrphans } from './platform/libc.ts';
export { addressKey } from './listen/address-key.ts';
export {
  defaultTlsLimits,
  defaultUnixLimits,
  openFileLimit,
  type ConnectionLimits,
} from './listen/connection-limits.ts';
export { connectionGuard } from './listen/connection-guard.ts';
export { grpcServerOptions, type GrpcServerLimits } from './listen/grpc-server-options.ts';
export type { Listener } from './listen/listener.ts';
export { listenTls, type ListenTlsOptions } from './listen/listen-tls.ts';
export { listenUnix, type ListenUnixOptions } from './listen/listen-unix.ts';
export type { Peer, PeerConnection, PeerRegistry, TlsPeer, UnixPeer } from './listen/peer.ts';
export type { TlsIdentity } from './listen/tls-identity.ts';
export {
  defineCommand,
  type Command,
  type CommandContext,
  type CommandIo,
  type CommandSpec,
  type Program,
} from './cli/command.ts';
export {
  flag,
  flagError,
  type Flag,
  type FlagMakers,
  type FlagOptions,
  type FlagTable,
  type FlagValues,
} from './cli/flag.ts';
export {
  commonConfigFlags,
  configSourceOf,
  type CommonConfigFlags,
  type ConfigFlagTexts,
} from './cli/config-flags.ts';
export { runDaemon, type DaemonSpec } from './cli/run-daemon.ts';
export { validateConfig } from './cli/validate-config.ts';
export { runProgram } from './cli/run-program.ts';
export { completionScript, shells, type Shell } from './cli/completion.ts';
export { commandReference } from './cli/command-reference.ts';
export { outputFlag, printOutput } from './cli/output.ts';
export { toProtoJson } from './cli/proto-json.ts';
export { errorText } from './cli/error-text.ts';
export { CallFailure } from './cli/call-failure.ts';
export { goTime } from './cli/go-time.ts';
export { answerOf, withLocalClient, type LocalService } from './cli/local-client.ts';
export * from './cli/socket-flags.ts';
