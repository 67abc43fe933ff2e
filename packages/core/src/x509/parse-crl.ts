import { DerError, X509Error } from '../errors.ts';
import type { UnixSeconds } from '../time.ts';
import { requireCanonicalDer } from './der/canonical.ts';
import { DerReader, readSingle } from './der/der-reader.ts';
import { FIRST_GENERALIZED_SECOND } from './der/der-time.ts';
import { contextConstructed, tag } from './der/tag.ts';
import { isEmptyName, requireName } from './distinguished-name.ts';
import { type Extension, readExtensions, readExtensionValues } from './extensions.ts';
import { oid } from './object-identifiers.ts';

/** About 400,000 revoked certificates; also the longest element that is read here. */
export const MAX_CRL_BYTES: number = 16 * 1024 * 1024 - 1;
const VERSION_2 = 1;
const MAX_SERIAL_OCTETS = 20;
const MAX_CRL_NUMBER_OCTETS = 20;
const UNSPECIFIED = 0;
/** Numbers of RFC 5280; 7 is none, and 8 takes entries of a complete list back, which only delta CRLs do. */
const REASON_CODES: ReadonlySet<number> = new Set([0, 1, 2, 3, 4, 5, 6, 9, 10]);

/** A certificate that a CRL takes back. */
export interface CrlEntry {
  readonly revokedAt: UnixSeconds;
  /** Number of the reason in RFC 5280 §5.3.1; 0 when none is given. */
  readonly reasonCode: number;
}

/** A version 2 CRL as it was parsed; nothing about it is verified. */
export interface Crl {
  readonly der: Uint8Array;
  /** The signed part. */
  readonly tbsDer: Uint8Array;
  readonly issuerDer: Uint8Array;
  readonly thisUpdate: UnixSeconds;
  readonly nextUpdate: UnixSeconds;
  /** Rises from each CRL of an authority to the next. */
  readonly number: bigint;
  readonly authorityKeyId: Uint8Array;
  /** By `Certificate.serialHex`. */
  readonly revoked: ReadonlyMap<string, CrlEntry>;
  readonly signatureAlgorithmDer: Uint8Array;
  readonly signature: Uint8Array;
}

/**
 * Parses one DER CRL of the kind that stands alone: version 2, complete, of the authority that signed it, with a number
 * and a next update. Delta and indirect CRLs are refused: to read them as complete would let revoked certificates pass.
 *
 * The result holds views of the input, which must not change afterwards.
 *
 * @param der - untrusted; at most 16 MiB.
 * @throws {X509Error} `ERR_CRL_MALFORMED` its cause says where; `ERR_CRL_TOO_LARGE`; `ERR_CRL_VERSION`; `ERR_CRL_ISSUER`
 *   empty; `ERR_CRL_EXTENSION` one is missing, or critical and not understood; `ERR_CRL_ENTRY` a serial number twice or
 *   out of its bounds, or an unknown reason; `ERR_X509_*` as for certificates.
 * @spec RFC 5280 §5.1, §5.2, §5.3
 */
export function parseCrl(der: Uint8Array): Crl {
  if (der.length > MAX_CRL_BYTES) throw new X509Error('ERR_CRL_TOO_LARGE', 'CRL is too large');
  try {
    return readCrl(der);
  } catch (cause) {
    if (!(cause instanceof DerError)) throw cause;
    throw new X509Error('ERR_CRL_MALFORMED', `malformed CRL: ${cause.message}`, { cause });
  }
}

function readCrl(der: Uint8Array): Crl {
  requireCanonicalDer(der);
  const outer = readSingle(der, tag.sequence);
  const tbsDer = outer.element(tag.sequence);
  const signatureAlgorithmDer = outer.element(tag.sequence);
  const signature = outer.bitString();
  outer.requireEnd();
  if (signature.unusedBits !== 0) throw new DerError('ERR_DER_VALUE', 'signature is not whole octets');
  const tbs = readSingle(tbsDer, tag.sequence);
  requireVersion2(tbs);
  if (Buffer.compare(tbs.element(tag.sequence), signatureAlgorithmDer) !== 0) {
    throw new X509Error('ERR_X509_SIGNATURE_ALGORITHM', 'signature algorithm differs inside and outside');
  }
  return { der, tbsDer, signatureAlgorithmDer, signature: signature.bytes, ...readContent(tbs) };
}

