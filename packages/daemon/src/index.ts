// Signatures first; the modules replace them one by one with the same names and types.
import type { KeyObject } from 'node:crypto';
import type { ServerInterceptor, Server as GrpcServer } from '@grpc/grpc-js';
import type { Clock, ConfigError, Seconds } from '@signet/core';

// config ---------------------------------------------------------------------

/** Where a token stands in its file; both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}
/** A parsed HCL or JSON value with its place in the file. */
export type HclValue = HclLiteral | HclList | HclObject;
export type HclLiteral =
  | { readonly kind: 'string'; readonly value: string; readonly position: Position }
  | { readonly kind: 'number'; readonly text: string; readonly position: Position }
  | { readonly kind: 'bool'; readonly value: boolean; readonly position: Position }
  | { readonly kind: 'null'; readonly position: Position };
export interface HclList {
  readonly kind: 'list';
  readonly items: readonly HclValue[];
  readonly position: Position;
}
export interface HclObject {
  readonly kind: 'object';
  readonly items: readonly HclItem[];
  readonly position: Position;
}
/** `key "label" … = value` or `key "label" … { … }`, in file order. */
export interface HclItem {
  readonly key: string;
  readonly labels: readonly string[];
  readonly value: HclValue;
  readonly position: Position;
}
/** Parses HCL v1 or JSON. @throws {ConfigError} `ERR_CONFIG_SYNTAX` with line and column. */
export declare function parseHcl(text: string): HclObject;
/** `$VAR`, `${VAR}` (unset: empty), `$$`. */
export declare function expandEnv(text: string, env: Readonly<Record<string, string | undefined>>): string;
/** Go duration to seconds (fractions allowed). @throws {ConfigError} `ERR_CONFIG_INVALID`. */
export declare function parseGoDuration(text: string): Seconds;
export declare function formatGoDuration(seconds: Seconds): string;

export interface ConfigProblem {
  /** `server.ca_subject.country[1]`, keys joined by dots. */
  readonly path: string;
  readonly message: string;
  /** the known key that an unknown one resembles most. */
  readonly nearest?: string;
  readonly position?: Position;
}
interface FieldOptions {
  /** what the key means, for the reference page. */
  readonly doc: string;
}
/** How one key is read; made by the functions of `field`. */
export interface Field<T> {
  readonly kind: string;
  readonly doc: string;
  readonly required: boolean;
  /** the default, as a person would write it. */
  readonly defaultText?: string;
  readonly fields?: SectionSchema;
  /** Reads all items that carry the key (none when the key is absent). */
  read(items: readonly HclItem[], path: string, problems: ConfigProblem[]): T;
}
export type SectionSchema = Readonly<Record<string, Field<unknown>>>;
export type SectionValues<S extends SectionSchema> = {
  readonly [K in keyof S]: S[K] extends Field<infer T> ? T : never;
};
type Required_ = { readonly required: true };
type Default<T> = { readonly default: T };
/** Field makers. Without `required` or `default` the value may be undefined. A required field that is missing is a problem and reads as ''/0/[]. */
export declare const field: {
  text(
    o: FieldOptions & { readonly choices?: readonly string[]; check?(value: string): string | undefined } & (
        Required_ | Default<string>
      ),
  ): Field<string>;
  text(
    o: FieldOptions & { readonly choices?: readonly string[]; check?(value: string): string | undefined },
  ): Field<string | undefined>;
  integer(
    o: FieldOptions & { readonly min?: number; readonly max?: number } & (Required_ | Default<number>),
  ): Field<number>;
  integer(o: FieldOptions & { readonly min?: number; readonly max?: number }): Field<number | undefined>;
  boolean(o: FieldOptions & Default<boolean>): Field<boolean>;
  boolean(o: FieldOptions): Field<boolean | undefined>;
  /** Go duration; the value is in seconds. */
  duration(
    o: FieldOptions & { readonly min?: Seconds; readonly max?: Seconds } & (Required_ | Default<Seconds>),
  ): Field<Seconds>;
  duration(o: FieldOptions & { readonly min?: Seconds; readonly max?: Seconds }): Field<Seconds | undefined>;
  textList(o: FieldOptions & { check?(value: string): string | undefined }): Field<readonly string[]>;
  /** A block; undefined when it is not there. */
  section<S extends SectionSchema>(
    o: FieldOptions & { readonly fields: S },
  ): Field<SectionValues<S> | undefined>;
  /** A block whose fields apply even when it is not there. */
  sectionOrDefaults<S extends SectionSchema>(
    o: FieldOptions & { readonly fields: S },
  ): Field<SectionValues<S>>;
  /** `key "label" { … }` blocks by label, in file order. */
  labelled<S extends SectionSchema>(
    o: FieldOptions & { readonly fields: S },
  ): Field<ReadonlyMap<string, SectionValues<S>>>;
  /** Repeated blocks, in file order. */
  sectionList<S extends SectionSchema>(
    o: FieldOptions & { readonly fields: S },
  ): Field<readonly SectionValues<S>[]>;
  plugins(o: FieldOptions): Field<readonly PluginStanza[]>;
  /** A key that SPIRE has and we do not: its use is a problem that says so. */
  unsupported(o: FieldOptions): Field<undefined>;
};
/** Reads one block by its schema; every problem is appended, nothing is thrown. */
export declare function readSection<S extends SectionSchema>(
  schema: S,
  value: HclObject | undefined,
  path: string,
  problems: ConfigProblem[],
): SectionValues<S>;
/** One error that lists all problems. `details` is `{ problems }`. */
export declare function configError(problems: readonly ConfigProblem[], source?: string): ConfigError;

