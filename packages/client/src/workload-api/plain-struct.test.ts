import { describe, expect, it } from '@jest/globals';
import { plainStruct } from './plain-struct.ts';

type Struct = Exclude<Parameters<typeof plainStruct>[0], null>;

describe('plainStruct', () => {
  it('turns each kind of value into its own', () => {
    const struct = {
      fields: {
        text: { kind: 'stringValue', stringValue: 'a' },
        number: { kind: 'numberValue', numberValue: 1.5 },
        yes: { kind: 'boolValue', boolValue: true },
        nothing: { kind: 'nullValue', nullValue: 'NULL_VALUE' },
        list: {
          kind: 'listValue',
          listValue: { values: [{ kind: 'stringValue', stringValue: 'b' }] },
        },
        inner: {
          kind: 'structValue',
          structValue: { fields: { n: { kind: 'numberValue', numberValue: 2 } } },
        },
      },
    } as unknown as Struct;
    expect(plainStruct(struct)).toEqual({
      text: 'a',
      number: 1.5,
      yes: true,
      nothing: null,
      list: ['b'],
      inner: { n: 2 },
    });
  });

  it('is empty for nothing', () => {
    expect([plainStruct(null), plainStruct({ fields: null as never })]).toEqual([{}, {}]);
  });

  it('a claim called __proto__ is a claim', () => {
    const fields = JSON.parse('{"__proto__":{"kind":"stringValue","stringValue":"x"}}') as Struct['fields'];
    const plain = plainStruct({ fields });
    expect(Object.getPrototypeOf(plain)).toBe(Object.prototype);
    expect(Object.keys(plain)).toEqual(['__proto__']);
  });
});
