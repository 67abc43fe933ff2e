import { JsonError } from '../errors.ts';
import type { JsonValue } from './json-value.ts';

const WHITESPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
// Everything that may stand in a string as it is: all but the quote, the backslash and control characters.
// eslint-disable-next-line no-control-regex -- control characters are exactly what is excluded
const PLAIN_TEXT = /[^"\\\u0000-\u001f]*/y;
const FOUR_HEX_DIGITS = /[0-9a-fA-F]{4}/y;

/** No integer of 64 bits has more; longer ones lose digits as any double does. */
const MAX_BIGINT_LENGTH = 40;

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

const LITERALS: ReadonlyMap<string, readonly [string, JsonValue]> = new Map<
  string,
  readonly [string, JsonValue]
>([
  ['t', ['true', true]],
  ['f', ['false', false]],
  ['n', ['null', null]],
]);

/** Reads one JSON document from start to end; use it through `parseJson`. */
export class JsonReader {
  readonly #text: string;
  readonly #maxDepth: number;
  #at = 0;

  constructor(text: string, maxDepth: number) {
    this.#text = text;
    this.#maxDepth = maxDepth;
  }

  readDocument(): JsonValue {
    const value = this.#readValue(0);
    if (this.#at < this.#text.length) throw this.#malformed('text after the end');
    return value;
  }

  #readValue(depth: number): JsonValue {
    this.#match(WHITESPACE);
    const value = this.#readBareValue(depth);
    this.#match(WHITESPACE);
    return value;
  }

  #readBareValue(depth: number): JsonValue {
    switch (this.#text[this.#at] ?? '') {
      case '{':
        return this.#readObject(this.#deeper(depth));
      case '[':
        return this.#readArray(this.#deeper(depth));
      case '"':
        return this.#readString();
      case 't':
      case 'f':
      case 'n':
        return this.#readLiteral();
      default:
        return this.#readNumber();
    }
  }

  #readObject(depth: number): JsonValue {
    const members = new Map<string, JsonValue>();
    this.#at++;
    this.#match(WHITESPACE);
    if (this.#skip('}')) return members;
    do {
      this.#match(WHITESPACE);
      const name = this.#readString();
      if (members.has(name)) {
        throw new JsonError('ERR_JSON_DUPLICATE_MEMBER', `JSON member repeated before offset ${this.#at}`);
      }
      this.#match(WHITESPACE);
      this.#expect(':');
      members.set(name, this.#readValue(depth));
    } while (this.#skip(','));
    this.#expect('}');
    return members;
  }

  #readArray(depth: number): JsonValue {
    const elements: JsonValue[] = [];
    this.#at++;
    this.#match(WHITESPACE);
    if (this.#skip(']')) return elements;
    do elements.push(this.#readValue(depth));
    while (this.#skip(','));
    this.#expect(']');
    return elements;
  }

  #readString(): string {
    this.#expect('"');
    let value = this.#match(PLAIN_TEXT);
    while (this.#skip('\\')) value += this.#readEscape() + this.#match(PLAIN_TEXT);
    this.#expect('"');
    return value;
  }

  #readEscape(): string {
    const letter = this.#text[this.#at++] ?? '';
    const plain = ESCAPES.get(letter);
    if (plain !== undefined) return plain;
    const digits = letter === 'u' ? this.#match(FOUR_HEX_DIGITS) : '';
    if (digits === '') throw this.#malformed('unknown escape');
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  #readLiteral(): JsonValue {
    const literal = LITERALS.get(this.#text[this.#at] ?? '');
    if (literal === undefined || !this.#text.startsWith(literal[0], this.#at)) {
      throw this.#malformed('unknown word');
    }
    this.#at += literal[0].length;
    return literal[1];
  }

  #readNumber(): number | bigint {
    NUMBER.lastIndex = this.#at;
    const match = NUMBER.exec(this.#text);
    if (match === null) throw this.#malformed('unexpected character or end');
    const [literal, fraction, exponent] = match;
    const value = Number(literal);
    if (!Number.isFinite(value)) throw this.#malformed('number out of range');
    this.#at += literal.length;
    const isLargeInteger = fraction === undefined && exponent === undefined && !Number.isSafeInteger(value);
    return isLargeInteger && literal.length <= MAX_BIGINT_LENGTH ? BigInt(literal) : value;
  }

  #deeper(depth: number): number {
    if (depth < this.#maxDepth) return depth + 1;
    throw new JsonError('ERR_JSON_TOO_DEEP', `JSON is nested deeper than ${this.#maxDepth}`);
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #skip(char: string): boolean {
    if (this.#text[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  #expect(char: string): void {
    if (!this.#skip(char)) throw this.#malformed(`"${char}" expected`);
  }

  #malformed(reason: string): JsonError {
    return new JsonError('ERR_JSON_MALFORMED', `malformed JSON at offset ${this.#at}: ${reason}`);
  }
}
