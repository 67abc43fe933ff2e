import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { readBundleData } from './bundle-data.ts';
import { readBundleFormat } from './bundle-text.ts';

const read = (name: string): string =>
  readFileSync(new URL(`./testdata/files/${name}`, import.meta.url), 'utf8');

describe('readBundleData', () => {
  it('reads each certificate of a PEM file', () => {
    const pem = read('other.pem');
    const bundle = readBundleData(pem + pem, 'spiffe://other.org', 'pem');
    expect(bundle.trust_domain).toBe('spiffe://other.org');
    expect(bundle.x509_authorities).toHaveLength(2);
  });

  it('reads a SPIFFE bundle document', () => {
    const bundle = readBundleData(read('other.json'), 'spiffe://other.org', 'spiffe');
    expect(bundle).toMatchObject({ trust_domain: 'other.org', refresh_hint: 300, sequence_number: '7' });
    expect(bundle.x509_authorities).toHaveLength(1);
    expect(bundle.jwt_authorities).toHaveLength(1);
  });

  it.each([
    ['an empty file', '', 'pem', 'unable to parse bundle data: no PEM blocks'],
    ['a document in place of PEM', read('other.json'), 'pem', 'unable to parse bundle data: no PEM blocks'],
    [
      'PEM of a key',
      '-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n',
      'pem',
      /^unable to parse bundle data: /,
    ],
    [
      'PEM of no certificate',
      '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n',
      'pem',
      /^unable to parse bundle data: /,
    ],
    ['PEM in place of a document', read('other.pem'), 'spiffe', /^unable to parse to spiffe bundle: /],
  ] as const)('refuses %s', (_, text, format, message) => {
    expect(() => readBundleData(text, 'other.org', format)).toThrow(
      expect.objectContaining({
        code: 'ERR_CONFIG_FILE',
        message: typeof message === 'string' ? message : expect.stringMatching(message),
      }),
    );
  });
});

describe('readBundleFormat', () => {
  it.each([
    ['pem', 'pem'],
    ['SPIFFE', 'spiffe'],
  ])('%s', (text, format) => {
    expect(readBundleFormat(text)).toBe(format);
  });

  it('refuses another one', () => {
    expect(() => readBundleFormat('der')).toThrow(expect.objectContaining({ code: 'ERR_CONFIG_FLAG' }));
  });
});
