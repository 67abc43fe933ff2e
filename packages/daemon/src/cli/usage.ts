import type { Command, Program } from './command.ts';
import type { Flag } from './flag.ts';

const VALUE_WORDS = { text: 'string', int: 'int', duration: 'duration', list: 'value', bool: '' } as const;

function choiceText({ choices, meanings }: Flag<unknown>): string {
  return choices === undefined || meanings !== undefined ? '' : `: ${choices.join(', ')}`;
}

function meaningLines({ choices = [], meanings }: Flag<unknown>): readonly string[] {
  if (meanings === undefined) return [];
  const width = Math.max(...choices.map(({ length }) => length));
  return choices.map((choice) => `    \t  ${choice.padEnd(width)}  ${meanings[choice] ?? ''}`);
}

/** `-name value`, then what it is for, its values, the key that it replaces and its default, as far as it has them. */
function flagLines([name, flag]: readonly [string, Flag<unknown>]): readonly string[] {
  const word = flag.kind === 'bool' ? '' : ` ${flag.placeholder ?? VALUE_WORDS[flag.kind]}`;
  const key = flag.configKey === undefined ? '' : ` [${flag.configKey}]`;
  const suffix = flag.defaultText === undefined ? '' : ` (default ${flag.defaultText})`;
  const doc = flag.doc.replace(/\.$/, '');
  return [`  -${name}${word}`, `    \t${doc}${choiceText(flag)}${key}${suffix}`, ...meaningLines(flag)];
}

/** Visible flags in the order of the alphabet, as Go prints them. */
export function visibleFlags(command: Command): readonly (readonly [string, Flag<unknown>])[] {
  return Object.entries(command.flags)
    .filter(([, flag]) => flag.hidden !== true)
    .sort(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
}

/** How to use one command. */
export function commandUsage(command: Command): string {
  const long = command.long === undefined ? [] : ['', command.long];
  const examples = command.examples ?? [];
  return [
    command.summary,
    ...long,
    '',
    `Usage of ${command.path}:${command.args === undefined ? '' : ` ${command.args.join(' | ')}`}`,
    ...visibleFlags(command).flatMap(flagLines),
    ...(examples.length === 0 ? [] : ['', 'Examples:', ...examples.map((line) => `  ${line}`)]),
    '',
  ].join('\n');
}

/** A word that may follow a path, and what it stands for. */
export interface NextWord {
  readonly word: string;
  readonly summary: string;
}

/** The words that may follow a path of words, in the order of the alphabet. */
export function nextWords(program: Program, path: string): readonly NextWord[] {
  const prefix = path === '' ? '' : `${path} `;
  const words = new Map<string, string>();
  for (const command of program.commands) {
    if (!command.path.startsWith(prefix)) continue;
    const [word = ''] = command.path.slice(prefix.length).split(' ');
    const full = prefix + word;
    const summary =
      command.path === full ? command.summary : (program.groups?.[full] ?? `Commands of ${full}`);
    if (command.path === full || !words.has(word)) words.set(word, summary);
  }
  return [...words].map(([word, summary]) => ({ word, summary })).sort((a, b) => (a.word < b.word ? -1 : 1));
}

/** How to use a group of commands, or the program when the path is empty. */
export function groupUsage(program: Program, path: string): string {
  const words = nextWords(program, path);
  const width = Math.max(...words.map(({ word }) => word.length));
  const head = path === '' ? [program.summary, ''] : [program.groups?.[path] ?? `Commands of ${path}`, ''];
  const usage = [program.name, ...(path === '' ? [] : [path])].join(' ');
  return [
    ...head,
    `Usage: ${usage} <command> [flags]`,
    '',
    'Commands:',
    ...words.map(({ word, summary }) => `  ${word.padEnd(width)}  ${summary}`),
    '',
    `Run "${usage} <command> -h" for the flags of a command.`,
    '',
  ].join('\n');
}
