import { describe, expect, it } from '@jest/globals';
import { isMailbox, parseMailbox } from './mailbox.ts';

describe('a mail address', () => {
  it.each([
    ['a@example.org', 'a', 'example.org'],
    ['A.b@EXAMPLE.org', 'A.b', 'example.org'],
    ['*@example.org', '*', 'example.org'],
    ["o'neil+x@example.org", "o'neil+x", 'example.org'],
    ['"a.b"@example.org', 'a.b', 'example.org'],
    ['"a@b"@example.org', 'a@b', 'example.org'],
    ['"a\\"b\\\\"@example.org', 'a"b\\', 'example.org'],
  ])('%s is taken apart', (text, local, domain) => {
    expect(parseMailbox(text)).toEqual({ local, domain });
    expect(isMailbox(text)).toBe(true);
  });

  it.each([
    '',
    '@',
    'a',
    'a@',
    '@example.org',
    'a@b@example.org',
    'a..b@example.org',
    '.a@example.org',
    'a.@example.org',
    '"a@example.org',
    '"a"b@example.org',
    '"a\\"@example.org',
    'a@example..org',
    'a(b)@example.org',
    '<a@example.org>',
  ])('%s is none', (text) => {
    expect(parseMailbox(text)).toBeUndefined();
    expect(isMailbox(text)).toBe(false);
  });

  it('may have an address for its domain, but then cannot be compared', () => {
    expect(isMailbox('a@[192.0.2.1]')).toBe(true);
    expect(parseMailbox('a@[192.0.2.1]')).toBeUndefined();
    expect(isMailbox('a@[]')).toBe(false);
  });

  it('is none with a domain that is no host name, but can be compared', () => {
    expect(isMailbox('a@b_c')).toBe(false);
    expect(parseMailbox('a@b_c')).toEqual({ local: 'a', domain: 'b_c' });
  });
});
