import type { KeyObject } from 'node:crypto';
import type { ServerInterceptor, Server as GrpcServer } from '@grpc/grpc-js';
import type { Seconds } from '@signet/core';
import type { Logger } from './log/logger.ts';
import type { PidFd } from './peer/pid-fd.ts';
import type { ProcessIdentity } from './peer/process-identity.ts';

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
