import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodePem, encodePem } from './pem.ts';

describe('PEM', () => {
  it('survives encoding and decoding', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 200 }), { minLength: 1, maxLength: 4 }),
        (blocks) => {
          const text = blocks.map((block) => encodePem('CERTIFICATE', block)).join('');
          expect(decodePem(text, 'CERTIFICATE')).toEqual(blocks.map((block) => Uint8Array.from(block)));
        },
      ),
    );
  });

  it('passes over other labels, text between blocks and CRLF', () => {
    const text = `# comment\r\n${encodePem('PRIVATE KEY', Uint8Array.of(9))}${encodePem('CERTIFICATE', Uint8Array.of(1)).replaceAll('\n', '\r\n')}`;
    expect(decodePem(text, 'CERTIFICATE')).toEqual([Uint8Array.of(1)]);
  });

  const good = encodePem('CERTIFICATE', Uint8Array.of(1, 2, 3, 4));
  it.each([
    ['no block', ''],
    ['only another label', encodePem('PRIVATE KEY', Uint8Array.of(1))],
    ['no end', good.replace('-----END CERTIFICATE-----', '')],
    ['another end', good.replace('END CERTIFICATE', 'END PRIVATE KEY')],
    ['no content', '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n'],
    ['a character that is not base64', good.replace('AQID', 'AQI*')],
    ['missing padding', good.replace('==', '')],
    ['bits after the end', good.replace('BA==', 'BB==')],
    ['a header inside', good.replace('AQID', 'Proc-Type: 4,ENCRYPTED\nAQID')],
  ])('refuses %s', (_, text) => {
    expect(() => decodePem(text, 'CERTIFICATE')).toThrow(
      expect.objectContaining({ code: 'ERR_PEM_MALFORMED' }),
    );
  });
});
