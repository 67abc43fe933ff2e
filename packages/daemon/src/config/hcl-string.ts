import type { Position } from './hcl-value.ts';
import { syntaxError } from './syntax-error.ts';
import type { TextCursor } from './text-cursor.ts';

const SIMPLE_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\\', '\\'],
  ['"', '"'],
]);

const CODE_DIGITS: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

function codePoint(digits: string, base: number, position: Position): string {
  const value = Number.parseInt(digits, base);
  if (value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
    throw syntaxError(position, 'invalid character code');
  return String.fromCodePoint(value);
}

function readCode(cursor: TextCursor, count: number, base: 8 | 16): string {
  const position = cursor.position;
  const allowed = base === 8 ? '01234567' : '0123456789abcdefABCDEF';
  let digits = '';
  while (digits.length < count) {
    const digit = cursor.peek();
    if (digit === '' || !allowed.includes(digit)) throw syntaxError(position, 'incomplete character escape');
    digits += cursor.next();
  }
  return codePoint(digits, base, position);
}

/** Reads what follows a backslash. */
function readEscape(cursor: TextCursor): string {
  const position = cursor.position;
  const letter = cursor.peek();
  if (letter >= '0' && letter <= '7') return readCode(cursor, 3, 8);
  cursor.next();
  const simple = SIMPLE_ESCAPES.get(letter);
  if (simple !== undefined) return simple;
  const digits = CODE_DIGITS.get(letter);
  if (digits === undefined) throw syntaxError(position, 'unknown escape in string');
  return readCode(cursor, digits, 16);
}

/** Reads `${ … }` as it stands, quotes and newlines inside included. */
function readInterpolation(cursor: TextCursor, start: Position): string {
  const from = cursor.offset;
  cursor.skip(2);
  for (let depth = 1; depth > 0;) {
    if (cursor.atEnd) throw syntaxError(start, 'string is not closed');
    const character = cursor.next();
    if (character === '{') depth += 1;
    if (character === '}') depth -= 1;
  }
  return cursor.text.slice(from, cursor.offset);
}

/** Reads a double-quoted string from its opening quote to its closing one. */
export function readQuotedString(cursor: TextCursor): string {
  const start = cursor.position;
  cursor.next();
  let value = '';
  for (;;) {
    const character = cursor.peek();
    if (character === '' || character === '\n') throw syntaxError(start, 'string is not closed');
    if (cursor.startsWith('${')) value += readInterpolation(cursor, start);
    else if (cursor.next() === '"') return value;
    else value += character === '\\' ? readEscape(cursor) : character;
  }
}

/** Takes the closing marker's indent off each line, if every line has it. */
function removeIndent(lines: readonly string[], indent: string): readonly string[] {
  return lines.every((line) => line.startsWith(indent))
    ? lines.map((line) => line.slice(indent.length))
    : lines;
}

/** Reads `<<MARK` or `<<-MARK` to the line that holds the mark alone. */
export function readHeredoc(cursor: TextCursor): string {
  const start = cursor.position;
  cursor.skip(2);
  const indented = cursor.peek() === '-';
  if (indented) cursor.next();
  const mark = cursor.takeWhile((character) => character !== '\n').trimEnd();
  if (!/^[A-Za-z0-9_.-]{1,64}$/.test(mark)) throw syntaxError(start, 'heredoc needs a marker word');
  cursor.next();
  const lines: string[] = [];
  while (!cursor.atEnd) {
    const line = cursor.takeWhile((character) => character !== '\n');
    const bare = line.trimEnd();
    if (bare === mark) return lines.map((kept) => `${kept}\n`).join('');
    if (indented && bare.trimStart() === mark) {
      const indent = bare.slice(0, bare.length - mark.length);
      return removeIndent(lines, indent)
        .map((kept) => `${kept}\n`)
        .join('');
    }
    lines.push(line);
    cursor.next();
  }
  throw syntaxError(start, 'heredoc is not closed');
}
