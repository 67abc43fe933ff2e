import { type KeyObject } from 'node:crypto';
import { DerError, X509Error } from '../errors.ts';
import { type UnixSeconds } from '../time.ts';
import { type Conformance } from './conformance.ts';
import { requireCanonicalDer } from './der/canonical.ts';
import { DerReader, readSingle } from './der/der-reader.ts';
import { FIRST_GENERALIZED_SECOND } from './der/der-time.ts';
import { contextConstructed, tag } from './der/tag.ts';
import { isEmptyName, nameAttributeText, requireName } from './distinguished-name.ts';
import {
  type Extension,
  type ExtensionValues,
  isUnderstood,
  readExtensions,
  readExtensionValues,
} from './extensions.ts';
import { nameKey } from './name-comparison.ts';
import { type NameConstraints } from './name-constraints.ts';
import { oid } from './object-identifiers.ts';
import { importCertifiedKey } from './public-key.ts';
import { type SignatureAlgorithm, signatureAlgorithmOf } from './signature-algorithm.ts';

/** More than this is no certificate that anyone needs. */
export const MAX_CERTIFICATE_BYTES: number = 64 * 1024;
const MAX_SERIAL_OCTETS = 20;
const VERSION_3 = 2;
const VERSION = contextConstructed(0);
const EXTENSIONS = contextConstructed(3);

/** An X.509 version 3 certificate as it was parsed; nothing about it is verified. */
export interface Certificate {
  readonly der: Uint8Array;
  /** The signed part. */
  readonly tbsDer: Uint8Array;
  /** Lower-case hexadecimal, whole octets, no leading zero octets. */
  readonly serialHex: string;
  readonly serial: bigint;
  readonly issuerDer: Uint8Array;
  readonly subjectDer: Uint8Array;
  readonly subjectCommonName: string | undefined;
  readonly notBefore: UnixSeconds;
  /** Last second of validity. */
  readonly notAfter: UnixSeconds;
  readonly spkiDer: Uint8Array;
  /** Created at first use; throws `X509Error` `ERR_KEY_*` when the key is not one that may be relied upon. */
  readonly publicKey: KeyObject;
  /** DER AlgorithmIdentifier, the same inside and outside. */
  readonly signatureAlgorithmDer: Uint8Array;
  /** How it was signed; absent when that is not one of the accepted ways. */
  readonly signatureAlgorithm?: SignatureAlgorithm;
  readonly signature: Uint8Array;
  readonly extensions: readonly Extension[];
  readonly uriSans: readonly string[];
  readonly dnsSans: readonly string[];
  /** Four octets for IPv4, sixteen for IPv6. */
  readonly ipSans: readonly Uint8Array[];
  readonly emailSans: readonly string[];
  /** DER Names. */
  readonly directoryNameSans: readonly Uint8Array[];
  /** Tag numbers of subjectAltNames of the forms that nothing here reads. */
  readonly otherSanForms: readonly number[];
  readonly isCa: boolean;
  readonly pathLen?: number;
  /** A sum of `keyUsage` bits; absent when the extension is. */
  readonly keyUsage?: number;
  /** Object identifiers; empty when the extension is absent. */
  readonly extKeyUsages: readonly string[];
  readonly subjectKeyId?: Uint8Array;
  readonly authorityKeyId?: Uint8Array;
  /** The task that it was issued in. */
  readonly taskId?: string;
  readonly nameConstraints?: NameConstraints;
  /** Object identifiers of the critical extensions that nothing here acts upon. */
  readonly criticalUnknown: readonly string[];
  /** Issuer and subject in a form that is equal exactly when the names are. */
  readonly comparableIssuer: string;
  readonly comparableSubject: string;
}

/** How {@link parseCertificate} reads. */
export interface ParseCertificateOptions {
  /**
   * `strict` by default, and `spiffe` is the same here; `path-only` also takes what path validation can do without, for
   * hand-made hierarchies: an empty issuer, and dates before 2050 as GeneralizedTime.
   */
  readonly conformance?: Conformance;
}

/**
 * Parses one DER certificate, and nothing but DER.
 *
 * The result holds views of the input, which must not change afterwards.
 *
 * @param der - untrusted; at most 64 KiB.
 * @throws {X509Error} `ERR_X509_MALFORMED` not a DER certificate, its cause says where; `ERR_X509_TOO_LARGE`;
 *   `ERR_X509_VERSION` not version 3; `ERR_X509_SERIAL` a negative number, or more than 20 octets;
 *   `ERR_X509_SIGNATURE_ALGORITHM` named differently inside and outside; `ERR_X509_VALIDITY` dates in a form not allowed
 *   for their year; `ERR_X509_ISSUER` empty issuer; `ERR_X509_DUPLICATE_EXTENSION`; `ERR_X509_EXTENSION`.
 * @spec RFC 5280 §4.1, §4.2
 */
