import { maskCliOutput } from './cli-mask.ts';
import type { Outcome } from './program.ts';

const PROMPT = '$ ';
const COMMENT = '# ';
const STDERR = '[stderr]';
const NO_NEWLINE = '[no newline]';
const WORD = /'([^']*)'|"([^"]*)"|([^\s'"]+)|(\s+)/g;

/**
 * One command of a transcript, and what it left. In the file:
 *
 *     # a comment
 *     $ entry count < FILE
 *     standard output; a last line without its newline is followed by [no newline]
 *     [stderr]
 *     standard error
 *     [exit 1]
 */
export interface TranscriptStep {
  readonly comment: string;
  /** as written, with its variables. */
  readonly command: string;
  readonly outcome: Outcome;
}

/** The variables of commands: `$DATA` and the like. Their values are masked in what is printed. */
export type TranscriptVariables = ReadonlyMap<string, string>;

/** Reads a transcript; an empty line parts its steps. */
export function parseTranscript(text: string): TranscriptStep[] {
  const steps = text.split(/(?<=^|\n\n)(?=(?:# .*\n)*\$ )/);
  return steps.map((step, index) => parseStep(index === steps.length - 1 ? step : step.slice(0, -1)));
}

function parseStep(text: string): TranscriptStep {
  const lines = text.split('\n').slice(0, -1);
  const first = lines.findIndex((line) => line.startsWith(PROMPT));
  const exit = /^\[exit (\d+)\]$/.exec(lines.at(-1) ?? '');
  const printed = lines.slice(first + 1, exit === null ? undefined : -1);
  const cut = printed.indexOf(STDERR);
  return {
    comment: lines
      .slice(0, first)
      .map((line) => line.slice(COMMENT.length))
      .join('\n'),
    command: (lines[first] ?? '').slice(PROMPT.length),
    outcome: {
      code: Number(exit?.[1] ?? 0),
      stdout: printedText(cut === -1 ? printed : printed.slice(0, cut)),
      stderr: printedText(cut === -1 ? [] : printed.slice(cut + 1)),
    },
  };
}

function printedText(lines: readonly string[]): string {
  if (lines.length === 0) return '';
  return lines.at(-1) === NO_NEWLINE ? lines.slice(0, -1).join('\n') : `${lines.join('\n')}\n`;
}

/** Writes a transcript as it is read. */
export function formatTranscript(steps: readonly TranscriptStep[]): string {
  return steps.map(formatStep).join('\n');
}

function formatStep({ comment, command, outcome: { code, stdout, stderr } }: TranscriptStep): string {
  return [
    ...(comment === '' ? [] : comment.split('\n').map((line) => `${COMMENT}${line}\n`)),
    `${PROMPT}${command}\n`,
    formatPrinted(stdout),
    ...(stderr === '' ? [] : [`${STDERR}\n`, formatPrinted(stderr)]),
    ...(code === 0 ? [] : [`[exit ${code}]\n`]),
  ].join('');
}

function formatPrinted(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n${NO_NEWLINE}\n`;
}

/** The words of a command, and the file that its standard input comes from. */
export function commandWords(
  command: string,
  variables: TranscriptVariables,
): { readonly words: string[]; readonly stdin?: string } {
  const parts = command.split(' < ');
  const words = wordsOf(parts[0] ?? '', variables);
  const [stdin] = wordsOf(parts[1] ?? '', variables);
  return stdin === undefined ? { words } : { words, stdin };
}

function wordsOf(text: string, variables: TranscriptVariables): string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (const [, single, double, bare, space] of text.matchAll(WORD)) {
    if (space === undefined) word = (word ?? '') + (single ?? substitute(double ?? bare ?? '', variables));
    else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  return word === undefined ? words : [...words, word];
}

function substitute(text: string, variables: TranscriptVariables): string {
  return text.replace(/\$([A-Z]+)/g, (whole, name: string) => variables.get(name) ?? whole);
}

/** An outcome as a transcript holds it: values of variables by name, and masked. */
export function maskOutcome({ code, stdout, stderr }: Outcome, variables: TranscriptVariables): Outcome {
  const mask = (text: string): string => {
    let named = text;
    for (const [name, value] of variables) named = named.replaceAll(value, `$${name}`);
    return maskCliOutput(named);
  };
  return { code, stdout: mask(stdout), stderr: mask(stderr) };
}
