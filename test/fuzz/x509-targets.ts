import {
  type Certificate,
  parseCertificate,
  parseCrl,
  parseCsr,
  parseSpiffeId,
  parseTrustDomain,
  verifyCrl,
  verifyCsrSignature,
  verifyX509Svid,
  X509Bundle,
  X509BundleSet,
} from '@signet/core';
import { corpusDer } from './corpus.ts';
import { rewriteDer } from './der-values.ts';
import { DerMutator } from './mutate-der.ts';
import { Finding, parsed, same, type Target } from './target.ts';

const CERTIFICATES = ['root', 'p384', 'rsa', 'constrained', 'leaf', 'rich'].map((name) =>
  corpusDer(`certificate-${name}.pem`, 'CERTIFICATE'),
);
const REQUESTS = ['ec', 'rsa'].map((name) => corpusDer(`request-${name}.pem`, 'CERTIFICATE REQUEST'));
const CRL = corpusDer('crl.pem', 'X509 CRL');

const root = parseCertificate(corpusDer('certificate-root.pem', 'CERTIFICATE'));
const leaf = parseCertificate(corpusDer('certificate-leaf.pem', 'CERTIFICATE'));
const at = leaf.notBefore + 60;
const bundles = new X509BundleSet([new X509Bundle(parseTrustDomain('example.org'), [root])]);
const genuine = new Set([...REQUESTS, CRL].map((der) => signedPart(der)));

const certificates = new DerMutator(CERTIFICATES);
const leaves = new DerMutator([leaf.der]);
const requests = new DerMutator(REQUESTS);
const crls = new DerMutator([CRL]);

/** Certificates, requests and revocation lists. */
export const x509Targets: readonly Target[] = [
  {
    name: 'certificate',
    make: (random) => certificates.mutate(random),
    check: (der: Uint8Array) => {
      const certificate = parsed(() => parseCertificate(der))?.value;
      if (certificate === undefined) return false;
      same(rewriteDer(der), der, 'an accepted certificate is not DER');
      touch(certificate);
      return true;
    },
  },
  {
    name: 'x509-svid',
    make: (random) => leaves.mutate(random),
    check: (der: Uint8Array) => {
      const svid = parsed(() => verifyX509Svid([der], { bundles, at }))?.value;
      if (svid !== undefined) same(der, leaf.der, 'a changed X509-SVID verifies');
      return svid !== undefined;
    },
  },
  {
    name: 'request',
    make: (random) => requests.mutate(random),
    check: (der: Uint8Array) => {
      const request = parsed(() => parseCsr(der))?.value;
      if (request === undefined) return false;
      same(rewriteDer(der), der, 'an accepted request is not DER');
      const isSigned = parsed(() => {
        verifyCsrSignature(request);
      });
      if (isSigned !== undefined && !genuine.has(hex(request.infoDer)))
        throw new Finding('a changed request has a valid signature');
      return true;
    },
  },
  {
    name: 'crl',
    make: (random) => crls.mutate(random),
    check: (der: Uint8Array) => {
      const crl = parsed(() => parseCrl(der))?.value;
      if (crl === undefined) return false;
      same(rewriteDer(der), der, 'an accepted CRL is not DER');
      const isSigned = parsed(() => {
        verifyCrl(crl, root, { at });
      });
      if (isSigned !== undefined && !genuine.has(hex(crl.tbsDer)))
        throw new Finding('a changed CRL has a valid signature');
      return true;
    },
  },
];

/** Reads what is only made when it is asked for. */
function touch(certificate: Certificate): void {
  parsed(() => certificate.publicKey);
  parsed(() => certificate.subjectCommonName);
  parsed(() => certificate.comparableIssuer + certificate.comparableSubject);
  for (const uri of certificate.uriSans) parsed(() => parseSpiffeId(uri));
}

/** The first member of a signed structure, in hexadecimal. */
function signedPart(der: Uint8Array): string {
  const isRequest = REQUESTS.includes(der);
  return hex(isRequest ? parseCsr(der).infoDer : parseCrl(der).tbsDer);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