export type ConfigValue =
  string | number | boolean | null | readonly ConfigValue[] | { readonly [key: string]: ConfigValue };
/** One `Type "name" { … }` of the `plugins` block; disabled ones are kept, look at `enabled`. */
export interface PluginStanza {
  readonly type: string;
  readonly name: string;
  readonly enabled: boolean;
  /** plain values of `plugin_data`; empty when it is absent. */
  readonly data: Readonly<Record<string, ConfigValue>>;
  readonly dataFile?: string;
  readonly command?: string;
  readonly args: readonly string[];
  readonly checksum?: string;
  readonly path: string;
  readonly position: Position;
}
/** Plain values of an HCL object (null-prototype records). */
export declare function plainValue(value: HclValue): ConfigValue;
/** Rows of the reference page. */
export declare function describeSection(
  schema: SectionSchema,
  path?: string,
): readonly {
  readonly path: string;
  readonly kind: string;
  readonly required: boolean;
  readonly defaultText?: string;
  readonly doc: string;
}[];
/** Known key nearest to `key` by edit distance, if near enough to be a slip. */
export declare function nearestName(key: string, known: Iterable<string>): string | undefined;

// cli ------------------------------------------------------------------------

export interface Flag<T> {
  readonly kind: 'text' | 'int' | 'bool' | 'duration' | 'list';
  readonly doc: string;
  readonly defaultValue: T;
  /** word shown for the value, e.g. `path`. */
  readonly placeholder?: string;
  readonly choices?: readonly string[];
  readonly hidden?: boolean;
}
interface FlagOptions {
  readonly placeholder?: string;
  readonly choices?: readonly string[];
  readonly hidden?: boolean;
}
export declare const flag: {
  text(doc: string, defaultValue?: string, options?: FlagOptions): Flag<string>;
  int(doc: string, defaultValue?: number, options?: FlagOptions): Flag<number>;
  bool(doc: string, defaultValue?: boolean, options?: FlagOptions): Flag<boolean>;
  /** seconds. */
  duration(doc: string, defaultValue?: Seconds, options?: FlagOptions): Flag<Seconds>;
  /** repeatable. */
  list(doc: string, options?: FlagOptions): Flag<readonly string[]>;
};
export type FlagTable = Readonly<Record<string, Flag<unknown>>>;
export type FlagValues<F extends FlagTable> = {
  readonly [K in keyof F]: F[K] extends Flag<infer T> ? T : never;
};

