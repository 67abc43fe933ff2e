import { nearestName } from '@signet/core';
import type { FlagTable } from './flag.ts';

/** A command line in the form that commander reads: `--name=value` words, then the rest. */
export interface GoArguments {
  readonly kind: 'parsed';
  readonly flags: readonly string[];
  readonly rest: readonly string[];
}

/** The line asks for help, or breaks the grammar in the way that Go words it. */
export type GoRefusal =
  | { readonly kind: 'help' }
  // `unknown`: the flag that is not known and resembles none that is.
  | { readonly kind: 'error'; readonly message: string; readonly unknown?: string };

const HELP: ReadonlySet<string> = new Set(['h', 'help']);

interface Word {
  readonly name: string;
  readonly value: string | undefined;
}

/** Splits `-name`, `--name`, `-name=value`; undefined when the word is no flag. */
function splitWord(word: string): Word | undefined {
  if (word.length < 2 || !word.startsWith('-')) return undefined;
  const body = word.startsWith('--') ? word.slice(2) : word.slice(1);
  const equals = body.indexOf('=');
  return equals <= 0
    ? { name: body, value: undefined }
    : { name: body.slice(0, equals), value: body.slice(equals + 1) };
}

/** With the flag that a misspelt one most likely meant, `trust-domain` being `trustDomain` too. */
function unknownFlag(name: string, table: FlagTable): GoRefusal {
  const visible = Object.keys(table).filter((known) => table[known]?.hidden !== true);
  const nearest = nearestName(name.replaceAll(/[-_]/g, ''), visible);
  const message = `flag provided but not defined: -${name}`;
  return nearest === undefined
    ? { kind: 'error', message, unknown: name }
    : { kind: 'error', message: `${message}; did you mean -${nearest}?` };
}

/**
 * Reads flags by the rules of Go's `flag` package.
 *
 * One or two dashes are the same. A bool never takes the next word. Flags end at the first word that is none, or after
 * `--`.
 */
export function readGoArguments(table: FlagTable, words: readonly string[]): GoArguments | GoRefusal {
  const flags: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (word === '--') return { kind: 'parsed', flags, rest: words.slice(index + 1) };
    const split = splitWord(word);
    if (split === undefined) return { kind: 'parsed', flags, rest: words.slice(index) };
    const { name, value } = split;
    if (name === '' || name.startsWith('-') || name.startsWith('=')) {
      return { kind: 'error', message: `bad flag syntax: ${word}` };
    }
    const flag = Object.hasOwn(table, name) ? table[name] : undefined;
    if (flag === undefined) {
      return HELP.has(name) ? { kind: 'help' } : unknownFlag(name, table);
    }
    if (value !== undefined) flags.push(`--${name}=${value}`);
    else if (flag.kind === 'bool') flags.push(`--${name}=true`);
    else if (index + 1 >= words.length) return { kind: 'error', message: `flag needs an argument: -${name}` };
    else flags.push(`--${name}=${words[(index += 1)] ?? ''}`);
  }
  return { kind: 'parsed', flags, rest: [] };
}
