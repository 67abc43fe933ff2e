import type { Position } from './hcl-value.ts';
import { readHeredoc, readQuotedString } from './hcl-string.ts';
import { syntaxError } from './syntax-error.ts';
import { TextCursor } from './text-cursor.ts';

/** One token; `text` is the value of a string, the spelling of everything else. */
export interface HclToken {
  readonly kind: 'identifier' | 'string' | 'number' | 'mark' | 'end';
  readonly text: string;
  readonly position: Position;
}

const MARKS = '{}[]=,';
const NUMBER =
  /^-?(?:0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*|(?:0|[1-9][0-9]*)?(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)$/;
const MAX_NUMBER_LENGTH = 64;

function isLetter(character: string): boolean {
  return (
    (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') || character === '_'
  );
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9';
}

function isSpace(character: string): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r';
}

function skipBlockComment(cursor: TextCursor): void {
  const start = cursor.position;
  cursor.skip(2);
  while (!cursor.startsWith('*/')) {
    if (cursor.atEnd) throw syntaxError(start, 'comment is not closed');
    cursor.next();
  }
  cursor.skip(2);
}

function skipSpaceAndComments(cursor: TextCursor): void {
  for (;;) {
    cursor.takeWhile(isSpace);
    if (cursor.peek() === '#' || cursor.startsWith('//')) cursor.takeWhile((character) => character !== '\n');
    else if (cursor.startsWith('/*')) skipBlockComment(cursor);
    else return;
  }
}

function readNumber(cursor: TextCursor): string {
  const position = cursor.position;
  const text = cursor.takeWhile(
    (character) => isLetter(character) || isDigit(character) || '+-.'.includes(character),
  );
  if (text.length > MAX_NUMBER_LENGTH || text === '-' || !NUMBER.test(text)) {
    throw syntaxError(position, 'malformed number');
  }
  return text;
}

/** Reads the next token. */
function readToken(cursor: TextCursor): HclToken {
  skipSpaceAndComments(cursor);
  const position = cursor.position;
  const character = cursor.peek();
  if (character === '') return { kind: 'end', text: 'end of file', position };
  if (MARKS.includes(character)) return { kind: 'mark', text: cursor.next(), position };
  if (character === '"') return { kind: 'string', text: readQuotedString(cursor), position };
  if (cursor.startsWith('<<')) return { kind: 'string', text: readHeredoc(cursor), position };
  if (isDigit(character) || character === '-') return { kind: 'number', text: readNumber(cursor), position };
  if (!isLetter(character)) throw syntaxError(position, 'unexpected character');
  const text = cursor.takeWhile((next) => isLetter(next) || isDigit(next) || next === '-' || next === '.');
  return { kind: 'identifier', text, position };
}

/** A stream of tokens with one token of look-ahead. */
export class HclTokens {
  readonly #cursor: TextCursor;
  #current: HclToken;

  constructor(text: string) {
    this.#cursor = new TextCursor(text);
    this.#current = readToken(this.#cursor);
  }

  get current(): HclToken {
    return this.#current;
  }

  /** Returns the current token and moves on. */
  take(): HclToken {
    const token = this.#current;
    this.#current = readToken(this.#cursor);
    return token;
  }

  /** True, and past it, when the current token is this mark. */
  takeIf(mark: string): boolean {
    if (this.#current.kind !== 'mark' || this.#current.text !== mark) return false;
    this.take();
    return true;
  }

  expect(mark: string): void {
    const { text, position } = this.#current;
    if (!this.takeIf(mark))
      throw syntaxError(position, `expected "${mark}" before ${text === 'end of file' ? text : 'this'}`);
  }
}
