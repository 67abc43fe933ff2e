import { describe, expect, it } from '@jest/globals';
import { parseCsr, verifyCsrSignature } from '@signet/core';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeMintedFile } from './mint-file.ts';
import { makeMintRequest } from './mint-request.ts';
import { capWarning, mintTtl } from './mint-ttl.ts';

const NOW = 1_800_000_000;

describe('makeMintRequest', () => {
  it('asks with a fresh P-256 key for the SPIFFE ID and the DNS names, without a subject', async () => {
    const { csrDer, keyPkcs8 } = await makeMintRequest('spiffe://example.org/tool', ['a.org', 'b.org']);
    const csr = parseCsr(csrDer);
    expect(() => {
      verifyCsrSignature(csr);
    }).not.toThrow();
    expect(csr.uriSans).toEqual(['spiffe://example.org/tool']);
    expect(csr.dnsSans).toEqual(['a.org', 'b.org']);
    expect(csr.subjectCommonName).toBeUndefined();
    const key = createPrivateKey({ key: Buffer.from(keyPkcs8), format: 'der', type: 'pkcs8' });
    expect(key.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
    const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
    expect(Buffer.from(csr.spkiDer).equals(spki)).toBe(true);
  });
});

describe('mintTtl', () => {
  it.each([
    [0, 0],
    [60, 60],
    [1.5, 2],
    [-5, -5],
    [2 ** 31 - 1, 2 ** 31 - 1],
  ])('of %d seconds asks for %d', (ttl, asked) => {
    expect(mintTtl(ttl, NOW).ttl).toBe(asked);
  });

  it('refuses what the field cannot hold', () => {
    expect(() => mintTtl(2 ** 31, NOW)).toThrow(expect.objectContaining({ code: 'ERR_CONFIG_FLAG' }));
  });
});

describe('capWarning', () => {
  it.each([
    ['as long as asked', 60, NOW + 60, ''],
    ['when nothing was asked', 0, NOW + 5, ''],
    [
      'a second short',
      60,
      NOW + 59,
      'JWT-SVID lifetime was capped shorter than specified ttl; expires "2027-01-15T08:00:59Z"\n',
    ],
  ])('%s', (_, ttl, expiresAt, warning) => {
    expect(capWarning('JWT-SVID', mintTtl(ttl, NOW), String(expiresAt))).toBe(warning);
  });
});

describe('writeMintedFile', () => {
  it.each([
    ['a key for its owner alone', 0o600],
    ['a bundle for all', 0o644],
  ])('writes %s', async (_, mode) => {
    const folder = await mkdtemp(join(tmpdir(), 'signet-mint-'));
    try {
      const path = join(folder, 'file');
      await writeMintedFile('key', path, 'content', mode);
      expect((await stat(path)).mode & 0o777).toBe(mode);
      expect(await readFile(path, 'utf8')).toBe('content');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('says which file it could not write', async () => {
    await expect(writeMintedFile('key', '/nowhere/key.pem', '', 0o600)).rejects.toMatchObject({
      code: 'ERR_CONFIG_FILE',
      message: 'unable to write key: open /nowhere/key.pem: no such file or directory',
    });
  });
});
