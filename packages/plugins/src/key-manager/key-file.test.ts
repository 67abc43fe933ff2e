import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { KeyFileSyntaxError, decodeKeyFile, encodeKeyFile } from './key-file.ts';

function decode(text: string): Map<string, Uint8Array> {
  return decodeKeyFile(Buffer.from(text));
}

describe('key file', () => {
  it('is the JSON that SPIRE writes', () => {
    const text = Buffer.from(
      encodeKeyFile(
        new Map([
          ['b', Buffer.from('xyz')],
          ['a', Buffer.from([0, 255])],
        ]),
      ),
    ).toString();
    expect(text).toBe('{\n\t"keys": {\n\t\t"a": "AP8=",\n\t\t"b": "eHl6"\n\t}\n}\n');
    expect(JSON.parse(text)).toEqual({ keys: { a: 'AP8=', b: 'eHl6' } });
  });

  it('reads compact and spaced JSON alike', () => {
    expect(decode('{"keys":{"a":"AA=="}}')).toEqual(decode(' {\r\n "keys" :\t{ "a" : "AA==" } } \n'));
  });

  it('reads a name with escapes', () => {
    expect([...decode('{"keys":{"a\\"b\\u0063":"AA=="}}').keys()]).toEqual(['a"bc']);
  });

  it('gives back any keys', () => {
    const keys = fc.dictionary(fc.string({ minLength: 1 }), fc.uint8Array({ minLength: 1 }), {
      noNullPrototype: true,
    });
    fc.assert(
      fc.property(keys, (dictionary) => {
        const map = new Map(Object.entries(dictionary));
        const decoded = decodeKeyFile(encodeKeyFile(map));
        expect(new Map([...decoded].sort())).toEqual(new Map([...map].sort()));
      }),
    );
  });

  it('agrees with JSON about what is in the document', () => {
    const keys = fc.dictionary(
      fc.string({ minLength: 1, unit: 'grapheme' }),
      fc.uint8Array({ minLength: 1 }),
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(keys, (dictionary) => {
        const base64 = Object.entries(dictionary).map(
          ([id, bytes]) => [id, Buffer.from(bytes).toString('base64')] as const,
        );
        const decoded = decode(JSON.stringify({ keys: Object.fromEntries(base64) }));
        expect(
          new Map([...decoded].map(([id, bytes]) => [id, Buffer.from(bytes).toString('base64')])),
        ).toEqual(new Map(base64));
      }),
    );
  });

  it.each([
    '',
    ' ',
    '{',
    '{}',
    '[]',
    'null',
    '{"keys"}',
    '{"keys":}',
    '{"keys":null}',
    '{"keys":[]}',
    '{"keys":{}',
    '{"keys":{}}}',
    '{"keys":{}} x',
    '{"keys":{},"keys":{}}',
    '{"keys":{},"more":1}',
    '{"Keys":{}}',
    "{'keys':{}}",
    '{"keys":{"a":"AA=="}',
    '{"keys":{"a":"AA==",}}',
    '{"keys":{,"a":"AA=="}}',
    '{"keys":{"a":"AA==" "b":"AA=="}}',
    '{"keys":{"a":"AA==","a":"AA=="}}',
    '{"keys":{"":"AA=="}}',
    '{"keys":{"a":""}}',
    '{"keys":{"a":1}}',
    '{"keys":{"a":null}}',
    '{"keys":{"a":"AA="}}',
    '{"keys":{"a":"AA"}}',
    '{"keys":{"a":"A==="}}',
    '{"keys":{"a":"===="}}',
    '{"keys":{"a":"AB=="}}',
    '{"keys":{"a":"AA==AA=="}}',
    '{"keys":{"a":"A A="}}',
    '{"keys":{"a":"AA-_"}}',
    '{"keys":{"a":"\\u0041A=="}}',
    '{"keys":{"a":"AA==',
    '{"keys":{"a\\":"AA=="}}',
    '{"keys":{"a\u0001":"AA=="}}',
    '\u0000',
    '\uFEFF{"keys":{}}',
  ])('R25: refuses %j', (text) => {
    expect(() => decode(text)).toThrow(KeyFileSyntaxError);
  });

  it('R25: refuses a document cut at any byte', () => {
    const whole = encodeKeyFile(new Map([['a', Buffer.from('some key')]]));
    for (let length = 0; length < whole.length - 1; length++) {
      expect(() => decodeKeyFile(whole.subarray(0, length))).toThrow(KeyFileSyntaxError);
    }
  });

  it('fails only in its own way', () => {
    const byte = fc.constantFrom(...Buffer.from('{}"keys:,AB=\\ \n'));
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 40 }), (bytes) => {
        try {
          decodeKeyFile(Uint8Array.from(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(KeyFileSyntaxError);
        }
      }),
    );
  });
});
