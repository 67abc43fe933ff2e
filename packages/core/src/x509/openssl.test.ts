import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { parseSpiffeId } from '../spiffe-id/spiffe-id.ts';
import { buildCaTbs } from './ca-profile.ts';
import { parseCertificate } from './certificate.ts';
import { assembleSigned } from './certificate-encoding.ts';
import { parseCsr, verifyCsrSignature } from './csr.ts';
import { buildCsrInfo } from './csr-encoding.ts';
import { distinguishedName } from './distinguished-name.ts';
import { prepareIssuer } from './issuer-profile.ts';
import { signWithKey } from './key-type.ts';
import { encodePem } from './pem.ts';
import { buildX509SvidTbs } from './svid-profile.ts';
import { NOW, root, testKey } from './testdata/certificate-builder.ts';
import { verifyChain } from './verify-chain.ts';

const program = 'openssl';
const hasOpenssl = spawnSync(program, ['version']).status === 0;
const serial = (last: number): Uint8Array =>
  Uint8Array.from({ length: 16 }, (_, i) => (i === 15 ? last : 0xa0));

(hasOpenssl ? describe : describe.skip)(
  'openssl, a stranger to this code (skipped where it is not installed)',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'openssl-'));
    afterAll(() => {
      rmSync(folder, { recursive: true });
    });
    const file = (name: string, content: string | Uint8Array): string => {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    };
    const openssl = (...args: string[]): string =>
      execFileSync(program, args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });

    it.each(['P-256', 'P-384', 'rsa-2048'] as const)(
      'accepts what a %s authority issues, with -x509_strict',
      (kind) => {
        const key = testKey('authority', kind);
        const { scheme } = prepareIssuer(root('any', { key }).certificate);
        const sign = (tbs: Uint8Array): Uint8Array =>
          assembleSigned(tbs, scheme.algorithmDer, signWithKey(key.privateKey, tbs));
        const caDer = sign(
          buildCaTbs({
            serial: serial(1),
            subject: distinguishedName({ country: 'US', organization: 'SPIFFE', serialNumber: '1' }),
            spkiDer: key.spkiDer,
            uriSan: 'spiffe://example.org',
            notBefore: NOW - 10,
            notAfter: NOW + 86_400,
          }),
        );
        const issuer = prepareIssuer(parseCertificate(caDer));
        const ca = file('ca.pem', encodePem('CERTIFICATE', caDer));
        for (const path of ['workload', 'a'.repeat(2027)]) {
          const svid = sign(
            buildX509SvidTbs(issuer, {
              serial: serial(2),
              spkiDer: testKey('workload').spkiDer,
              spiffeId: parseSpiffeId(`spiffe://example.org/${path}`),
              dnsNames: ['a.example.org', 'b.example.org'],
              notBefore: NOW - 10,
              notAfter: NOW + 3600,
            }),
          );
          const end = file('svid.pem', encodePem('CERTIFICATE', svid));
          expect(openssl('verify', '-x509_strict', '-attime', String(NOW), '-CAfile', ca, end)).toContain(
            'OK',
          );
        }
      },
    );

    it('accepts our requests, and we accept its', () => {
      const key = testKey('workload');
      const info = buildCsrInfo({
        spkiDer: key.spkiDer,
        subject: distinguishedName({ organization: 'SPIRE' }),
        uriSan: 'spiffe://example.org/x',
      });
      const { scheme } = prepareIssuer(root('any', { key }).certificate);
      const ours = file(
        'ours.der',
        assembleSigned(info, scheme.algorithmDer, signWithKey(key.privateKey, info)),
      );
      expect(openssl('req', '-inform', 'DER', '-in', ours, '-noout', '-subject', '-verify')).toContain(
        'O = SPIRE',
      );

      openssl(
        'req',
        '-new',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        'their.key',
        '-outform',
        'DER',
        '-out',
        'theirs.der',
        '-subj',
        '/C=US/O=SPIRE',
        '-addext',
        'subjectAltName=URI:spiffe://example.org/x,DNS:a.example.org',
      );
      const theirs = parseCsr(readFileSync(join(folder, 'theirs.der')));
      verifyCsrSignature(theirs);
      expect([...theirs.uriSans, ...theirs.dnsSans]).toEqual(['spiffe://example.org/x', 'a.example.org']);
    });

    it.each([
      ['pkcs1', []],
      ['pss', ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:32', '-sha256']],
    ])('issues RSA certificates with %s signatures that we verify', (_, options) => {
      openssl(
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        'r.key',
        '-outform',
        'DER',
        '-out',
        'r.der',
        '-subj',
        '/CN=r',
        '-days',
        '30',
        ...options,
      );
      const certificate = parseCertificate(readFileSync(join(folder, 'r.der')));
      const at = certificate.notBefore;
      expect(verifyChain(certificate, { intermediates: [], roots: [certificate], at })).toHaveLength(2);
    });
  },
);
