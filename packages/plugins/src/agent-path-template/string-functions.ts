import { fixed, variadic, type TemplateFunctions } from './template-function.ts';
import { TemplateError } from './template-error.ts';
import { integerOf, listOf, stringOf, textOf, type Value } from './value.ts';

const MAX_REPEAT = 1024;

/** The text functions, with Sprig's argument order: the text comes last. Positions count bytes. */
export const stringFunctions: TemplateFunctions = new Map([
  ['print', variadic(1, (...args) => print(args))],
  ['printf', variadic(1, (format, ...args) => printf(stringOf(format), args))],
  ['toString', fixed((value) => textOf(value))],
  ['lower', fixed((text) => eachLetter(stringOf(text), (letter) => letter.toLowerCase()))],
  ['upper', fixed((text) => eachLetter(stringOf(text), (letter) => letter.toUpperCase()))],
  ['trim', fixed((text) => stringOf(text).trim())],
  ['trimAll', fixed((characters, text) => trimAll(stringOf(characters), stringOf(text)))],
  ['trimPrefix', fixed((prefix, text) => trimPrefix(stringOf(prefix), stringOf(text)))],
  ['trimSuffix', fixed((suffix, text) => trimSuffix(stringOf(suffix), stringOf(text)))],
  ['nospace', fixed((text) => stringOf(text).replace(/\s/g, ''))],
  ['contains', fixed((part, text) => stringOf(text).includes(stringOf(part)))],
  ['hasPrefix', fixed((prefix, text) => stringOf(text).startsWith(stringOf(prefix)))],
  ['hasSuffix', fixed((suffix, text) => stringOf(text).endsWith(stringOf(suffix)))],
  ['replace', fixed((from, to, text) => replace(stringOf(from), stringOf(to), stringOf(text)))],
  ['repeat', fixed((count, text) => repeat(integerOf(count), stringOf(text)))],
  ['trunc', fixed((length, text) => truncate(integerOf(length), stringOf(text)))],
  ['substr', fixed((start, end, text) => substring(integerOf(start), integerOf(end), stringOf(text)))],
  ['cat', variadic(1, (...args) => args.map(textOf).join(' '))],
  ['join', fixed((separator, list) => listOf(list).map(textOf).join(stringOf(separator)))],
  ['splitList', fixed((separator, text) => stringOf(text).split(stringOf(separator)))],
]);

function trimAll(characters: string, text: string): string {
  const set = new Set(characters);
  const letters = Array.from(text);
  const first = letters.findIndex((letter) => !set.has(letter));
  const last = letters.findLastIndex((letter) => !set.has(letter));
  return first === -1 ? '' : letters.slice(first, last + 1).join('');
}

function trimPrefix(prefix: string, text: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}

function trimSuffix(suffix: string, text: string): string {
  return text.endsWith(suffix) ? text.slice(0, text.length - suffix.length) : text;
}

function repeat(count: number, text: string): string {
  if (count < 0 || count > MAX_REPEAT) throw new TemplateError('repeat count is out of range');
  return text.repeat(count);
}

function truncate(length: number, text: string): string {
  const bytes = Buffer.from(text);
  if (Math.abs(length) >= bytes.length) return text;
  return wholeLetters(length < 0 ? bytes.subarray(length) : bytes.subarray(0, length));
}

function substring(start: number, end: number, text: string): string {
  const bytes = Buffer.from(text);
  const from = Math.max(start, 0);
  const to = end < 0 ? bytes.length : Math.min(end, bytes.length);
  if (from > to) throw new TemplateError('substr ends before it starts');
  return wholeLetters(bytes.subarray(from, to));
}

function wholeLetters(bytes: Buffer): string {
  const text = bytes.toString();
  if (!bytes.equals(Buffer.from(text))) throw new TemplateError('a letter is cut in two');
  return text;
}

/** A letter that would become several keeps its case, as in Go. */
function eachLetter(text: string, change: (letter: string) => string): string {
  return Array.from(text, (letter) => {
    const changed = change(letter);
    return Array.from(changed).length === 1 ? changed : letter;
  }).join('');
}

function replace(from: string, to: string, text: string): string {
  if (from === '') throw new TemplateError('there is nothing to replace');
  return text.split(from).join(to);
}

/** As Go: a space only between two values neither of which is a string. */
function print(values: readonly Value[]): string {
  const isApart = (i: number): boolean =>
    i > 0 && typeof values[i] !== 'string' && typeof values[i - 1] !== 'string';
  return values.map((value, i) => (isApart(i) ? ` ${textOf(value)}` : textOf(value))).join('');
}

/** `%s`, `%v`, `%d`, `%x` and `%%`, without width or flags. */
function printf(format: string, args: readonly Value[]): string {
  let used = 0;
  const text = format.replace(/%(.?)/gs, (_, verb: string) => {
    if (verb === '%') return '%';
    if (used === args.length) throw new TemplateError('printf has too few arguments');
    return formatted(verb, args[used++]);
  });
  if (used !== args.length) throw new TemplateError('printf has too many arguments');
  return text;
}

function formatted(verb: string, value: Value): string {
  if (verb === 's') return stringOf(value);
  if (verb === 'v') return textOf(value);
  if (verb === 'd') return String(integerOf(value));
  if (verb !== 'x') throw new TemplateError('printf knows only %s, %v, %d, %x and %%');
  return typeof value === 'number' ? value.toString(16) : Buffer.from(stringOf(value)).toString('hex');
}
