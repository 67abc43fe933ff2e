import { describe, expect, it } from '@jest/globals';
import { dotAuthority } from './header-block.ts';

const text = (value: string): number[] => [value.length, ...Buffer.from(value, 'latin1')];
const METHOD_POST = 0x83;
const PATH = [0x04, ...text('/a.B/c')];
const TOO_LONG_NUMBER = [0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];

describe('slashes of :authority become dots', () => {
  it.each([
    { name: 'a literal that is indexed', field: [0x41] },
    { name: 'a literal that is not', field: [0x01] },
    { name: 'a literal that never may be', field: [0x11] },
    { name: 'a name in full', field: [0x40, ...text(':authority')] },
    { name: 'a name in full that is not indexed', field: [0x00, ...text(':authority')] },
  ])('$name', ({ field }) => {
    const block = Buffer.from([
      0x3f,
      0xe1,
      0x1f,
      METHOD_POST,
      ...PATH,
      ...field,
      ...text('/tmp/a.sock'),
      ...PATH,
    ]);
    expect(dotAuthority(block)).toBe(true);
    expect([...block]).toEqual([
      0x3f,
      0xe1,
      0x1f,
      METHOD_POST,
      ...PATH,
      ...field,
      ...text('.tmp.a.sock'),
      ...PATH,
    ]);
  });

  it('and with them all that stands in a path but in no authority', () => {
    const block = Buffer.from([0x41, ...text('/run/user@1/a b#c?"<\\>^`{|}.sock')]);
    expect(dotAuthority(block)).toBe(true);
    expect([...block]).toEqual([0x41, ...text('.run.user.1.a.b.c...........sock')]);
  });

  it('while what stands in no path either is left for the HTTP/2 library to refuse', () => {
    const block = Buffer.from([0x41, ...text('/a\r\n\0\x7f\xff')]);
    expect(dotAuthority(block)).toBe(true);
    expect([...block]).toEqual([0x41, ...text('.a\r\n\0\x7f\xff')]);
  });

  it('of a path longer than its length has bits for', () => {
    const path = `/${'d/'.repeat(90)}`;
    const long = (value: string): Buffer =>
      Buffer.concat([Buffer.from([0x41, 0x7f, value.length - 0x7f]), Buffer.from(value)]);
    const block = long(path);
    expect(dotAuthority(block)).toBe(true);
    expect(block.equals(long(path.replaceAll('/', '.')))).toBe(true);
  });
});

describe('a block stays as it is', () => {
  it.each([
    { name: 'with a host', block: [METHOD_POST, 0x41, ...text('localhost'), ...PATH] },
    { name: 'with an authority by its index', block: [METHOD_POST, 0xbe, ...PATH] },
    { name: 'without an authority', block: [METHOD_POST, ...PATH] },
    { name: 'with another header that has slashes', block: [0x40, ...text(':authoritx'), ...text('/a')] },
    { name: 'that is empty', block: [] },
    { name: 'whose value is cut short', block: [0x41, 5, 0x2f, 0x2f] },
    { name: 'whose name is cut short', block: [0x40, 12, ...text(':authority'), ...text('/')] },
    { name: 'with a number without end before it', block: [...TOO_LONG_NUMBER, 0x41, ...text('/a')] },
    { name: 'with a length without end', block: [0x41, ...TOO_LONG_NUMBER, 0x2f] },
    { name: 'with a backslash in Huffman code', block: [0x41, 0x84, 0x63, 0xff, 0xfe, 0x1f] },
  ])('$name', ({ block }) => {
    const bytes = Buffer.from(block);
    expect(dotAuthority(bytes)).toBe(false);
    expect([...bytes]).toEqual(block);
  });
});
