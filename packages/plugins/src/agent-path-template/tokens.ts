import { TemplateError } from './template-error.ts';

/** A piece of an action: `.Field.Sub`, `$name`, a word, a literal or punctuation. */
export type Token =
  | { readonly kind: 'field'; readonly names: readonly string[] }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'dot' | '(' | ')' | '|' | ':=' };

const STRING = /"(?:[^"\\\n]|\\.)*"/y;
const RAW_STRING = /`[^`]*`/y;
const INTEGER = /[+-]?(?:0|[1-9][0-9]*)(?![\w.])/y;
const FIELD = /(?:\.[A-Za-z_][A-Za-z0-9_]*)+/y;
const WORD = /[A-Za-z_][A-Za-z0-9_]*/y;
const VARIABLE = /\$[A-Za-z0-9_]*/y;
const PUNCTUATION = /:=|[().|]/y;
const SPACE = /[ \t\r\n]+/y;

/** One token, and whether space stood before it: `$x.Field` is a chain, `$x .Field` are two operands. */
export interface PlacedToken {
  readonly token: Token;
  readonly afterSpace: boolean;
}

/**
 * Cuts the inside of `{{ … }}` into tokens.
 *
 * @throws {TemplateError} for anything that is no token.
 */
export function tokensOf(action: string): readonly PlacedToken[] {
  const tokens: PlacedToken[] = [];
  for (let at = 0; at < action.length;) {
    const space = match(SPACE, action, at)?.length ?? 0;
    at += space;
    if (at === action.length) break;
    const [token, length] = tokenAt(action, at);
    tokens.push({ token, afterSpace: space > 0 });
    at += length;
  }
  return tokens;
}

function tokenAt(text: string, at: number): [Token, number] {
  for (const [pattern, make] of KINDS) {
    const found = match(pattern, text, at);
    if (found !== undefined) return [make(found), found.length];
  }
  throw new TemplateError(`unexpected ${JSON.stringify(text[at])} in an action`);
}

const KINDS: readonly (readonly [RegExp, (found: string) => Token])[] = [
  [STRING, (found) => ({ kind: 'literal', value: unescape(found) })],
  [RAW_STRING, (found) => ({ kind: 'literal', value: found.slice(1, -1) })],
  [INTEGER, (found) => ({ kind: 'literal', value: integer(found) })],
  [FIELD, (found) => ({ kind: 'field', names: found.slice(1).split('.') })],
  [VARIABLE, (found) => ({ kind: 'variable', name: found })],
  [WORD, wordToken],
  [PUNCTUATION, (found) => ({ kind: found === '.' ? 'dot' : (found as '(' | ')' | '|' | ':=') })],
];

function wordToken(word: string): Token {
  if (word === 'true' || word === 'false') return { kind: 'literal', value: word === 'true' };
  return { kind: 'word', word };
}

function integer(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new TemplateError('a number is out of range');
  return value;
}

function unescape(quoted: string): string {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    throw new TemplateError('a string has an escape that is not supported');
  }
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
