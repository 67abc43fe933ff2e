import { X509Error, type X509ErrorCode } from '../errors.ts';
import { type Certificate } from './certificate.ts';
import { type Conformance } from './conformance.ts';
import { isEmptyName } from './distinguished-name.ts';
import { keyUsage } from './key-usage.ts';
import { isMailbox } from './mailbox.ts';
import { oid } from './object-identifiers.ts';
import { isPreferredDnsName } from './preferred-name.ts';

/** Where a certificate stands in a path. */
export type PathRole = 'leaf' | 'intermediate' | 'root';

interface Rule {
  readonly code: X509ErrorCode;
  readonly breach: string;
  readonly isBroken: (certificate: Certificate) => boolean;
  /** All places when absent. */
  readonly roles?: readonly PathRole[];
  /** Not asked of SVIDs. */
  readonly strictOnly?: true;
}

const ISSUERS: readonly PathRole[] = ['intermediate', 'root'];

const rules: readonly Rule[] = [
  {
    code: 'ERR_X509_SERIAL',
    breach: 'serial number of zero',
    isBroken: (it) => it.serialHex === '00',
    // A root's own serial number is of no consequence, and roots numbered zero are in use.
    roles: ['leaf', 'intermediate'],
  },
  {
    code: 'ERR_X509_KEY_USAGE',
    breach: 'keyCertSign on a certificate that is no CA',
    isBroken: (it) => signsCertificates(it) && !it.isCa,
  },
  {
    code: 'ERR_X509_BASIC_CONSTRAINTS',
    breach: 'CA whose basic constraints are not critical',
    isBroken: (it) => isIgnorable(it, oid.basicConstraints),
    roles: ISSUERS,
  },
  {
    code: 'ERR_X509_KEY_IDENTIFIER',
    breach: 'critical subject key identifier',
    isBroken: (it) => isCritical(it, oid.subjectKeyIdentifier),
  },
  {
    code: 'ERR_X509_KEY_IDENTIFIER',
    breach: 'critical authority key identifier',
    isBroken: (it) => isCritical(it, oid.authorityKeyIdentifier),
  },
  {
    code: 'ERR_X509_KEY_IDENTIFIER',
    breach: 'CA without a subject key identifier',
    isBroken: (it) => it.subjectKeyId === undefined,
    roles: ISSUERS,
  },
  {
    code: 'ERR_X509_KEY_IDENTIFIER',
    breach: 'authority key identifier without a key identifier',
    isBroken: (it) => has(it, oid.authorityKeyIdentifier) && it.authorityKeyId === undefined,
    strictOnly: true,
  },
  {
    code: 'ERR_X509_NAME_CONSTRAINTS',
    breach: 'name constraints on a certificate that is no CA',
    isBroken: (it) => it.nameConstraints !== undefined && !it.isCa,
  },
  {
    code: 'ERR_X509_NAME_CONSTRAINTS',
    breach: 'name constraints that are not critical',
    isBroken: (it) => isIgnorable(it, oid.nameConstraints),
  },
  {
    code: 'ERR_X509_SUBJECT',
    breach: 'empty subject without a critical subjectAltName',
    isBroken: (it) => isEmptyName(it.subjectDer) && !isCritical(it, oid.subjectAltName),
  },
  {
    code: 'ERR_X509_SUBJECT',
    breach: 'CA with an empty subject',
    isBroken: (it) => isEmptyName(it.subjectDer),
    roles: ISSUERS,
  },
  {
    code: 'ERR_X509_EXTENSION',
    breach: 'policy constraints that are not critical',
    isBroken: (it) => isIgnorable(it, oid.policyConstraints),
  },
  {
    code: 'ERR_X509_EXTENSION',
    breach: 'inhibitAnyPolicy that is not critical',
    isBroken: (it) => isIgnorable(it, oid.inhibitAnyPolicy),
  },
];

/**
 * What RFC 5280 demands of those who issue certificates, over and above what path validation needs. Nothing when the
 * certificate conforms, or the first rule that it breaks. What names look like is not a part of it.
 *
 * @spec RFC 5280 §4.1.2.2, §4.1.2.6, §4.2.1.1 to §4.2.1.14
 */
export function conformanceDefect(
  certificate: Certificate,
  role: PathRole,
  conformance: Conformance,
): X509Error | undefined {
  if (conformance === 'path-only') return undefined;
  const broken = rules.find(
    ({ roles, strictOnly, isBroken }) =>
      (roles?.includes(role) ?? true) &&
      (conformance === 'strict' || strictOnly === undefined) &&
      isBroken(certificate),
  );
  return broken && new X509Error(broken.code, broken.breach);
}

/**
 * Whether every subjectAltName is written as RFC 5280 wants it: DNS names as host names, with at most a wildcard for
 * their first label, mail addresses as mailboxes.
 *
 * @spec RFC 5280 §4.2.1.6
 */
export function altNamesDefect({ dnsSans, emailSans }: Certificate): X509Error | undefined {
  if (!dnsSans.every(isPreferredPattern)) return new X509Error('ERR_X509_SAN', 'DNS name is no host name');
  if (!emailSans.every(isMailbox)) return new X509Error('ERR_X509_SAN', 'mail address is no mailbox');
  return undefined;
}

/** Why a certificate that somebody else's key signed does not say which: nothing when it does. */
export function authorityKeyIdDefect({ authorityKeyId }: Certificate): X509Error | undefined {
  if (authorityKeyId !== undefined) return undefined;
  return new X509Error('ERR_X509_KEY_IDENTIFIER', 'certificate without an authority key identifier');
}

function isPreferredPattern(dns: string): boolean {
  return isPreferredDnsName(dns.startsWith('*.') ? dns.slice(2) : dns);
}

function has(certificate: Certificate, type: string): boolean {
  return certificate.extensions.some((extension) => extension.oid === type);
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
