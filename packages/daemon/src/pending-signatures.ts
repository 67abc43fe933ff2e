import type { Seconds } from '@signet/core';

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
