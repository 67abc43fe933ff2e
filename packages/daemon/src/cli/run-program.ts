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

/** `Unknown command "enrty"; did you mean "entry"?`, or nothing for a word that asks for help. */
function unknownWord(program: Program, path: string, word: string | undefined): string {
  if (word === undefined || word.startsWith('-') || word === 'help') return '';
  if (path === '' && program.laterCommands?.includes(word) === true)
    return `The command ${JSON.stringify(word)} of SPIRE is not there yet\n`;
  const known = nextWords(program, path).map((next) => next.word);
  const nearest = nearestName(word, known);
  const group = path === '' ? '' : ` of ${path}`;
  const hint = nearest === undefined ? '' : `; did you mean ${JSON.stringify(nearest)}?`;
  return `Unknown command ${JSON.stringify(word)}${group}${hint}\n`;
}

/** Usage of the program or a group, then, where it is seen, what was wrong with the word. */
function unknownCommand(program: Program, path: string, word: string | undefined, io: CommandIo): number {
  io.err(`${groupUsage(program, path)}${unknownWord(program, path, word)}`);
  return path === '' ? UNKNOWN_COMMAND : FAILED;
}

/** Usage with what was wrong before and, as usage can be long, after it. */
function refuse(message: string, usage: string, io: CommandIo): number {
  io.err(`${message}\n${usage}${message}\n`);
  return FAILED;
}

/** Usage that was asked for. */
function help(usage: string, io: CommandIo): number {
  io.err(`${usage}flag: help requested\n`);
  return OK;
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

/**
 * Go's flags end at the first word that is none: what follows is dropped, and whoever wrote it is told.
 *
 * `-storeSVID true`, which sets the flag by its name alone, is common and harmless.
 */
function ignoredWords(program: Program, path: string, rest: readonly string[]): string {
  const [first, ...more] = rest;
  const isHarmless = first === undefined || (first === 'true' && more.length === 0);
  if (isHarmless) return '';
  const nearest = nearestName(
    first,
    nextWords(program, path).map(({ word }) => word),
  );
  const hint = nearest === undefined ? '' : `; did you mean ${JSON.stringify(`${path} ${nearest}`)}?`;
  return `Warning: flags end at ${JSON.stringify(first)}, which is ignored with all that follows${hint}\n`;
}

/** Which of the commands below this one has the flag, if any. */
function flagOfOthers(program: Program, path: string, name: string): string {
  const owner = program.commands.find(
    (other) => other.path.startsWith(`${path} `) && Object.hasOwn(other.flags, name),
  );
  return owner === undefined ? '' : `; it is a flag of ${JSON.stringify(owner.path)}`;
}

/** Runs the command with the words that follow its name. */
async function runWithWords(
  program: Program,
  command: Command,
  node: CommanderCommand,
  words: readonly string[],
  io: CommandIo,
  signal: AbortSignal,
): Promise<number> {
  const parsed = readGoArguments(command.flags, words);
  if (parsed.kind === 'help') return help(commandUsage(command), io);
  if (parsed.kind === 'error') {
    const hint = parsed.unknown === undefined ? '' : flagOfOthers(program, command.path, parsed.unknown);
    return refuse(`${parsed.message}${hint}`, commandUsage(command), io);
  }
  try {
    node.parse([...parsed.flags], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const message = error.message.replace(/^error: option '[^']*' argument '.*' is invalid\. /s, '');
    return refuse(message, commandUsage(command), io);
  }
  if (command.args === undefined) io.err(ignoredWords(program, command.path, parsed.rest));
  return runCommand(command, contextOf(node, parsed.rest, io, signal));
}

/** The answer to a line that names no command, or none of ours. */
function answerWithout(program: Program, argv: readonly string[], io: CommandIo): number {
  const [first] = argv;
  const usage = groupUsage(program, '');
  if (first === undefined) {
    io.err(usage);
    return UNKNOWN_COMMAND;
  }
  if (VERSION.has(first)) {
    io.err(`${program.version}\n`);
    return OK;
  }
  if (HELP.has(first)) return help(usage, io);
  if (!first.startsWith('-')) return unknownCommand(program, '', first, io);
  refuse(`flags stand after the command: ${first}`, usage, io);
  const command = argv.find((word) => !word.startsWith('-')) ?? '';
  return longestPath(program, [command]) === '' ? UNKNOWN_COMMAND : FAILED;
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
  const path = longestPath(program, argv);
  if (path === '') return answerWithout(program, argv, io);
  const command = program.commands.find((candidate) => candidate.path === path);
  const words = argv.slice(wordCount(path));
  if (command === undefined) {
    const [word] = words;
    return HELP.has(word ?? '')
      ? help(groupUsage(program, path), io)
      : unknownCommand(program, path, word, io);
  }
  const node = buildTree(program).nodes.get(path);
  if (node === undefined) throw new TypeError(`no command ${path}`);
  return runWithWords(program, command, node, words, io, signal);
}
