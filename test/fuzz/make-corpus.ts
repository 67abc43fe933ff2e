// Makes the files in corpus/ anew: what the fuzzers change. The keys are thrown away.
import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Bundle,
  emptyBundle,
  formatBundleMap,
  formatJwtBundleJwks,
  formatSpiffeBundle,
  parseSpiffeId,
  parseTrustDomain,
  signJwtSvid,
  decodePem,
} from '@signet/core';
import { readFileSync } from 'node:fs';
import { CORPUS } from './corpus.ts';

const DAYS = '36500';
const NOW = 1_800_000_000;
const work = mkdtempSync(join(tmpdir(), 'signet-corpus-'));

const CONFIG = `
[ca]
default_ca = it
[it]
database = index
crlnumber = crlnumber
default_md = sha256
default_crl_days = 36500
crl_extensions = crl
[crl]
authorityKeyIdentifier = keyid
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
subjectAltName = URI:spiffe://example.org
[constrained]
basicConstraints = critical,CA:TRUE,pathlen:1
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
nameConstraints = critical,permitted;URI:example.org,permitted;DNS:example.org,excluded;IP:10.0.0.0/255.0.0.0,excluded;dirName:excluded,permitted;email:example.org
certificatePolicies = 1.2.3.4,@policy
crlDistributionPoints = URI:http://example.org/crl
authorityInfoAccess = OCSP;URI:http://example.org/ocsp
[policy]
policyIdentifier = 1.3.5.8
CPS.1 = http://example.org/cps
userNotice.1 = @notice
[notice]
explicitText = hello
[excluded]
CN = not this one
[leaf]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth,clientAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = critical,URI:spiffe://example.org/fuzzed/workload
[rich]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature,keyEncipherment
extendedKeyUsage = serverAuth,clientAuth
authorityKeyIdentifier = keyid
subjectAltName = URI:spiffe://example.org/rich,DNS:a.example.org,DNS:*.b.example.org,IP:192.0.2.1,IP:2001:db8::1,email:x@example.org,dirName:excluded,RID:1.2.3,otherName:1.2.3.4;UTF8:other
noCheck = ignored
1.3.6.1.5.5.7.1.24 = DER:30:03:02:01:05
[request]
subjectAltName = URI:spiffe://example.org/wanted,DNS:wanted.example.org
[req]
distinguished_name = empty
[empty]
`;

writeFileSync(join(work, 'config'), CONFIG);
writeFileSync(
  join(work, 'index'),
  'R\t21261030000000Z\t251030000000Z,keyCompromise\t01AB\tunknown\t/CN=x\nR\t21261030000000Z\t251030000000Z\t7F\tunknown\t/CN=y\n',
);
writeFileSync(join(work, 'crlnumber'), '1000\n');
mkdirSync(CORPUS, { recursive: true });
makeCertificates();
makeRequests();
openssl(
  'ca',
  '-config',
  'config',
  '-gencrl',
  '-keyfile',
  'root.key',
  '-cert',
  'root.pem',
  '-out',
  'list.crl',
);
for (const name of ['root', 'p384', 'rsa', 'constrained', 'leaf', 'rich'])
  keep(`${name}.pem`, `certificate-${name}.pem`);
for (const name of ['ec', 'rsa']) keep(`${name}.csr`, `request-${name}.pem`);
keep('list.crl', 'crl.pem');
makeTokens();
rmSync(work, { recursive: true });

function makeCertificates(): void {
  key('root', 'ec', 'P-256');
  key('p384', 'ec', 'P-384');
  key('constrained', 'ec', 'P-256');
  key('leaf', 'ec', 'P-256');
  key('rich', 'ec', 'P-384');
  openssl('genrsa', '-out', 'rsa.key', '2048');
  selfSigned('root', '/C=US/O=SPIFFE/serialNumber=12345');
  selfSigned('p384', '/CN=root in P-384/O=Ünïcode');
  selfSigned('rsa', '/CN=root in RSA');
  issued('constrained', 'root', '/CN=constrained');
  issued('leaf', 'root', '/C=US/O=SPIRE');
  issued('rich', 'rsa', '/CN=rich/OU=a/OU=b');
}