/** What a command may touch. */
export interface CommandIo {
  readonly env: Readonly<Record<string, string | undefined>>;
  out(text: string): void;
  err(text: string): void;
  /** All of standard input. */
  readStdin(maxBytes?: number): Promise<string>;
}
export interface CommandContext<F extends FlagTable> extends CommandIo {
  readonly flags: FlagValues<F>;
  readonly args: readonly string[];
  /** True when the flag was on the command line. */
  isSet(name: keyof F & string): boolean;
  /** `json` when `-output json` was given. */
  readonly output: 'pretty' | 'json';
  readonly signal: AbortSignal;
}
export interface CommandSpec<F extends FlagTable> {
  /** `entry create`. */
  readonly path: string;
  readonly summary: string;
  readonly long?: string;
  readonly examples?: readonly string[];
  readonly flags: F;
  /** `bare` prints errors without `Error: ` (spire-agent api …). */
  readonly errorStyle?: 'prefixed' | 'bare';
  /** @returns the exit code, 0 when void. */
  run(context: CommandContext<F>): Promise<number | void>;
}
export interface Command {
  readonly path: string;
  readonly spec: CommandSpec<FlagTable>;
}
export declare function defineCommand<F extends FlagTable>(spec: CommandSpec<F>): Command;
export interface Program {
  readonly name: string;
  readonly version: string;
  readonly summary: string;
  /** one line for groups, e.g. `entry`. */
  readonly groups?: Readonly<Record<string, string>>;
  readonly commands: readonly Command[];
}
/** Runs one command line with SPIRE's rules; `completion bash|zsh|fish` is added. @returns the exit code. */
export declare function runProgram(
  program: Program,
  argv: readonly string[],
  io?: Partial<CommandIo>,
  signal?: AbortSignal,
): Promise<number>;
export declare function completionScript(program: Program, shell: 'bash' | 'zsh' | 'fish'): string;
/** Markdown of all commands and flags. */
export declare function commandReference(program: Program): string;
/** The `-output` flag. */
export declare const outputFlag: { readonly output: Flag<string> };
/** `-socketPath` and `-instance`. */
export declare const serverSocketFlags: {
  readonly socketPath: Flag<string>;
  readonly instance: Flag<string>;
};
export declare const agentSocketFlags: { readonly socketPath: Flag<string>; readonly instance: Flag<string> };
export declare const agentAdminSocketFlags: { readonly socketPath: Flag<string> };
export declare const defaultServerSocketPath: string;
export declare const defaultAgentSocketPath: string;
export declare const defaultAgentAdminSocketPath: string;
export declare function serverSocketPath(context: CommandContext<typeof serverSocketFlags>): string;
export declare function agentSocketPath(context: CommandContext<typeof agentSocketFlags>): string;
/** One line of JSON as protojson with sorted keys prints it; `omit` drops virtual keys such as proto-loader's oneof names. */
export declare function toProtoJson(message: unknown, omit?: ReadonlySet<string>): string;
/** Prints `json` when `-output json`, else what `pretty()` gives. */
export declare function printOutput(
  context: Pick<CommandContext<FlagTable>, 'output' | 'out'>,
  json: unknown,
  pretty: () => string,
): void;
/** `rpc error: code = PermissionDenied desc = …` for a grpc-js ServiceError, else the message. */
export declare function errorText(error: unknown): string;

// log ------------------------------------------------------------------------

