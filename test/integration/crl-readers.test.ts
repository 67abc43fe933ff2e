import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  assembleSigned,
  buildCaTbs,
  buildCrlTbs,
  buildX509SvidTbs,
  distinguishedName,
  encodePem,
  type IssuerProfile,
  parseCertificate,
  parseSpiffeId,
  prepareIssuer,
  type RevokedCertificate,
  signatureScheme,
  signWithKey,
  type KeyType,
} from '@signet/core';
import { type Command, runCommand } from '../kit/program.ts';

const NOW = Math.floor(Date.now() / 1000);
const GO_SOURCE = fileURLToPath(new URL('crl-readers.go', import.meta.url));
const PYTHON_SOURCE = fileURLToPath(new URL('crl-readers.py', import.meta.url));
const OPENSSL: Command = ['openssl'];
const GO: Command = ['go'];
const PYTHON: Command = ['python3'];
/** Short and long ones, and ones whose first bit is set: each is an INTEGER of another kind. */
const SERIALS = ['01', '7f', '80', 'ff00', `80${'00'.repeat(15)}`, 'ab'.repeat(16), `7f${'01'.repeat(19)}`];
const REASONS = [
  'unspecified',
  'keyCompromise',
  'superseded',
  'cessationOfOperation',
  'privilegeWithdrawn',
] as const;
const REASON_CODES = [0, 1, 4, 5, 9];

interface Reading {
  readonly error: string;
  readonly revoked?: readonly { readonly serial: string; readonly reason: number; readonly at: number }[];
}

interface Authority {
  readonly keyType: KeyType;
  readonly profile: IssuerProfile;
  readonly privateKey: KeyObject;
  readonly pemPath: string;
}

/** Whether a program is there; says so when it is not. */
async function isThere(program: Command, ...args: string[]): Promise<boolean> {
  const found = await runCommand(program, args).then(
    ({ code }) => code === 0,
    () => false,
  );
  if (!found) process.stderr.write(`skipped: ${program[0]} ${args.join(' ')} does not run here\n`);
  return found;
}

const has = {
  openssl: await isThere(OPENSSL, 'version'),
  go: await isThere(GO, 'version'),
  python: await isThere(PYTHON, '-c', 'import cryptography'),
};