function readContent(tbs: DerReader): Omit<Crl, 'der' | 'tbsDer' | 'signature' | 'signatureAlgorithmDer'> {
  const issuerDer = requireName(tbs.element(tag.sequence));
  if (isEmptyName(issuerDer)) throw new X509Error('ERR_CRL_ISSUER', 'CRL has an empty issuer');
  const thisUpdate = readTime(tbs);
  const nextUpdate = readTime(tbs);
  const revoked =
    tbs.peekTag() === tag.sequence ? readEntries(tbs.enter(tag.sequence)) : new Map<string, CrlEntry>();
  const extensions = readCrlExtensions(tbs.enter(contextConstructed(0)));
  tbs.requireEnd();
  return { issuerDer, thisUpdate, nextUpdate, revoked, ...extensions };
}

function requireVersion2(tbs: DerReader): void {
  if (tbs.peekTag() !== tag.integer || tbs.smallInteger() !== VERSION_2) {
    throw new X509Error('ERR_CRL_VERSION', 'CRL is not of version 2');
  }
}

function readTime(reader: DerReader): UnixSeconds {
  const { seconds, generalized } = reader.time();
  if (generalized === seconds >= FIRST_GENERALIZED_SECOND) return seconds;
  throw new X509Error('ERR_X509_VALIDITY', 'dates through 2049 must be UTCTime, later ones GeneralizedTime');
}

function readEntries(list: DerReader): Map<string, CrlEntry> {
  if (!list.hasMore()) throw new DerError('ERR_DER_VALUE', 'list of revoked certificates is empty');
  const entries = new Map<string, CrlEntry>();
  while (list.hasMore()) {
    const entry = list.enter(tag.sequence);
    const serialHex = readSerial(entry.integer());
    if (entries.has(serialHex)) throw new X509Error('ERR_CRL_ENTRY', 'a serial number appears twice');
    const revokedAt = readTime(entry);
    const reasonCode = entry.hasMore() ? readReason(readExtensions(entry.enter(tag.sequence))) : UNSPECIFIED;
    entry.requireEnd();
    entries.set(serialHex, { revokedAt, reasonCode });
  }
  return entries;
}

function readSerial(octets: Uint8Array): string {
  const first = octets[0] as number;
  if (first > 0x7f || octets.length > MAX_SERIAL_OCTETS) {
    throw new X509Error('ERR_CRL_ENTRY', 'serial number must not be negative and at most 20 octets long');
  }
  const magnitude = first === 0 && octets.length > 1 ? octets.subarray(1) : octets;
  return Buffer.from(magnitude).toString('hex');
}

function readReason(extensions: readonly Extension[]): number {
  // An entry of another issuer would be taken for one of this authority's.
  requireUnderstood(extensions, [oid.crlReason]);
  const reason = extensions.find((each) => each.oid === oid.crlReason);
  if (reason === undefined) return UNSPECIFIED;
  const reader = new DerReader(reason.value);
  const [code = -1, ...rest] = reader.content(tag.enumerated);
  reader.requireEnd();
  if (rest.length === 0 && REASON_CODES.has(code)) return code;
  throw new X509Error('ERR_CRL_ENTRY', 'reason is not one of a complete CRL');
}

function readCrlExtensions(wrapper: DerReader): Pick<Crl, 'number' | 'authorityKeyId'> {
  const extensions = readExtensions(wrapper.enter(tag.sequence));
  wrapper.requireEnd();
  requireUnderstood(extensions, []);
  const { authorityKeyId } = readExtensionValues(
    extensions.filter((each) => each.oid === oid.authorityKeyIdentifier),
  );
  if (authorityKeyId === undefined) throw missing('authority key identifier');
  return { authorityKeyId, number: readNumber(extensions) };
}

function readNumber(extensions: readonly Extension[]): bigint {
  const extension = extensions.find((each) => each.oid === oid.crlNumber);
  if (extension === undefined) throw missing('number');
  const reader = new DerReader(extension.value);
  const octets = reader.integer();
  reader.requireEnd();
  if ((octets[0] as number) > 0x7f || octets.length > MAX_CRL_NUMBER_OCTETS) {
    throw new X509Error('ERR_CRL_EXTENSION', 'CRL number is negative or longer than 20 octets');
  }
  return BigInt(`0x${Buffer.from(octets).toString('hex')}`);
}

function requireUnderstood(extensions: readonly Extension[], understood: readonly string[]): void {
  const unknown = extensions.find((each) => each.critical && !understood.includes(each.oid));
  if (unknown === undefined) return;
  throw new X509Error('ERR_CRL_EXTENSION', `critical extension ${unknown.oid} of a CRL is not understood`);
}

function missing(what: string): X509Error {
  return new X509Error('ERR_CRL_EXTENSION', `CRL has no ${what}`);
}