export type LogLevel = 'panic' | 'fatal' | 'error' | 'warning' | 'info' | 'debug' | 'trace';
export type LogFormat = 'text' | 'json';
/** `error` fields hold Errors (message, code and causes are printed, never stacks). */
export type LogFields = Readonly<Record<string, unknown>>;
export interface Logger {
  panic(message: string, fields?: LogFields): void;
  fatal(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  debug(message: string, fields?: LogFields): void;
  trace(message: string, fields?: LogFields): void;
  child(fields: LogFields): Logger;
  /** `child({ subsystem_name })`. */
  subsystem(name: string): Logger;
  isEnabled(level: LogLevel): boolean;
}
export interface LogSystem {
  readonly logger: Logger;
  readonly launchLevel: LogLevel;
  level(): LogLevel;
  setLevel(level: LogLevel): void;
  resetLevel(): void;
  /** Opens the file again (after rotation); done by itself on SIGUSR2 when `reopenOnSignal`. */
  reopen(): void;
  flush(): void;
  close(): void;
}
/** Any case; `warn` too. */
export declare function parseLogLevel(text: string): LogLevel | undefined;
export declare function createLogger(options: {
  readonly level?: LogLevel;
  readonly format?: LogFormat;
  readonly file?: string | undefined;
  readonly write?: (line: string) => void;
  readonly clock?: Clock;
  readonly reopenOnSignal?: boolean;
}): LogSystem;
/** A logger that drops everything. */
export declare const silentLogger: Logger;

// metrics --------------------------------------------------------------------

export type Labels = Readonly<Record<string, string>>;
export interface CallCounter {
  /** Starts one call; the returned function ends it once with the gRPC status number (0 OK). */
  start(): (status: number) => void;
  observe(status: number, elapsedMs: number): void;
}
export interface Metrics {
  /** SPIRE's call counter: `<prefix>_<key>` and `<prefix>_<key>_elapsed_time` with label `status`. */
  callCounter(key: readonly string[], labels?: Labels): CallCounter;
  /** Adds to a counter. */
  count(key: readonly string[], value?: number, labels?: Labels): void;
  gauge(key: readonly string[], value: number, labels?: Labels): void;
  sample(key: readonly string[], value: number, labels?: Labels): void;
  /** Text exposition format. */
  expose(): Promise<string>;
  close(): void;
}
export declare function createMetrics(options: {
  readonly prefix: 'spire_server' | 'spire_agent';
  readonly clock: Clock;
  readonly hostLabel?: boolean;
  readonly trustDomain?: string | undefined;
  readonly runtime?: boolean;
}): Metrics;
/** Metrics that go nowhere. */
export declare const noMetrics: Metrics;
/** `AttestAgent` → `attest_agent`, `FetchX509SVID` → `fetch_x509_svid`, as SPIRE snakes method names. */
export declare function rpcMetricKey(path: string): readonly string[];
export interface HttpListener {
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}
export declare function startPrometheusListener(options: {
  readonly host: string;
  readonly port: number;
  readonly metrics: Metrics;
  readonly logger: Logger;
}): Promise<HttpListener>;

// health ---------------------------------------------------------------------

export interface HealthState {
  readonly live: boolean;
  readonly ready: boolean;
  readonly liveDetails?: unknown;
  readonly readyDetails?: unknown;
}
export interface HealthReport {
  readonly live: boolean;
  readonly ready: boolean;
  readonly liveDetails: Readonly<Record<string, unknown>>;
  readonly readyDetails: Readonly<Record<string, unknown>>;
}
export interface Health {
  /** Adds a subsystem; before `start()`. */
  add(name: string, check: () => HealthState | Promise<HealthState>): void;
  /** Checks every second until all are healthy, then each minute. */
  start(): void;
  /** The result of the last round. */
  report(): HealthReport;
  /** Runs all checks now. */
  check(): Promise<HealthReport>;
  onChange(listener: (report: HealthReport) => void): () => void;
  close(): void;
}
export declare function createHealth(options: { readonly logger: Logger; readonly clock?: Clock }): Health;
export declare function startHealthListener(options: {
  readonly host: string;
  readonly port: number;
  readonly livePath: string;
  readonly readyPath: string;
  readonly health: Health;
  readonly logger: Logger;
}): Promise<HttpListener>;

// process --------------------------------------------------------------------

export declare const systemClock: Clock;
/** Milliseconds that only go forward. */
export declare function monotonicMs(): number;
export interface HardenReport {
  /** things a person should know, to be logged once there is a logger. */
  readonly warnings: readonly string[];
  readonly notes: Readonly<Record<string, string | number | boolean>>;
}
/** First line of a program. @throws {ProcessError} when it is not safe to go on. */
export declare function harden(options: { readonly title: string }): HardenReport;
/** Deletes variables that carry secrets or change how children run. */
export declare function scrubEnvironment(names?: readonly string[]): void;
/** Runs `main` until it ends or SIGTERM/SIGINT; uncaught errors are logged, drained and end with 1. @returns the exit code. */
export declare function runUntilStopped(options: {
  readonly logger: Logger;
  /** Starts the program; resolves to what stops it gracefully. */
  start(signal: AbortSignal): Promise<{ stop(): Promise<void>; readonly failed?: Promise<unknown> }>;
  readonly forceAfterMs?: number;
  readonly stoppedMessage?: string;
}): Promise<number>;
/** A timer that never fires early, whatever the length. */
export interface Timer {
  cancel(): void;
}
export declare function after(delayMs: number, run: () => void): Timer;
/** Runs `task` again and again, never twice at once; the next start is `intervalMs` (± jitter share) after the last end. */
export declare function every(
  intervalMs: number,
  task: (signal: AbortSignal) => Promise<void> | void,
  options: {
    readonly logger: Logger;
    readonly name: string;
    readonly jitter?: number;
    readonly immediately?: boolean;
  },
): { stop(): Promise<void>; /** run as soon as possible. */ trigger(): void };
/** Resolves after the delay, rejects when the signal aborts. */
export declare function delay(delayMs: number, signal?: AbortSignal): Promise<void>;
export interface Backoff {
  /** the next delay in milliseconds, with jitter. */
  next(): number;
  reset(): void;
}
export declare function backoff(options: {
  readonly initialMs: number;
  readonly maxMs: number;
  readonly factor?: number;
  readonly jitter?: number;
}): Backoff;
/** Exclusive use of a directory for the life of the process. @throws {ProcessError} `ERR_PROCESS_DATA_DIR_LOCKED`. */
export declare function lockDirectory(directory: string, name?: string): { release(): void };
/** Whole-or-nothing, durable write; 0600 unless told otherwise. */
export declare function writeFileAtomic(
  path: string,
  data: Uint8Array | string,
  options?: { readonly mode?: number },
): Promise<void>;
export declare function writeFileAtomicSync(
  path: string,
  data: Uint8Array | string,
  options?: { readonly mode?: number },
): void;
/** Makes (or checks) a directory of ours that only our user can write. */
export declare function ensurePrivateDirectory(path: string, options?: { readonly mode?: number }): void;

// peer -----------------------------------------------------------------------

export interface PidFd {
  readonly fd: number;
  isAlive(): boolean;
  close(): void;
}
/** What identifies a running program: pid alone can be reused, and exec changes the program. */
export interface ProcessIdentity {
  readonly pid: number;
  /** clock ticks since boot (field 22 of /proc/PID/stat). */
  readonly startTime: bigint;
  readonly executable: { readonly device: bigint; readonly inode: bigint; readonly changedAtNs: bigint };
}
export interface PeerCredentials {
  readonly pid: number;
  readonly uid: number;
  readonly gid: number;
  readonly pidfd: PidFd;
}
/** Kernel credentials of the process that connected. @throws {ProcessError} `ERR_PEER_CREDENTIALS`. */
export declare function readPeerCredentials(socketFd: number): PeerCredentials;
/** @throws {ProcessError} `ERR_PEER_CREDENTIALS` when /proc cannot be read or the process is gone. */
export declare function readProcessIdentity(pid: number): ProcessIdentity;
/** Reads again and compares: undefined when it is the same running program, else the reason. */
export declare function processChange(before: ProcessIdentity, pidfd: PidFd): string | undefined;

// listen ---------------------------------------------------------------------

interface PeerBase {
  /** what `call.getPeer()` gives. */
  readonly id: string;
  readonly connectedAtMs: number;
  readonly closed: boolean;
  /** Cuts the connection. */
  close(reason: string): void;
  onClose(listener: () => void): void;
}
export interface TlsPeer<V = unknown> extends PeerBase {
  readonly kind: 'tls';
  /** IP address, without port. */
  readonly address: string;
  readonly port: number;
  /** what `verifyPeer` returned; undefined when the client gave no certificate. */
  readonly verified: V | undefined;
}
export interface UnixPeer extends PeerBase {
  readonly kind: 'unix';
  readonly pid: number;
  readonly uid: number;
  readonly gid: number;
  readonly pidfd: PidFd;
  /** taken at accept; undefined when /proc did not allow it (with `identityError`). */
  readonly process: ProcessIdentity | undefined;
  readonly identityError?: unknown;
}
export type Peer<V = unknown> = TlsPeer<V> | UnixPeer;
export interface PeerRegistry<V = unknown> {
  /** The live connection a call came in on: `registry.resolve(call.getPeer())`. */
  resolve(peerId: string): Peer<V> | undefined;
  readonly size: number;
}
export interface ConnectionLimits {
  /** all connections of the listener. */
  readonly maxConnections: number;
  /** per IP address, or per uid on a Unix socket. */
  readonly maxConnectionsPerPeer: number;
  readonly firstByteMs: number;
  readonly handshakeMs: number;
  /** bytes per second received without a completed message that cut a connection. */
  readonly idleBytesPerSecond: number;
  /** most bytes between two completed messages. */
  readonly maxBytesPerMessage: number;
  /** most DATA frames between two completed messages of a stream. */
  readonly maxFramesPerMessage: number;
  /** how long a call may take to give its first whole message. */
  readonly firstMessageMs: number;
}
export declare const defaultTlsLimits: ConnectionLimits;
export declare const defaultUnixLimits: ConnectionLimits;
export interface TlsIdentity {
  /** leaf first. */
  readonly certChainPem: string;
  readonly key: KeyObject;
}
export interface Listener<V = unknown> {
  readonly peers: PeerRegistry<V>;
  /** `host:port` or the path. */
  readonly address: string;
  readonly port: number;
  /** Stops accepting; live connections get a GOAWAY, and are cut after the grace time. */
  close(graceMs?: number): Promise<void>;
}
/** The options a grpc-js server behind our listeners must be made with. */
export declare function grpcServerOptions(options?: {
  readonly maxMessageBytes?: number;
  readonly maxStreams?: number;
  readonly connectionAgeMs?: number;
  readonly idleMs?: number;
}): Record<string, number>;
/** Goes first into the server's interceptors: counts messages for the limits and puts deadlines on first messages. */
export declare function connectionGuard(registries: () => readonly PeerRegistry[]): ServerInterceptor;
export declare function listenTls<V>(options: {
  readonly host: string;
  readonly port: number;
  readonly server: GrpcServer;
  /** Asked at each new connection; return the same object while nothing changed. */
  identity(): TlsIdentity;
  /** DER, leaf first. Synchronous; throws to refuse. */
  verifyPeer(chainDer: readonly Uint8Array[]): V;
  readonly limits?: Partial<ConnectionLimits>;
  readonly logger: Logger;
}): Promise<Listener<V>>;
export declare function listenUnix(options: {
  readonly path: string;
  /** of the socket file, e.g. 0o777. */
  readonly mode: number;
  /** of the directory when it has to be made. */
  readonly directoryMode: number;
  readonly server: GrpcServer;
  readonly limits?: Partial<ConnectionLimits>;
  readonly logger: Logger;
  /** Throws to refuse a connection. */
  onPeer?(peer: UnixPeer): void;
}): Promise<Listener>;
