import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { JsonError } from '../errors.ts';
import { formatJson } from './format-json.ts';
import { isJsonArray, isJsonObject, type JsonValue } from './json-value.ts';
import { parseJson } from './parse-json.ts';

describe('parseJson', () => {
  it.each([
    ['null', null],
    ['true', true],
    [' false\r\n\t', false],
    ['0', 0],
    ['-0', -0],
    ['-12.5e+2', -1250],
    ['9007199254740991', 9007199254740991],
    ['""', ''],
    ['"a\\u0041\\n\\"\\/"', 'aA\n"/'],
    ['"\u00fc\u2028\\ud83d\\ude00"', '\u00fc\u2028\u{1f600}'],
    ['[]', []],
    ['[1, [ ] , "x"]', [1, [], 'x']],
    ['{}', new Map()],
    [
      '{ "a" : 1, "b":{"a":2} }',
      new Map<string, unknown>([
        ['a', 1],
        ['b', new Map([['a', 2]])],
      ]),
    ],
  ])('reads %s', (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  it.each([
    ['9007199254740992', 9007199254740992n],
    ['9007199254740993', 9007199254740993n],
    ['-9007199254740993', -9007199254740993n],
    ['18446744073709551615', 18446744073709551615n],
  ])('TDB-7: keeps every digit of %s', (text, value) => {
    expect(parseJson(text)).toBe(value);
    expect(formatJson(parseJson(text))).toBe(text);
  });

  it.each([
    ['repeated member', '{"a":1,"b":2,"a":1}'],
    ['member repeated by an escape', '{"a":1,"\\u0061":2}'],
    ['member repeated inside', '[{"x":{"a":1,"a":1}}]'],
    ['__proto__ twice', '{"__proto__":1,"__proto__":2}'],
  ])('TDB-18: refuses a %s', (_, text) => {
    expect(() => parseJson(text)).toThrow(expect.objectContaining({ code: 'ERR_JSON_DUPLICATE_MEMBER' }));
  });

  it.each([
    '',
    ' ',
    '{',
    '[',
    '[1',
    '[1,',
    '[1,]',
    '{"a"',
    '{"a":',
    '{"a":1',
    '{"a":1,',
    '{"a":1,}',
    '{a:1}',
    "{'a':1}",
    '01',
    '+1',
    '-',
    '1.',
    '.5',
    '1e',
    '1e400',
    '-1e400',
    '9'.repeat(400),
    'NaN',
    'Infinity',
    'tru',
    'nul',
    'True',
    '"',
    '"a',
    '"\\',
    '"\\x"',
    '"\\u12"',
    '"\\u12g4"',
    '"\n"',
    '"\u0000"',
    '1 2',
    '{}{}',
    '/**/1',
    '\ufeff1',
    '\u00a01',
    'undefined',
  ])('refuses %j', (text) => {
    expect(() => parseJson(text)).toThrow(expect.objectContaining({ code: 'ERR_JSON_MALFORMED' }));
  });

  it('gives member names no meaning', () => {
    const value = parseJson('{"__proto__":{"polluted":true},"constructor":1}');
    expect(isJsonObject(value) && [...value.keys()]).toEqual(['__proto__', 'constructor']);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('reads 32 levels and no more', () => {
    expect(isJsonArray(parseJson('['.repeat(32) + ']'.repeat(32)))).toBe(true);
    for (const text of ['['.repeat(33), '{"a":'.repeat(33), '['.repeat(500_000)]) {
      expect(() => parseJson(text)).toThrow(expect.objectContaining({ code: 'ERR_JSON_TOO_DEEP' }));
    }
  });

  it('reads 1 MiB and no more', () => {
    const text = `"${'a'.repeat((1 << 20) - 2)}"`;
    expect(parseJson(text)).toHaveLength(text.length - 2);
    expect(() => parseJson(`${text} `)).toThrow(expect.objectContaining({ code: 'ERR_JSON_TOO_LARGE' }));
    expect(() => parseJson('12345', { maxBytes: 4 })).toThrow(
      expect.objectContaining({ code: 'ERR_JSON_TOO_LARGE' }),
    );
  });

  it.each([
    ['truncated', [0x22, 0xc3, 0x22]],
    ['over-long', [0x22, 0xc0, 0x80, 0x22]],
    ['a surrogate', [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ['behind a byte order mark', [0xef, 0xbb, 0xbf, 0x31]],
  ])('FED-19: refuses UTF-8 that is %s', (_, bytes) => {
    expect(() => parseJson(Uint8Array.from(bytes))).toThrow(
      expect.objectContaining({ code: 'ERR_JSON_MALFORMED' }),
    );
  });

  it('agrees with JSON.parse on what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8, noUnicodeString: true }), (text) => {
        expect(plain(parseJson(text))).toEqual(withoutPrototypes(JSON.parse(text)));
      }),
      { numRuns: 1000 },
    );
  });

  it('accepts no more than JSON.parse does, and fails only with its own codes', () => {
    fc.assert(
      fc.property(nearlyJson(), (text) => {
        const mine = outcome(() => plain(parseJson(text)));
        const theirs = outcome(() => withoutPrototypes(JSON.parse(text)));
        if (mine.error === undefined) expect(mine.value).toEqual(theirs.value);
        else expect(mine.error).toBeInstanceOf(JsonError);
        if (isSyntaxError(mine.error)) {
          expect(theirs.error).toBeDefined();
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('reads back what formatJson writes, indented or not', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.constantFrom(0, 2, 4), (text, indent) => {
        const value = parseJson(text);
        expect(parseJson(formatJson(value, indent))).toEqual(value);
      }),
    );
  });
});

describe('formatJson', () => {
  it('lays out as JSON.stringify does', () => {
    const value = { a: [1, 'x', null, true, [], {}], b: { c: 'd"\n' }, e: [] };
    for (const indent of [0, 2, 4]) {
      expect(formatJson(parseJson(JSON.stringify(value)), indent)).toBe(
        JSON.stringify(value, undefined, indent),
      );
    }
  });
});

/** The value with objects as entries and integers as the doubles that JSON.parse makes of them. */
function plain(value: JsonValue): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (isJsonArray(value)) return value.map(plain);
  if (isJsonObject(value))
    return { members: new Map(Array.from(value, ([name, member]) => [name, plain(member)])) };
  return value;
}

function withoutPrototypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPrototypes);
  if (typeof value !== 'object' || value === null) return value;
  return {
    members: new Map(Object.entries(value).map(([name, member]) => [name, withoutPrototypes(member)])),
  };
}

function outcome<T>(act: () => T): { value?: T; error?: unknown } {
  try {
    return { value: act() };
  } catch (error) {
    return { error };
  }
}

// JSON.parse makes infinities of numbers beyond a double, which are refused here.
function isSyntaxError(error: unknown): boolean {
  return (
    error instanceof JsonError &&
    error.code === 'ERR_JSON_MALFORMED' &&
    !error.message.endsWith('number out of range')
  );
}

/** JSON texts with a character changed, added or dropped here and there. */
function nearlyJson(): fc.Arbitrary<string> {
  const char = fc.constantFrom(...'{}[]",:\\ \n0123456789-+.eEtfnul/x\u0000'.split(''));
  const edit = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), char, fc.constantFrom(0, 1));
  return fc
    .tuple(fc.json({ maxDepth: 3 }), fc.array(edit, { maxLength: 3 }))
    .map(([text, edits]) =>
      edits.reduce((now, [where, insert, drop]) => splice(now, where, insert, drop), text),
    );
}

function splice(text: string, where: number, insert: string, drop: number): string {
  const at = Math.floor(where * text.length);
  return text.slice(0, at) + insert + text.slice(at + drop);
}
