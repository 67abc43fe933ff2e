import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  WireError,
  decodeCertificates,
  decodeChallenge,
  decodeResponse,
  encodeCertificates,
  encodeChallenge,
  encodeResponse,
  type PossessionResponse,
} from './wire.ts';

const NONCE = Buffer.alloc(32, 7);
const NONCE_TEXT = NONCE.toString('base64');

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString();
}

describe('x509pop messages', () => {
  it('are the JSON that SPIRE exchanges', () => {
    expect(text(encodeCertificates([Buffer.from('a'), Buffer.from('b')]))).toBe(
      '{"certificates":["YQ==","Yg=="]}',
    );
    expect(text(encodeChallenge({ method: 'rsa_signature', nonce: NONCE }))).toBe(
      `{"rsa_signature":{"nonce":"${NONCE_TEXT}"},"ecdsa_signature":null}`,
    );
    expect(text(encodeChallenge({ method: 'ecdsa_signature', nonce: NONCE }))).toBe(
      `{"rsa_signature":null,"ecdsa_signature":{"nonce":"${NONCE_TEXT}"}}`,
    );
    expect(text(encodeResponse({ method: 'rsa_signature', nonce: NONCE, signature: Buffer.from('s') }))).toBe(
      `{"rsa_signature":{"nonce":"${NONCE_TEXT}","signature":"cw=="},"ecdsa_signature":null}`,
    );
    expect(
      text(
        encodeResponse({ method: 'ecdsa_signature', nonce: NONCE, r: Buffer.from('r'), s: Buffer.from('s') }),
      ),
    ).toBe(`{"rsa_signature":null,"ecdsa_signature":{"nonce":"${NONCE_TEXT}","r":"cg==","s":"cw=="}}`);
  });

  it('come back as they went', () => {
    const nonce = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));
    const bytes = fc.uint8Array().map((each) => Buffer.from(each));
    const response: fc.Arbitrary<PossessionResponse> = fc.oneof(
      fc.record({ method: fc.constant('rsa_signature' as const), nonce, signature: bytes }),
      fc.record({ method: fc.constant('ecdsa_signature' as const), nonce, r: bytes, s: bytes }),
    );
    fc.assert(fc.property(response, (each) => expect(decodeResponse(encodeResponse(each))).toEqual(each)));
    fc.assert(
      fc.property(fc.array(bytes), (each) =>
        expect(decodeCertificates(encodeCertificates(each), 1e6)).toEqual(each),
      ),
    );
  });

  it.each<[string, string]>([
    ['no JSON', 'x'],
    ['no object', '[]'],
    ['a text for the list', '{"certificates":"YQ=="}'],
    ['a number in the list', '{"certificates":[1]}'],
    ['base64url', '{"certificates":["-_"]}'],
    ['base64 without padding', '{"certificates":["YQ"]}'],
    ['a name twice', '{"certificates":[],"certificates":["YQ=="]}'],
    ['nesting', `{"certificates":${'['.repeat(1000)}${']'.repeat(1000)}}`],
    ['too many bytes', `{"certificates":["${'A'.repeat(2000)}"]}`],
  ])('certificates: refuses %s', (_, message) => {
    expect(() => decodeCertificates(Buffer.from(message), 1000)).toThrow(WireError);
  });

  it('takes no list, or null, for no certificate, as Go does', () => {
    expect(decodeCertificates(Buffer.from('{}'), 1000)).toEqual([]);
    expect(decodeCertificates(Buffer.from('{"certificates":null}'), 1000)).toEqual([]);
  });

  it.each<[string, string]>([
    ['no method', '{}'],
    [
      'both methods',
      `{"rsa_signature":{"nonce":"${NONCE_TEXT}"},"ecdsa_signature":{"nonce":"${NONCE_TEXT}"}}`,
    ],
    ['a text for a method', '{"rsa_signature":"x"}'],
    ['no nonce', '{"rsa_signature":{}}'],
    ['an empty nonce', '{"rsa_signature":{"nonce":""}}'],
    ['a nonce of 31 bytes', `{"rsa_signature":{"nonce":"${Buffer.alloc(31).toString('base64')}"}}`],
    ['a nonce of 33 bytes', `{"rsa_signature":{"nonce":"${Buffer.alloc(33).toString('base64')}"}}`],
    ['a huge message', `{"rsa_signature":{"nonce":"${NONCE_TEXT}","x":"${'a'.repeat(50_000)}"}}`],
  ])('challenge and response: refuse %s', (_, message) => {
    expect(() => decodeChallenge(Buffer.from(message))).toThrow(WireError);
    expect(() => decodeResponse(Buffer.from(message))).toThrow(WireError);
  });

  it.each([
    `{"rsa_signature":{"nonce":"${NONCE_TEXT}"}}`,
    `{"rsa_signature":{"nonce":"${NONCE_TEXT}","signature":1}}`,
    `{"ecdsa_signature":{"nonce":"${NONCE_TEXT}","r":"AA=="}}`,
    `{"ecdsa_signature":{"nonce":"${NONCE_TEXT}","r":12,"s":34}}`,
  ])('response: refuses %s', (message) => {
    expect(() => decodeResponse(Buffer.from(message))).toThrow(WireError);
  });
});
