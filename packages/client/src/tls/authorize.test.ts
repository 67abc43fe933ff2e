import { describe, expect, it } from '@jest/globals';
import { parseSpiffeId } from '@signet/core';
import { errorCode } from '../testdata/error-code.ts';
import { anyPeer, type Authorize, matcherOf } from './authorize.ts';

const ORDERS = 'spiffe://example.org/orders';
const orders = parseSpiffeId(ORDERS);

describe('matcherOf', () => {
  it.each<[string, Authorize]>([
    ['its ID as text', ORDERS],
    ['its ID', orders],
    ['a list with its ID', [parseSpiffeId('spiffe://example.org/x'), ORDERS]],
    ['its trust domain', { memberOf: 'example.org' }],
    ['its trust domain as an ID', { memberOf: 'spiffe://example.org' }],
    ['a predicate', (id) => id.equals(orders)],
    ['anybody', anyPeer],
  ])('lets the peer in for %s', (_, authorize) => {
    expect(matcherOf(authorize)(orders)).toBeUndefined();
  });

  it.each<[string, Authorize, string]>([
    ['another ID', 'spiffe://example.org/order', `unexpected ID "${ORDERS}"`],
    ['an ID below', `${ORDERS}/a`, `unexpected ID "${ORDERS}"`],
    ['SID-17: an ID of other case', 'spiffe://example.org/Orders', `unexpected ID "${ORDERS}"`],
    ['the same path elsewhere', 'spiffe://partner.org/orders', `unexpected ID "${ORDERS}"`],
    ['an empty list', [], `unexpected ID "${ORDERS}"`],
    ['another trust domain', { memberOf: 'org' }, 'unexpected trust domain "example.org"'],
    ['a predicate', () => false, `"${ORDERS}" is not authorized`],
    ['a predicate that is not one', (() => 'yes') as never, `"${ORDERS}" is not authorized`],
    ['an asynchronous predicate', (() => Promise.resolve(true)) as never, `"${ORDERS}" is not authorized`],
  ])('refuses the peer for %s', (_, authorize, reason) => {
    expect(matcherOf(authorize)(orders)).toBe(reason);
  });

  it.each<[string, Authorize, string]>([
    ['no ID', '', 'ERR_SPIFFE_ID_SCHEME'],
    ['an ID with a pattern', 'spiffe://example.org/*', 'ERR_SPIFFE_ID_PATH_CHARACTER'],
    ['one bad ID among good ones', [ORDERS, 'orders'], 'ERR_SPIFFE_ID_SCHEME'],
    ['a bad trust domain', { memberOf: '*.example.org' }, 'ERR_TRUST_DOMAIN_CHARACTER'],
  ])('does not begin with %s', (_, authorize, code) => {
    expect(errorCode(() => matcherOf(authorize))).toBe(code);
  });

  it('does not begin without a decision', () => {
    expect(() => matcherOf(undefined as never)).toThrow(TypeError);
  });
});