describe('CRLs, as strangers to this code read them', () => {
  let folder: string;
  const authorities: Authority[] = [];
  const crls = new Map<KeyType, { path: string; revoked: readonly RevokedCertificate[] }>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'signet-crl-readers-'));
    for (const keyType of ['ec-p256', 'ec-p384', 'rsa-2048'] as const) {
      const authority = await makeAuthority(keyType);
      const revoked = SERIALS.map((serialHex, i) => ({
        serialHex,
        revokedAt: NOW - i,
        reason: REASONS[i % REASONS.length] ?? 'unspecified',
      }));
      authorities.push(authority);
      crls.set(keyType, { path: await makeCrl(authority, 'some', revoked), revoked });
    }
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function makeAuthority(keyType: KeyType, name: string = keyType): Promise<Authority> {
    const { privateKey, publicKey } = keyPair(keyType);
    const { algorithmDer } = signatureScheme(keyType);
    const tbs = buildCaTbs({
      serial: randomBytes(16),
      subject: distinguishedName({ country: 'US', organization: 'SPIFFE' }),
      spkiDer: publicKey.export({ format: 'der', type: 'spki' }),
      uriSan: 'spiffe://example.org',
      notBefore: NOW - 10,
      notAfter: NOW + 86_400,
    });
    const der = assembleSigned(tbs, algorithmDer, signWithKey(privateKey, tbs));
    const pemPath = join(folder, `${name}.pem`);
    await writeFile(pemPath, encodePem('CERTIFICATE', der));
    return { keyType, profile: prepareIssuer(parseCertificate(der)), privateKey, pemPath };
  }

  async function makeCrl(
    { keyType, profile, privateKey }: Authority,
    name: string,
    revoked: readonly RevokedCertificate[],
  ): Promise<string> {
    const fields = { number: Date.now(), thisUpdate: NOW - 10, nextUpdate: NOW + 600, revoked };
    const tbs = buildCrlTbs(profile, fields);
    const der = assembleSigned(tbs, profile.scheme.algorithmDer, signWithKey(privateKey, tbs));
    const path = join(folder, `${keyType}-${name}.crl`);
    await writeFile(path, der);
    await writeFile(`${path}.pem`, encodePem('X509 CRL', der));
    return path;
  }

  async function makeSvid({ keyType, profile, privateKey }: Authority, serialHex: string): Promise<string> {
    const { publicKey } = keyPair('ec-p256');
    const tbs = buildX509SvidTbs(profile, {
      serial: Buffer.from(serialHex, 'hex'),
      spkiDer: publicKey.export({ format: 'der', type: 'spki' }),
      spiffeId: parseSpiffeId('spiffe://example.org/workload'),
      dnsNames: [],
      notBefore: NOW - 10,
      notAfter: NOW + 3600,
    });
    const path = join(folder, `${keyType}-${serialHex}.pem`);
    const der = assembleSigned(tbs, profile.scheme.algorithmDer, signWithKey(privateKey, tbs));
    await writeFile(path, encodePem('CERTIFICATE', der));
    return path;
  }

  /** What a reader prints for pairs of authority and CRL. */
  async function readings(program: Command, args: string[], pairs: readonly string[]): Promise<Reading[]> {
    const { code, stdout, stderr } = await runCommand(program, [...args, ...pairs]);
    if (code !== 0) throw new Error(`${program[0]}: ${stderr}`);
    return stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Reading);
  }

  const readers: readonly (readonly [string, boolean, Command, string[]])[] = [
    ["Go's crypto/x509", has.go, GO, ['run', GO_SOURCE]],
    ['py cryptography', has.python, PYTHON, [PYTHON_SOURCE]],
  ];
  for (const [name, isHere, program, args] of readers) {
    (isHere ? it : it.skip)(
      `${name} accepts them and agrees on what they revoke`,
      async () => {
        const pairs = authorities.flatMap(({ keyType, pemPath }) => [pemPath, crls.get(keyType)?.path ?? '']);
        const found = await readings(program, args, pairs);
        const expected = SERIALS.map((serialHex, i) => ({
          serial: BigInt(`0x${serialHex}`).toString(16),
          reason: REASON_CODES[i % REASON_CODES.length],
          at: NOW - i,
        }));
        expect(found.map(({ error, revoked }) => ({ error, revoked }))).toEqual(
          authorities.map(() => ({ error: '', revoked: expected })),
        );
      },
      120_000,
    );

    (isHere ? it : it.skip)(
      `${name} accepts an empty one, and refuses that of another authority`,
      async () => {
        const [first] = authorities;
        if (first === undefined) throw new Error('no authority');
        const other = await makeAuthority('ec-p256', 'of-the-same-name');
        const empty = await makeCrl(first, 'empty', []);
        const found = await readings(program, args, [first.pemPath, empty, other.pemPath, empty]);
        expect(found[0]).toMatchObject({ error: '', revoked: [] });
        expect(found[1]?.error).not.toBe('');
      },
      120_000,
    );
  }

  describe.each(['ec-p256', 'ec-p384', 'rsa-2048'] as const)('OpenSSL and %s', (keyType) => {
    const verify = async (svid: string, ...more: string[]): Promise<string> => {
      const authority = authorities.find((each) => each.keyType === keyType);
      const crl = crls.get(keyType)?.path ?? '';
      const args = [
        '-x509_strict',
        '-crl_check',
        '-CAfile',
        authority?.pemPath ?? '',
        '-CRLfile',
        `${crl}.pem`,
      ];
      const { stdout, stderr } = await runCommand(OPENSSL, ['verify', ...args, ...more, svid]);
      return stdout + stderr;
    };
    const svidOf = (serialHex: string): Promise<string> => {
      const authority = authorities.find((each) => each.keyType === keyType);
      if (authority === undefined) throw new Error('no authority');
      return makeSvid(authority, serialHex);
    };

    (has.openssl ? it : it.skip)('accepts the list', async () => {
      const authority = authorities.find((each) => each.keyType === keyType);
      const crl = crls.get(keyType)?.path ?? '';
      const args = [
        'crl',
        '-inform',
        'DER',
        '-in',
        crl,
        '-noout',
        '-verify',
        '-CAfile',
        authority?.pemPath ?? '',
      ];
      const { code, stderr } = await runCommand(OPENSSL, args);
      expect([code, stderr]).toEqual([0, expect.stringContaining('verify OK')]);
      const { stdout } = await runCommand(OPENSSL, ['crl', '-inform', 'DER', '-in', crl, '-noout', '-text']);
      const listed = [...stdout.matchAll(/Serial Number: ([0-9A-F]+)/g)].map(([, serial = '']) =>
        serial.toLowerCase(),
      );
      expect(listed).toEqual(SERIALS);
    });

    (has.openssl ? it : it.skip)('refuses what is revoked, and nothing else', async () => {
      for (const serialHex of ['80', `80${'00'.repeat(15)}`]) {
        expect(await verify(await svidOf(serialHex))).toMatch(/error 23.*certificate revoked/s);
      }
      expect(await verify(await svidOf('0102'))).toMatch(/: OK\n$/);
    });

    (has.openssl ? it : it.skip)('refuses all by a list that is stale', async () => {
      const later = ['-attime', String(NOW + 601)];
      expect(await verify(await svidOf('0102'), ...later)).toMatch(/CRL has expired/);
    });
  });
});

function keyPair(keyType: KeyType): { privateKey: KeyObject; publicKey: KeyObject } {
  if (keyType === 'rsa-2048') return generateKeyPairSync('rsa', { modulusLength: 2048 });
  return generateKeyPairSync('ec', { namedCurve: keyType === 'ec-p384' ? 'P-384' : 'P-256' });
}
