import { describe, expect, it } from '@jest/globals';
import { toProtoJson } from './proto-json.ts';

describe('toProtoJson', () => {
  it.each([
    ['sorted keys', { b: 1, a: { d: 2, c: 3 } }, '{"a":{"c":3,"d":2},"b":1}'],
    ['no nulls', { a: null, b: undefined, c: [] }, '{"c":[]}'],
    ['defaults', { a: '', b: 0, c: false }, '{"a":"","b":0,"c":false}'],
    ['64-bit integers as text', { expires_at: '1795412463', n: 5n }, '{"expires_at":"1795412463","n":"5"}'],
    ['bytes in base64', { a: Buffer.from([251, 255]), b: new Uint8Array([1]) }, '{"a":"+/8=","b":"AQ=="}'],
    ['a part of a larger buffer', { a: Buffer.from('xabcx').subarray(1, 4) }, '{"a":"YWJj"}'],
    ['several messages', [{ a: 1 }, { b: 2 }], '[{"a":1},{"b":2}]'],
    ['an empty message', {}, '{}'],
    [
      'a key that is a name of Object',
      JSON.parse('{"__proto__": 1, "constructor": 2}'),
      '{"__proto__":1,"constructor":2}',
    ],
  ])('%s', (_name, message, json) => {
    expect(toProtoJson(message)).toBe(json);
  });

  it('leaves out the names of oneofs', () => {
    expect(toProtoJson({ step: 'params', params: { a: 1 } }, new Set(['step']))).toBe('{"params":{"a":1}}');
  });
});
