import { DerError, X509Error } from '../errors.ts';
import { requireCanonicalDer } from './der/canonical.ts';
import { DerReader, readSingle } from './der/der-reader.ts';
import { contextConstructed, contextPrimitive, tag } from './der/tag.ts';
import { type GeneralNames, NO_NAMES, readGeneralNames } from './general-names.ts';
import { isAbsoluteUri } from './host-name.ts';
import { keyUsageBits } from './key-usage.ts';
import { type NameConstraints, readNameConstraints } from './name-constraints.ts';
import { oid } from './object-identifiers.ts';
import { readTask } from './task-extension.ts';

/** One extension as it stands in a certificate. */
export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  /** The DER inside the OCTET STRING. */
  readonly value: Uint8Array;
}

/** What the extensions that are understood here say. */
export interface ExtensionValues {
  readonly names: GeneralNames;
  readonly isCa: boolean;
  readonly pathLen?: number;
  readonly keyUsage?: number;
  readonly extKeyUsages: readonly string[];
  readonly subjectKeyId?: Uint8Array;
  readonly authorityKeyId?: Uint8Array;
  readonly nameConstraints?: NameConstraints;
  readonly taskId?: string;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type ExtensionReader = (value: Uint8Array, into: Mutable<ExtensionValues>) => void;

const MAX_EXTENSIONS = 64;
const MAX_PURPOSES = 100;

const readers: ReadonlyMap<string, ExtensionReader> = new Map<string, ExtensionReader>([
  [oid.subjectAltName, readSubjectAltName],
  [oid.basicConstraints, readBasicConstraints],
  [
    oid.keyUsage,
    (value, into) => {
      into.keyUsage = readWhole(value, (reader) => keyUsageBits(reader.bitString()));
    },
  ],
  [
    oid.extKeyUsage,
    (value, into) => {
      into.extKeyUsages = readOids(readSingle(value, tag.sequence));
    },
  ],
  [
    oid.subjectKeyIdentifier,
    (value, into) => {
      into.subjectKeyId = requireKeyId(readWhole(value, (reader) => reader.octetString()));
    },
  ],
  [oid.authorityKeyIdentifier, readAuthorityKeyId],
  [
    oid.nameConstraints,
    (value, into) => {
      into.nameConstraints = readNameConstraints(readSingle(value, tag.sequence));
    },
  ],
  [oid.certificatePolicies, checkPolicies],
  [
    oid.signetTask,
    (value, into) => {
      into.taskId = readTask(value);
    },
  ],
]);

/** Extensions that must be well-formed although nothing here acts on them. */
const checkers: ReadonlyMap<string, (value: Uint8Array) => void> = new Map([
  [oid.authorityInfoAccess, checkInfoAccess],
]);

/** Whether a critical extension of this type is acted upon, so that it does not have to make the certificate fail. */
export function isUnderstood(extensionOid: string): boolean {
  return readers.has(extensionOid);
}

/**
 * Reads the members of an Extensions sequence.
 *
 * @throws {DerError} `ERR_DER_*` malformed, or `critical` spelled out although it is the default.
 * @throws {X509Error} `ERR_X509_DUPLICATE_EXTENSION`; `ERR_X509_EXTENSION` far too many.
 * @spec RFC 5280 §4.1.2.9, §4.2
 */
export function readExtensions(list: DerReader): Extension[] {
  const extensions: Extension[] = [];
  const seen = new Set<string>();
  if (!list.hasMore()) throw new DerError('ERR_DER_VALUE', 'list of extensions is empty');
  while (list.hasMore()) {
    const extension = readExtension(list.enter(tag.sequence));
    if (seen.has(extension.oid)) {
      throw new X509Error('ERR_X509_DUPLICATE_EXTENSION', `extension ${extension.oid} appears twice`);
    }
    if (seen.size >= MAX_EXTENSIONS) throw new X509Error('ERR_X509_EXTENSION', 'too many extensions');
    seen.add(extension.oid);
    extensions.push(extension);
  }
  return extensions;
}

/**
 * Reads the values of all extensions that are understood here.
 *
 * @throws {X509Error} `ERR_X509_EXTENSION` one of them is malformed; its cause says how.
 */
export function readExtensionValues(extensions: readonly Extension[]): ExtensionValues {
  const values: Mutable<ExtensionValues> = { names: NO_NAMES, isCa: false, extKeyUsages: [] };
  for (const extension of extensions) readValue(extension, values);
  return values;
}

function readExtension(reader: DerReader): Extension {
  const type = reader.oid();
  const isMarked = reader.peekTag() === tag.boolean;
  if (isMarked && !reader.boolean()) throw new DerError('ERR_DER_VALUE', 'a default value is spelled out');
  const value = reader.octetString();
  reader.requireEnd();
  return { oid: type, critical: isMarked, value };
}

function readValue(extension: Extension, into: Mutable<ExtensionValues>): void {
  try {
    readers.get(extension.oid)?.(extension.value, into);
    checkers.get(extension.oid)?.(extension.value);
  } catch (cause) {
    if (!(cause instanceof DerError)) throw cause;
    const message = `malformed extension ${extension.oid}: ${cause.message}`;
    throw new X509Error('ERR_X509_EXTENSION', message, { cause, details: { oid: extension.oid } });
  }
}

function readWhole<T>(value: Uint8Array, read: (reader: DerReader) => T): T {
  const reader = new DerReader(value);
  const result = read(reader);
  reader.requireEnd();
  return result;
}

function readSubjectAltName(value: Uint8Array, into: Mutable<ExtensionValues>): void {
  into.names = readGeneralNames(readSingle(value, tag.sequence));
  if (!into.names.uris.every(isAbsoluteUri)) throw new DerError('ERR_DER_VALUE', 'a URI has no scheme');
}

function readBasicConstraints(value: Uint8Array, into: Mutable<ExtensionValues>): void {
  const reader = readSingle(value, tag.sequence);
  if (reader.peekTag() === tag.boolean) {
    if (!reader.boolean()) throw new DerError('ERR_DER_VALUE', 'a default value is spelled out');
    into.isCa = true;
  }
  if (reader.peekTag() === tag.integer) {
    if (!into.isCa) throw new DerError('ERR_DER_VALUE', 'a path length on a certificate that is no CA');
    into.pathLen = reader.smallInteger();
  }
  reader.requireEnd();
}

function readOids(reader: DerReader): string[] {
  if (!reader.hasMore()) throw new DerError('ERR_DER_VALUE', 'list of purposes is empty');
  const oids: string[] = [];
  while (reader.hasMore()) {
    if (oids.length >= MAX_PURPOSES) throw new DerError('ERR_DER_VALUE', 'too many purposes');
    oids.push(reader.oid());
  }
  return oids;
}

// Issuer and serial, the other way of pointing at an authority, come together or not at all.
function readAuthorityKeyId(value: Uint8Array, into: Mutable<ExtensionValues>): void {
  const reader = readSingle(value, tag.sequence);
  if (reader.peekTag() === contextPrimitive(0))
    into.authorityKeyId = requireKeyId(reader.content(contextPrimitive(0)));
  if (reader.peekTag() === contextConstructed(1)) {
    readGeneralNames(reader.enter(contextConstructed(1)));
    if (reader.content(contextPrimitive(2)).length === 0)
      throw new DerError('ERR_DER_VALUE', 'serial number is empty');
  }
  reader.requireEnd();
}

function requireKeyId(keyId: Uint8Array): Uint8Array {
  if (keyId.length === 0) throw new DerError('ERR_DER_VALUE', 'key identifier is empty');
  return keyId;
}

// With no policy asked for and no policy constraint let through, policies decide nothing.
function checkPolicies(value: Uint8Array): void {
  requireCanonicalDer(value);
  const policies = readSingle(value, tag.sequence);
  const seen = new Set<string>();
  if (!policies.hasMore()) throw new DerError('ERR_DER_VALUE', 'list of policies is empty');
  while (policies.hasMore()) {
    const policy = policies.enter(tag.sequence);
    const type = policy.oid();
    if (seen.has(type)) throw new DerError('ERR_DER_VALUE', 'a policy appears twice');
    seen.add(type);
    if (policy.hasMore()) policy.skip(tag.sequence);
    policy.requireEnd();
  }
}

function checkInfoAccess(value: Uint8Array): void {
  const descriptions = readSingle(value, tag.sequence);
  if (!descriptions.hasMore()) throw new DerError('ERR_DER_VALUE', 'list of access descriptions is empty');
  while (descriptions.hasMore()) {
    const description = descriptions.enter(tag.sequence);
    description.oid();
    readGeneralNames(description);
  }
}