function makeRequests(): void {
  openssl(
    'req',
    '-new',
    '-config',
    'config',
    '-key',
    'leaf.key',
    '-subj',
    '/CN=wanted',
    '-reqexts',
    'request',
    '-utf8',
    '-out',
    'ec.csr',
  );
  openssl('req', '-new', '-config', 'config', '-key', 'rsa.key', '-subj', '/C=US/O=SPIRE', '-out', 'rsa.csr');
}

function selfSigned(name: string, subject: string): void {
  const extensions = ['-config', 'config', '-extensions', 'root'];
  openssl(
    'req',
    '-x509',
    '-new',
    '-key',
    `${name}.key`,
    '-subj',
    subject,
    '-utf8',
    '-days',
    DAYS,
    ...extensions,
    '-out',
    `${name}.pem`,
  );
}

function issued(name: string, issuer: string, subject: string): void {
  openssl('req', '-new', '-config', 'config', '-key', `${name}.key`, '-subj', subject, '-out', `${name}.csr`);
  const by = ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`, '-set_serial', '0x5a0b0c'];
  openssl(
    'x509',
    '-req',
    '-in',
    `${name}.csr`,
    ...by,
    '-days',
    DAYS,
    '-extfile',
    'config',
    '-extensions',
    name,
    '-out',
    `${name}.pem`,
  );
}

function makeTokens(): void {
  const keys: readonly (readonly [string, KeyObject])[] = [
    ['es256', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey],
    ['es384', generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey],
    ['rs256', generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey],
  ];
  const tokens = keys.map(([keyId, privateKey]) =>
    signJwtSvid({
      key: privateKey,
      keyId,
      spiffeId: parseSpiffeId('spiffe://example.org/fuzzed/workload'),
      audience: keyId === 'es256' ? ['fuzz'] : ['fuzz', 'other'],
      issuedAt: NOW,
      expiresAt: NOW + 300,
      jti: '7a1c',
      issuer: 'https://example.org',
    }),
  );
  writeFileSync(join(CORPUS, 'tokens.txt'), `${tokens.join('\n')}\n`);
  const jwtAuthorities = keys.map(([keyId, privateKey]) => ({
    keyId,
    spkiDer: createPublicKey(privateKey).export({ format: 'der', type: 'spki' }),
    expiresAt: NOW,
    tainted: false,
  }));
  const bundle: Bundle = {
    trustDomain: parseTrustDomain('example.org'),
    x509Authorities: ['root', 'rsa'].map((name) => ({ der: derOf(`${name}.pem`), tainted: false })),
    jwtAuthorities,
    refreshHint: 300,
    sequenceNumber: 9_007_199_254_740_993n,
  };
  writeFileSync(join(CORPUS, 'bundle.json'), formatSpiffeBundle(bundle, { indent: 1 }));
  writeFileSync(join(CORPUS, 'jwks.json'), formatJwtBundleJwks(bundle, { indent: 1 }));
  writeFileSync(
    join(CORPUS, 'bundle-map.json'),
    formatBundleMap(
      [
        {
          ...bundle,
          x509Authorities: bundle.x509Authorities.slice(0, 1),
          jwtAuthorities: jwtAuthorities.slice(0, 1),
        },
        { ...emptyBundle(parseTrustDomain('other.org')), jwtAuthorities: jwtAuthorities.slice(1, 2) },
      ],
      { indent: 2 },
    ),
  );
}

function derOf(file: string): Uint8Array {
  return decodePem(readFileSync(join(work, file), 'utf8'), 'CERTIFICATE')[0] as Uint8Array;
}

function key(name: string, kind: 'ec', curve: string): void {
  openssl('genpkey', '-algorithm', kind, '-pkeyopt', `ec_paramgen_curve:${curve}`, '-out', `${name}.key`);
}

function keep(from: string, to: string): void {
  cpSync(join(work, from), join(CORPUS, to));
}

function openssl(...args: readonly string[]): void {
  execFileSync('openssl', args, { cwd: work, stdio: ['ignore', 'ignore', 'pipe'] });
}
