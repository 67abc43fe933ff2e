import type { FlagTable, FlagValues } from './flag.ts';

/** What a command may touch of the world; tests bring their own. */
export interface CommandIo {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Writes to standard output as it is. */
  out(text: string): void;
  /** Writes to standard error as it is. */
  err(text: string): void;
  /** All of standard input as text. @throws {ConfigError} `ERR_CONFIG_FILE` when it is longer than the bound. */
  readStdin(maxBytes?: number): Promise<string>;
}

/** What a command is run with. */
export interface CommandContext<F extends FlagTable> extends CommandIo {
  readonly flags: FlagValues<F>;
  /** what follows the flags. */
  readonly args: readonly string[];
  /** `json` when `-output json` was given. */
  readonly output: 'pretty' | 'json';
  /** aborts on SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
  /** True when the flag was on the command line. */
  isSet(name: keyof F & string): boolean;
}

/** One command: the table drives parsing, usage, completion and the reference page. */
export interface CommandSpec<F extends FlagTable> {
  /** the words that name it, `entry create`. */
  readonly path: string;
  /** one sentence. */
  readonly summary: string;
  /** what a newcomer should know. */
  readonly long?: string;
  /** whole command lines. */
  readonly examples?: readonly string[];
  readonly flags: F;
  /** the words of which one follows the command; without it, words after the flags are of no use. */
  readonly args?: readonly string[];
  /** `bare` prints errors without `Error: `, as `spire-agent api …` does. */
  readonly errorStyle?: 'prefixed' | 'bare';
  /** @returns the exit code; none is 0. */
  // eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- most commands have no code of their own
  run(context: CommandContext<F>): Promise<number | void>;
}

/** A command whose flag types are behind it. */
export type Command = CommandSpec<FlagTable>;

/** The commands of one program. */
export interface Program {
  readonly name: string;
  readonly version: string;
  readonly summary: string;
  /** one sentence for each group of commands, e.g. `entry`. */
  readonly groups?: Readonly<Record<string, string>>;
  readonly commands: readonly Command[];
  /** words for commands of SPIRE that are not there yet; whoever tries one is told so. */
  readonly laterCommands?: readonly string[];
}

/** Declares a command with typed flags. */
export function defineCommand<F extends FlagTable>(spec: CommandSpec<F>): Command {
  return {
    ...spec,
    run: (context) => spec.run(context as unknown as CommandContext<F>),
  };
}
