import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SignetError } from '@signet/core';
import { parseHcl } from './parse-hcl.ts';
import { plainRecord } from './plain-value.ts';

function plain(text: string): unknown {
  return JSON.parse(JSON.stringify(plainRecord(parseHcl(text))));
}

function failure(text: string): { readonly code: string; readonly message: string } {
  try {
    parseHcl(text);
  } catch (error) {
    if (error instanceof SignetError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('parsed');
}

describe('parseHcl reads', () => {
  const cases: readonly (readonly [name: string, text: string, expected: unknown])[] = [
    ['an empty file', '', {}],
    ['assignments', 'a = "x"\nb = 5\nc = true\nd = false', { a: 'x', b: 5, c: true, d: false }],
    ['a byte order mark', '\uFEFFa = 1', { a: 1 }],
    ['comments of all three kinds', '# one\n// two\n/* three\n = */ a = 1 # four', { a: 1 }],
    [
      'numbers',
      'a = 0755 b = 0x1F c = -7 d = 1.5 e = 2e3 f = 0',
      { a: 493, b: 31, c: -7, d: 1.5, e: 2000, f: 0 },
    ],
    [
      'escapes',
      String.raw`a = "q\"b\\n\n t\t x\x41 u\u00e9 U\U0001F600 o\101"`,
      { a: 'q"b\\n\n t\t xA u\u00e9 U\u{1F600} oA' },
    ],
    ['interpolation as it stands', 'a = "x${ env("A") }y"', { a: 'x${ env("A") }y' }],
    ['a heredoc', 'a = <<EOF\none\n  two\nEOF\nb = 1', { a: 'one\n  two\n', b: 1 }],
    ['an indented heredoc', 'a = <<-EOF\n    one\n      two\n    EOF\n', { a: 'one\n  two\n' }],
    ['an indented heredoc with a line outside', 'a = <<-EOF\n  one\ntwo\n  EOF\n', { a: '  one\ntwo\n' }],
    ['lists, with a last comma', 'a = ["x", "y",] b = []', { a: ['x', 'y'], b: [] }],
    ['lists of lists and objects', 'a = [[1], {b = 2}]', { a: [[1], { b: 2 }] }],
    ['blocks with and without =', 'a { b = 1 } c = { d = 2 }', { a: { b: 1 }, c: { d: 2 } }],
    [
      'labelled blocks',
      'NodeAttestor "join_token" { plugin_data {} }',
      { NodeAttestor: { join_token: { plugin_data: {} } } },
    ],
    ['quoted keys', '"a b" = 1 "c" { "d" = 2 }', { 'a b': 1, c: { d: 2 } }],
    ['repeated blocks', 'a { b = 1 } a { b = 2 }', { a: [{ b: 1 }, { b: 2 }] }],
    ['repeated lists', 'a = [1] a = [2]', { a: [1, 2] }],
    ['items parted by commas', 'a { b = 1, c = 2 }', { a: { b: 1, c: 2 } }],
    ['carriage returns', 'a = 1\r\nb {\r\n}\r\n', { a: 1, b: {} }],
    ['keys with dots and dashes', 'a.b-c = 1', { 'a.b-c': 1 }],
    [
      'JSON',
      ' {"a": {"b": [1, "x\\u00e9", true, null, {"c": -1.5e2}]}}',
      { a: { b: [1, 'x\u00e9', true, null, { c: -150 }] } },
    ],
    ['empty JSON', '{}', {}],
    [
      'a key that is a name of Object',
      '__proto__ = 1 constructor { toString = 2 }',
      { ['__proto__']: 1, constructor: { toString: 2 } },
    ],
  ];
  it.each(cases)('%s', (_name, text, expected) => {
    expect(plain(text)).toEqual(expected);
  });

  it('keeps the order of items and their lines', () => {
    const { items } = parseHcl('plugins {\n  B "x" {}\n  A "y" {}\n}');
    const [block] = items;
    const inner = block?.value.kind === 'object' ? block.value.items : [];
    expect(inner.map(({ key, labels, position }) => [key, labels, position.line, position.column])).toEqual([
      ['B', ['x'], 2, 3],
      ['A', ['y'], 3, 3],
    ]);
  });
});

describe('parseHcl refuses', () => {
  const cases: readonly (readonly [name: string, text: string, place: string])[] = [
    ['an open string', 'a = "x', 'line 1, column 5'],
    ['a newline in a string', 'a = "x\ny"', 'line 1, column 5'],
    ['an unknown escape', String.raw`a = "\q"`, 'line 1, column 7'],
    ['a half escape', String.raw`a = "\x4"`, 'line 1, column 8'],
    ['a surrogate', String.raw`a = "\ud800"`, 'line 1, column 8'],
    ['an open heredoc', 'a = <<EOF\nx', 'line 1, column 5'],
    ['an open comment', 'a = 1 /* x', 'line 1, column 7'],
    ['an open block', 'a {\n b = 1', 'line 2, column 7'],
    ['an open list', 'a = [1', 'line 1, column 7'],
    ['a second closing brace', 'a {} }', 'line 1, column 6'],
    ['a key without value', 'a', 'line 1, column 2'],
    ['a bare word as value', 'a = yes', 'line 1, column 5'],
    ['a label before =', 'a "b" = 1', 'line 1, column 7'],
    ['a number in octal with a 9', 'a = 09', 'line 1, column 5'],
    ['a number with letters', 'a = 5m', 'line 1, column 5'],
    ['a bare minus', 'a = -', 'line 1, column 5'],
    ['list items without comma', 'a = ["x" "y"]', 'line 1, column 10'],
    ['a strange character', '\n\n  a = \u00e9', 'line 3, column 7'],
    ['JSON with a last comma', '{"a": 1,}', 'line 1, column 9'],
    ['JSON with text after it', '{"a": 1} x', 'line 1, column 10'],
    ['JSON with a bad number', '{"a": 01}', 'line 1, column 7'],
    ['JSON with an open string', '{"a', 'line 1, column 2'],
  ];
  it.each(cases)('%s', (_name, text, place) => {
    const { code, message } = failure(text);
    expect(code).toBe('ERR_CONFIG_SYNTAX');
    expect(message).toContain(place);
  });

  it.each([
    ['blocks', 'a { '.repeat(40)],
    ['lists', `a = ${'['.repeat(40)}`],
    ['JSON', '{"a":'.repeat(40)],
  ])('%s nested too deep', (_name, text) => {
    expect(failure(text).message).toContain('nested deeper than 32');
  });

  it('more than a mebibyte', () => {
    expect(failure(`a = "${'x'.repeat(1024 * 1024)}"`).code).toBe('ERR_CONFIG_SYNTAX');
  });
});

describe('parseHcl, whatever the text', () => {
  const alphabet = fc.constantFrom(
    ...'{}[]=,"\\$<-#/*\n ab10.'.split(/(?:)/),
    '<<EOF\n',
    '${',
    'EOF',
    'true',
  );
  it('gives a value or ERR_CONFIG_SYNTAX', () => {
    fc.assert(
      fc.property(fc.array(alphabet, { maxLength: 60 }), (parts) => {
        try {
          parseHcl(parts.join(''));
          return true;
        } catch (error) {
          return error instanceof SignetError && error.code === 'ERR_CONFIG_SYNTAX';
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('reads every JSON object as JSON.parse does', () => {
    const noNumbers = fc.object({ values: [fc.string(), fc.boolean(), fc.integer()], maxDepth: 4 });
    fc.assert(
      fc.property(noNumbers, (value) => {
        expect(plain(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
