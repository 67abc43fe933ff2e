import { X509Error, type X509ErrorCode } from '../errors.ts';
import { type Certificate } from './certificate.ts';
import { isEmptyName } from './distinguished-name.ts';
import { keyUsage } from './key-usage.ts';
import { oid } from './object-identifiers.ts';

type Rule = readonly [code: X509ErrorCode, breach: string, isBroken: (certificate: Certificate) => boolean];

const rulesForAll: readonly Rule[] = [
  [
    'ERR_X509_KEY_USAGE',
    'keyCertSign on a certificate that is no CA',
    (it) => signsCertificates(it) && !it.isCa,
  ],
  [
    'ERR_X509_KEY_IDENTIFIER',
    'critical subject key identifier',
    (it) => isCritical(it, oid.subjectKeyIdentifier),
  ],
  [
    'ERR_X509_KEY_IDENTIFIER',
    'critical authority key identifier',
    (it) => isCritical(it, oid.authorityKeyIdentifier),
  ],
  ['ERR_X509_NAME_CONSTRAINTS', 'name constraints on a certificate that is no CA', hasStrayConstraints],
  ['ERR_X509_NAME_CONSTRAINTS', 'name constraints that are not critical', hasIgnorableConstraints],
  ['ERR_X509_SUBJECT', 'empty subject without a critical subjectAltName', isNameless],
  [
    'ERR_X509_EXTENSION',
    'policy constraints that are not critical',
    (it) => isIgnorable(it, oid.policyConstraints),
  ],
  [
    'ERR_X509_EXTENSION',
    'inhibitAnyPolicy that is not critical',
    (it) => isIgnorable(it, oid.inhibitAnyPolicy),
  ],
];

const rulesForIssuers: readonly Rule[] = [
  ['ERR_X509_SUBJECT', 'CA with an empty subject', (it) => isEmptyName(it.subjectDer)],
  ['ERR_X509_BASIC_CONSTRAINTS', 'CA whose basic constraints are not critical', hasIgnorableBasicConstraints],
  ['ERR_X509_KEY_IDENTIFIER', 'CA without a subject key identifier', (it) => it.subjectKeyId === undefined],
];

/**
 * What RFC 5280 demands of those who issue certificates, over and above what path validation needs. Nothing when the
 * certificate conforms, or the first rule that it breaks.
 *
 * That every certificate but a self-signed one has an authority key identifier is not held against it: many
 * certificates in use lack one, and nothing depends on it.
 *
 * @spec RFC 5280 §4.1.2.6, §4.2.1.1 to §4.2.1.11
 */
export function conformanceDefect(certificate: Certificate, isIssuer: boolean): X509Error | undefined {
  const rules = isIssuer ? [...rulesForAll, ...rulesForIssuers] : rulesForAll;
  const broken = rules.find(([, , isBroken]) => isBroken(certificate));
  return broken && new X509Error(broken[0], broken[1]);
}

function isCritical(certificate: Certificate, type: string): boolean {
  return certificate.extensions.some((extension) => extension.oid === type && extension.critical);
}

function isIgnorable(certificate: Certificate, type: string): boolean {
  return certificate.extensions.some((extension) => extension.oid === type && !extension.critical);
}

function signsCertificates(certificate: Certificate): boolean {
  return ((certificate.keyUsage ?? 0) & keyUsage.keyCertSign) !== 0;
}

function hasStrayConstraints(certificate: Certificate): boolean {
  return certificate.nameConstraints !== undefined && !certificate.isCa;
}

function hasIgnorableConstraints(certificate: Certificate): boolean {
  return isIgnorable(certificate, oid.nameConstraints);
}

function hasIgnorableBasicConstraints(certificate: Certificate): boolean {
  return isIgnorable(certificate, oid.basicConstraints);
}

function isNameless(certificate: Certificate): boolean {
  return isEmptyName(certificate.subjectDer) && !isCritical(certificate, oid.subjectAltName);
}
