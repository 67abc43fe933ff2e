import type { HclItem, HclObject, HclValue, Position } from './hcl-value.ts';
import { MAX_CONFIG_DEPTH, syntaxError } from './syntax-error.ts';
import { TextCursor } from './text-cursor.ts';

const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;
const MAX_NUMBER_LENGTH = 64;

function skipSpace(cursor: TextCursor): void {
  cursor.takeWhile((character) => ' \t\r\n'.includes(character));
}

function expect(cursor: TextCursor, mark: string): void {
  skipSpace(cursor);
  if (cursor.peek() !== mark) throw syntaxError(cursor.position, `expected "${mark}"`);
  cursor.next();
}

/** Finds the end of the string, then leaves its escapes to JSON.parse. */
function readString(cursor: TextCursor): string {
  const position = cursor.position;
  const start = cursor.offset;
  expect(cursor, '"');
  while (cursor.peek() !== '"') {
    if (cursor.atEnd || cursor.peek() === '\n') throw syntaxError(position, 'string is not closed');
    if (cursor.next() === '\\') cursor.next();
  }
  cursor.next();
  try {
    return JSON.parse(cursor.text.slice(start, cursor.offset)) as string;
  } catch {
    throw syntaxError(position, 'malformed string');
  }
}

function readWord(cursor: TextCursor, position: Position): HclValue {
  const text = cursor.takeWhile((character) => !' \t\r\n,]}'.includes(character));
  if (text === 'true' || text === 'false') return { kind: 'bool', value: text === 'true', position };
  if (text === 'null') return { kind: 'null', position };
  if (text.length <= MAX_NUMBER_LENGTH && NUMBER.test(text)) return { kind: 'number', text, position };
  throw syntaxError(position, 'expected a value');
}

/** Reads elements up to the closing mark, commas between them. */
function readSeparated(cursor: TextCursor, close: string, readOne: () => void): void {
  cursor.next();
  skipSpace(cursor);
  if (cursor.peek() === close) {
    cursor.next();
    return;
  }
  for (;;) {
    readOne();
    skipSpace(cursor);
    if (cursor.peek() === close) break;
    expect(cursor, ',');
  }
  cursor.next();
}

function readObject(cursor: TextCursor, depth: number): HclObject {
  const position = cursor.position;
  const items: HclItem[] = [];
  readSeparated(cursor, '}', () => {
    skipSpace(cursor);
    const itemPosition = cursor.position;
    const key = readString(cursor);
    expect(cursor, ':');
    items.push({ key, labels: [], value: readValue(cursor, depth), position: itemPosition });
  });
  return { kind: 'object', items, position };
}

function readValue(cursor: TextCursor, depth: number): HclValue {
  skipSpace(cursor);
  const position = cursor.position;
  if (depth > MAX_CONFIG_DEPTH) throw syntaxError(position, `nested deeper than ${MAX_CONFIG_DEPTH} levels`);
  switch (cursor.peek()) {
    case '{':
      return readObject(cursor, depth + 1);
    case '[': {
      const items: HclValue[] = [];
      readSeparated(cursor, ']', () => items.push(readValue(cursor, depth + 1)));
      return { kind: 'list', items, position };
    }
    case '"':
      return { kind: 'string', value: readString(cursor), position };
    default:
      return readWord(cursor, position);
  }
}

/** Parses a JSON object. @throws {ConfigError} `ERR_CONFIG_SYNTAX` */
export function parseJsonText(text: string): HclObject {
  const cursor = new TextCursor(text);
  const value = readValue(cursor, 0);
  skipSpace(cursor);
  if (!cursor.atEnd) throw syntaxError(cursor.position, 'unexpected text after the end');
  if (value.kind !== 'object') throw syntaxError(value.position, 'expected an object');
  return value;
}