export function parseCertificate(der: Uint8Array, options: ParseCertificateOptions = {}): Certificate {
  if (der.length > MAX_CERTIFICATE_BYTES)
    throw new X509Error('ERR_X509_TOO_LARGE', 'certificate is too large');
  try {
    return readCertificate(der, options.conformance !== 'path-only');
  } catch (cause) {
    if (!(cause instanceof DerError)) throw cause;
    throw new X509Error('ERR_X509_MALFORMED', `malformed certificate: ${cause.message}`, { cause });
  }
}

/**
 * Parses DER certificates written one after the other, as the Workload API carries them.
 *
 * @returns at least one certificate.
 * @throws {X509Error} as `parseCertificate`; `ERR_X509_MALFORMED` also for no certificate at all.
 */
export function parseCertificateSequence(concatenatedDer: Uint8Array): Certificate[] {
  return splitCertificates(concatenatedDer).map((each) => parseCertificate(each));
}

function splitCertificates(concatenatedDer: Uint8Array): Uint8Array[] {
  try {
    const reader = new DerReader(concatenatedDer);
    const parts: Uint8Array[] = [];
    do parts.push(reader.element(tag.sequence));
    while (reader.hasMore());
    return parts;
  } catch (cause) {
    if (!(cause instanceof DerError)) throw cause;
    throw new X509Error('ERR_X509_MALFORMED', `malformed certificate: ${cause.message}`, { cause });
  }
}

function readCertificate(der: Uint8Array, strict: boolean): Certificate {
  requireCanonicalDer(der);
  const outer = readSingle(der, tag.sequence);
  const tbsDer = outer.element(tag.sequence);
  const algorithmDer = outer.element(tag.sequence);
  const signature = outer.bitString();
  outer.requireEnd();
  if (signature.unusedBits !== 0) throw new DerError('ERR_DER_VALUE', 'signature is not whole octets');
  const fields = readTbs(readSingle(tbsDer, tag.sequence), strict);
  if (Buffer.compare(fields.algorithmDer, algorithmDer) !== 0) {
    throw new X509Error('ERR_X509_SIGNATURE_ALGORITHM', 'signature algorithm differs inside and outside');
  }
  return new ParsedCertificate(der, tbsDer, signature.bytes, fields);
}

interface TbsFields {
  readonly serialOctets: Uint8Array;
  readonly algorithmDer: Uint8Array;
  readonly issuerDer: Uint8Array;
  readonly notBefore: UnixSeconds;
  readonly notAfter: UnixSeconds;
  readonly subjectDer: Uint8Array;
  readonly spkiDer: Uint8Array;
  readonly extensions: readonly Extension[];
  readonly values: ExtensionValues;
}

function readTbs(tbs: DerReader, strict: boolean): TbsFields {
  requireVersion3(tbs);
  const serialOctets = requireSerial(tbs.integer());
  const algorithmDer = tbs.element(tag.sequence);
  const issuerDer = requireName(tbs.element(tag.sequence));
  if (strict && isEmptyName(issuerDer)) throw new X509Error('ERR_X509_ISSUER', 'issuer is empty');
  const validity = tbs.enter(tag.sequence);
  const notBefore = readValidityTime(validity, strict);
  const notAfter = readValidityTime(validity, strict);
  validity.requireEnd();
  const subjectDer = requireName(tbs.element(tag.sequence));
  const spkiDer = tbs.element(tag.sequence);
  const extensions = readExtensions(openExtensions(tbs));
  tbs.requireEnd();
  const values = readExtensionValues(extensions);
  return {
    serialOctets,
    algorithmDer,
    issuerDer,
    notBefore,
    notAfter,
    subjectDer,
    spkiDer,
    extensions,
    values,
  };
}

function requireVersion3(tbs: DerReader): void {
  if (tbs.peekTag() !== VERSION) throw new X509Error('ERR_X509_VERSION', 'certificate is not of version 3');
  const version = tbs.enter(VERSION);
  if (version.smallInteger() !== VERSION_3) {
    throw new X509Error('ERR_X509_VERSION', 'certificate is not of version 3');
  }
  version.requireEnd();
}

// The unique identifiers that version 2 brought may not be used; they would stand here.
function openExtensions(tbs: DerReader): DerReader {
  if (!tbs.hasMore()) throw new X509Error('ERR_X509_VERSION', 'certificate has no extensions');
  const wrapper = tbs.enter(EXTENSIONS);
  const extensions = wrapper.enter(tag.sequence);
  wrapper.requireEnd();
  return extensions;
}

