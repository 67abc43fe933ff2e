import { nearestName } from '@signet/core';
import { CommanderError, type Command as CommanderCommand } from 'commander';
import type { Command, CommandContext, CommandIo, Program } from './command.ts';
import { buildTree } from './command-tree.ts';
import { withCompletion } from './completion-command.ts';
import { errorText } from './error-text.ts';
import type { FlagTable, FlagValues } from './flag.ts';
import { readGoArguments } from './go-arguments.ts';
import { standardIo } from './standard-io.ts';
import { commandUsage, groupUsage, nextWords } from './usage.ts';

const OK = 0;
const FAILED = 1;
const UNKNOWN_COMMAND = 127;

const VERSION: ReadonlySet<string> = new Set(['-v', '-version', '--version']);
const HELP: ReadonlySet<string> = new Set(['-h', '-help', '--help']);

/** The longest path of words that names a command or a group. */
function longestPath(program: Program, words: readonly string[]): string {
  let path = '';
  for (const word of words) {
    if (!nextWords(program, path).some((next) => next.word === word)) return path;
    path = path === '' ? word : `${path} ${word}`;
  }
  return path;
}

function wordCount(path: string): number {
  return path === '' ? 0 : path.split(' ').length;
}

/** Usage of the program; after a misspelt command, with the one that was meant. */
function unknownCommand(program: Program, word: string | undefined, io: CommandIo): number {
  if (word !== undefined) {
    const nearest = nearestName(
      word,
      nextWords(program, '').map((next) => next.word),
    );
    io.err(
      `Unknown command ${JSON.stringify(word)}${nearest === undefined ? '' : `; did you mean "${nearest}"?`}\n\n`,
    );
  }
  io.err(groupUsage(program, ''));
  return UNKNOWN_COMMAND;
}

function refuse(message: string, usage: string, io: CommandIo, code: number): number {
  io.err(code === OK ? `${usage}${message}\n` : `${message}\n${usage}`);
  return code;
}

function contextOf(
  node: CommanderCommand,
  args: readonly string[],
  io: CommandIo,
  signal: AbortSignal,
): CommandContext<FlagTable> {
  const flags = node.opts<FlagValues<FlagTable>>();
  return {
    ...io,
    flags,
    args,
    output: flags['output'] === 'json' ? 'json' : 'pretty',
    signal,
    isSet: (name) => node.getOptionValueSource(name) === 'cli',
  };
}

async function runCommand(command: Command, context: CommandContext<FlagTable>): Promise<number> {
  try {
    const code = await command.run(context);
    return typeof code === 'number' ? code : OK;
  } catch (error) {
    context.err(`${command.errorStyle === 'bare' ? '' : 'Error: '}${errorText(error)}\n`);
    return FAILED;
  }
}

/** Runs the command with the words that follow its name. */
async function runWithWords(
  command: Command,
  node: CommanderCommand,
  words: readonly string[],
  io: CommandIo,
  signal: AbortSignal,
): Promise<number> {
  const parsed = readGoArguments(command.flags, words);
  if (parsed.kind === 'help') return refuse('flag: help requested', commandUsage(command), io, OK);
  if (parsed.kind === 'error') return refuse(parsed.message, commandUsage(command), io, FAILED);
  try {
    node.parse([...parsed.flags], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const message = error.message.replace(/^error: option '[^']*' argument '.*' is invalid\. /s, '');
    return refuse(message, commandUsage(command), io, FAILED);
  }
  return runCommand(command, contextOf(node, parsed.rest, io, signal));
}

/**
 * Runs one command line by SPIRE's rules.
 *
 * Usage and errors go to standard error. A `completion` command is added to the program's own.
 *
 * @param argv - the words after the program's name.
 * @returns the exit code: 0 fine (help and version too), 1 failed, 127 no or unknown command.
 */
export async function runProgram(
  ownProgram: Program,
  argv: readonly string[],
  ownIo: Partial<CommandIo> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<number> {
  const io: CommandIo = { ...standardIo, ...ownIo };
  const program = withCompletion(ownProgram);
  const [first] = argv;
  if (first === undefined) return unknownCommand(program, undefined, io);
  if (VERSION.has(first)) return refuse(program.version, '', io, OK);
  if (HELP.has(first)) return refuse('flag: help requested', groupUsage(program, ''), io, OK);
  if (first.startsWith('-')) {
    const command = argv.find((word) => !word.startsWith('-')) ?? '';
    const code = longestPath(program, [command]) === '' ? UNKNOWN_COMMAND : FAILED;
    return refuse(`flags stand after the command: ${first}`, groupUsage(program, ''), io, code);
  }
  const path = longestPath(program, argv);
  const command = program.commands.find((candidate) => candidate.path === path);
  if (path === '') return unknownCommand(program, first, io);
  if (command === undefined) {
    io.err(groupUsage(program, path));
    return HELP.has(argv[wordCount(path)] ?? '') ? OK : FAILED;
  }
  const node = buildTree(program).nodes.get(path);
  if (node === undefined) throw new TypeError(`no command ${path}`);
  return runWithWords(command, node, argv.slice(wordCount(path)), io, signal);
}