// Zero is let through: roots have it that cannot be issued anew. Who issued it to others is refused when a path is
// looked for.
function requireSerial(octets: Uint8Array): Uint8Array {
  const first = octets[0] as number;
  if (first < 0x80 && octets.length <= MAX_SERIAL_OCTETS) {
    return first === 0 && octets.length > 1 ? octets.subarray(1) : octets;
  }
  throw new X509Error('ERR_X509_SERIAL', 'serial number must not be negative and at most 20 octets long');
}

function readValidityTime(validity: DerReader, strict: boolean): UnixSeconds {
  const { seconds, generalized } = validity.time();
  const isLate = seconds >= FIRST_GENERALIZED_SECOND;
  if (generalized === isLate || (generalized && !strict)) return seconds;
  throw new X509Error('ERR_X509_VALIDITY', 'dates through 2049 must be UTCTime, later ones GeneralizedTime');
}

function isUnheeded(extension: Extension): boolean {
  return extension.critical && !isUnderstood(extension.oid);
}

class ParsedCertificate implements Certificate {
  readonly der: Uint8Array;
  readonly tbsDer: Uint8Array;
  readonly serialHex: string;
  readonly issuerDer: Uint8Array;
  readonly subjectDer: Uint8Array;
  readonly notBefore: UnixSeconds;
  readonly notAfter: UnixSeconds;
  readonly spkiDer: Uint8Array;
  readonly signatureAlgorithmDer: Uint8Array;
  readonly signatureAlgorithm?: SignatureAlgorithm;
  readonly signature: Uint8Array;
  readonly extensions: readonly Extension[];
  readonly uriSans: readonly string[];
  readonly dnsSans: readonly string[];
  readonly ipSans: readonly Uint8Array[];
  readonly emailSans: readonly string[];
  readonly directoryNameSans: readonly Uint8Array[];
  readonly otherSanForms: readonly number[];
  readonly isCa: boolean;
  readonly pathLen?: number;
  readonly keyUsage?: number;
  readonly extKeyUsages: readonly string[];
  readonly subjectKeyId?: Uint8Array;
  readonly authorityKeyId?: Uint8Array;
  readonly taskId?: string;
  readonly nameConstraints?: NameConstraints;
  readonly criticalUnknown: readonly string[];
  #publicKey: KeyObject | undefined;
  #comparableIssuer: string | undefined;
  #comparableSubject: string | undefined;

  constructor(der: Uint8Array, tbsDer: Uint8Array, signature: Uint8Array, fields: TbsFields) {
    const { values } = fields;
    const { names } = values;
    const signatureAlgorithm = signatureAlgorithmOf(fields.algorithmDer);
    this.der = der;
    this.tbsDer = tbsDer;
    this.signatureAlgorithmDer = fields.algorithmDer;
    this.signature = signature;
    this.serialHex = Buffer.from(fields.serialOctets).toString('hex');
    this.issuerDer = fields.issuerDer;
    this.subjectDer = fields.subjectDer;
    this.notBefore = fields.notBefore;
    this.notAfter = fields.notAfter;
    this.spkiDer = fields.spkiDer;
    this.extensions = fields.extensions;
    this.uriSans = names.uris;
    this.dnsSans = names.dnsNames;
    this.ipSans = names.ipAddresses;
    this.emailSans = names.emails;
    this.directoryNameSans = names.directoryNames;
    this.otherSanForms = names.otherForms;
    this.isCa = values.isCa;
    this.extKeyUsages = values.extKeyUsages;
    this.criticalUnknown = fields.extensions.filter(isUnheeded).map((each) => each.oid);
    if (signatureAlgorithm !== undefined) this.signatureAlgorithm = signatureAlgorithm;
    if (values.pathLen !== undefined) this.pathLen = values.pathLen;
    if (values.keyUsage !== undefined) this.keyUsage = values.keyUsage;
    if (values.subjectKeyId !== undefined) this.subjectKeyId = values.subjectKeyId;
    if (values.authorityKeyId !== undefined) this.authorityKeyId = values.authorityKeyId;
    if (values.taskId !== undefined) this.taskId = values.taskId;
    if (values.nameConstraints !== undefined) this.nameConstraints = values.nameConstraints;
  }

  get serial(): bigint {
    return BigInt(`0x${this.serialHex}`);
  }

  get subjectCommonName(): string | undefined {
    return nameAttributeText(this.subjectDer, oid.commonName);
  }

  get publicKey(): KeyObject {
    return (this.#publicKey ??= importCertifiedKey(this.spkiDer));
  }

  get comparableIssuer(): string {
    return (this.#comparableIssuer ??= nameKey(this.issuerDer));
  }

  get comparableSubject(): string {
    return (this.#comparableSubject ??= nameKey(this.subjectDer));
  }
}
