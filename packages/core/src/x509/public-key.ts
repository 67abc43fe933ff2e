import { createPublicKey, type KeyObject } from 'node:crypto';
import { DerError, type KeyErrorCode, X509Error } from '../errors.ts';
import { type DerReader, readSingle } from './der/der-reader.ts';
import { tag } from './der/tag.ts';
import { encodePem } from './pem.ts';
import { oid } from './object-identifiers.ts';
import { rsaExponentWeakness, rsaWeakness } from './rsa-weakness.ts';

/** What a SubjectPublicKeyInfo holds, read without any arithmetic. */
export type PublicKeyInfo =
  | { readonly kind: 'ec'; readonly curve: EcCurve }
  | {
      readonly kind: 'rsa';
      readonly modulusBits: number;
      readonly modulus: Uint8Array;
      readonly exponent: Uint8Array;
    }
  | { readonly kind: 'ed25519' }
  | { readonly kind: 'unsupported'; readonly code: 'ERR_KEY_TYPE' | 'ERR_KEY_CURVE' };

/** Curves by the name that X.509 tools use. */
export type EcCurve = 'P-256' | 'P-384' | 'P-521';

const MIN_RSA_BITS = 2048;
const MAX_RSA_BITS_TO_ISSUE = 4096;
const MAX_RSA_BITS_TO_VERIFY = 8192;
const ED25519_KEY_BYTES = 32;
const CURVE_COSTS: Readonly<Record<EcCurve, number>> = { 'P-256': 1, 'P-384': 4, 'P-521': 8 };
const LARGE_RSA_COST = 4;

const curves: ReadonlyMap<string, { readonly curve: EcCurve; readonly coordinateBytes: number }> = new Map([
  [oid.p256, { curve: 'P-256' as const, coordinateBytes: 32 }],
  [oid.p384, { curve: 'P-384' as const, coordinateBytes: 48 }],
  [oid.p521, { curve: 'P-521' as const, coordinateBytes: 66 }],
]);

/**
 * The public key of a DER SubjectPublicKeyInfo that may be certified: EC on P-256 or P-384, or RSA of 2048 to 4096 bits
 * with no weakness that is cheap to see. Size and shape are looked at before any arithmetic.
 *
 * @throws {X509Error} `ERR_KEY_MALFORMED` not a public key, or a point that is not on its curve; `ERR_KEY_TYPE` another
 *   algorithm; `ERR_KEY_CURVE` another curve; `ERR_KEY_SIZE` RSA of another size; `ERR_KEY_WEAK` a weak RSA key.
 */
export function checkPublicKey(spkiDer: Uint8Array): KeyObject {
  checkPublicKeyInfo(spkiDer);
  return importCheckedKey(spkiDer);
}

/**
 * What kind of key it is, when it may be certified: the part of `checkPublicKey` that comes before any arithmetic.
 *
 * @throws {X509Error} `ERR_KEY_*` as `checkPublicKey`.
 */
export function checkPublicKeyInfo(spkiDer: Uint8Array): 'ec' | 'rsa' {
  const info = readPublicKeyInfo(spkiDer);
  if (info.kind === 'ec') {
    if (info.curve === 'P-521') refuse('ERR_KEY_CURVE', 'EC keys must be on P-256 or P-384');
    return info.kind;
  }
  if (info.kind === 'rsa') {
    requireRsaSize(info.modulusBits, MAX_RSA_BITS_TO_ISSUE);
    const weakness = rsaWeakness(info.modulus, info.exponent);
    if (weakness !== undefined) refuse('ERR_KEY_WEAK', weakness);
    return info.kind;
  }
  const code = info.kind === 'unsupported' ? info.code : 'ERR_KEY_TYPE';
  return refuse(code, 'public key must be RSA, or EC on P-256 or P-384');
}

/**
 * The public key of a DER SubjectPublicKeyInfo that somebody else certified: as `checkPublicKey`, and also P-521,
 * Ed25519 and RSA up to 8192 bits. Of the weaknesses of RSA keys only a trivial or needlessly large exponent
 * is looked for: with one anybody can sign, the other makes verifying slow. The rest is the issuer's business.
 *
 * @throws {X509Error} `ERR_KEY_*` as `checkPublicKey`.
 */
export function importCertifiedKey(spkiDer: Uint8Array): KeyObject {
  const info = readPublicKeyInfo(spkiDer);
  if (info.kind === 'unsupported') refuse(info.code, 'public key algorithm or curve is not supported');
  if (info.kind === 'rsa') {
    requireRsaSize(info.modulusBits, MAX_RSA_BITS_TO_VERIFY);
    const weakness = rsaExponentWeakness(info.exponent);
    if (weakness !== undefined) refuse('ERR_KEY_WEAK', weakness);
  }
  return importCheckedKey(spkiDer);
}

/**
 * Reads a DER SubjectPublicKeyInfo; its key must have the shape that its algorithm says.
 *
 * @throws {X509Error} `ERR_KEY_MALFORMED`.
 * @spec RFC 5280 §4.1.2.7; RFC 3279 §2.3.1; RFC 5480 §2; RFC 8410 §4
 */
export function readPublicKeyInfo(spkiDer: Uint8Array): PublicKeyInfo {
  try {
    const spki = readSingle(spkiDer, tag.sequence);
    const algorithm = spki.enter(tag.sequence);
    const { bytes, unusedBits } = spki.bitString();
    spki.requireEnd();
    if (unusedBits !== 0) throw new DerError('ERR_DER_VALUE', 'public key is not whole octets');
    return readKey(algorithm, bytes);
  } catch (cause) {
    if (!(cause instanceof DerError)) throw cause;
    throw new X509Error('ERR_KEY_MALFORMED', `malformed public key: ${cause.message}`, { cause });
  }
}

/** The octets of a SubjectPublicKeyInfo's BIT STRING, over which key identifiers are computed. */
export function subjectPublicKeyOctets(spkiDer: Uint8Array): Uint8Array {
  const spki = readSingle(spkiDer, tag.sequence);
  spki.skip(tag.sequence);
  return spki.bitString().bytes;
}

/**
 * How much a signature with the key of a DER SubjectPublicKeyInfo costs to verify: about as many as this on P-256.
 */
export function verificationCost(spkiDer: Uint8Array): number {
  const info = readPublicKeyInfo(spkiDer);
  if (info.kind === 'ec') return CURVE_COSTS[info.curve];
  return info.kind === 'rsa' && info.modulusBits > MAX_RSA_BITS_TO_ISSUE ? LARGE_RSA_COST : 1;
}

function readKey(algorithm: DerReader, key: Uint8Array): PublicKeyInfo {
  const type = algorithm.oid();
  switch (type) {
    case oid.ecPublicKey:
      return readEcKey(algorithm, key);
    case oid.rsaEncryption:
      algorithm.null();
      algorithm.requireEnd();
      return readRsaKey(readSingle(key, tag.sequence));
    case oid.ed25519:
      algorithm.requireEnd();
      if (key.length !== ED25519_KEY_BYTES) throw new DerError('ERR_DER_VALUE', 'wrong length');
      return { kind: 'ed25519' };
    default:
      return { kind: 'unsupported', code: 'ERR_KEY_TYPE' };
  }
}

function readEcKey(algorithm: DerReader, point: Uint8Array): PublicKeyInfo {
  if (algorithm.peekTag() !== tag.oid) throw new DerError('ERR_DER_TAG', 'EC curve must be given by name');
  const known = curves.get(algorithm.oid());
  algorithm.requireEnd();
  if (known === undefined) return { kind: 'unsupported', code: 'ERR_KEY_CURVE' };
  const isUncompressed = point[0] === 4 && point.length === 1 + 2 * known.coordinateBytes;
  if (!isUncompressed) throw new DerError('ERR_DER_VALUE', 'EC point is not in uncompressed form');
  return { kind: 'ec', curve: known.curve };
}

function readRsaKey(reader: DerReader): PublicKeyInfo {
  const modulus = positive(reader.integer());
  const exponent = positive(reader.integer());
  reader.requireEnd();
  const modulusBits = modulus.length * 8 - (Math.clz32(modulus[0] as number) - 24);
  return { kind: 'rsa', modulusBits, modulus, exponent };
}

function positive(integer: Uint8Array): Uint8Array {
  const first = integer[0] as number;
  if (first > 0x7f || (first === 0 && integer.length === 1)) {
    throw new DerError('ERR_DER_VALUE', 'RSA parameters must be positive');
  }
  return first === 0 ? integer.subarray(1) : integer;
}

function requireRsaSize(bits: number, most: number): void {
  if (bits >= MIN_RSA_BITS && bits <= most) return;
  refuse('ERR_KEY_SIZE', `RSA keys must have ${MIN_RSA_BITS} to ${most} bits, not ${bits}`);
}

/**
 * The key of a SubjectPublicKeyInfo whose `PublicKeyInfo` was found good.
 *
 * @throws {X509Error} `ERR_KEY_MALFORMED` its parameters do not make a key: a point that is not on its curve.
 */
export function importCheckedKey(spkiDer: Uint8Array): KeyObject {
  try {
    // As text: of an object Node finds out what it is by errors that it throws and catches, which takes as long as
    // the import.
    return createPublicKey(encodePem('PUBLIC KEY', spkiDer));
  } catch (cause) {
    throw new X509Error('ERR_KEY_MALFORMED', 'malformed public key: its parameters do not make a key', {
      cause,
    });
  }
}

function refuse(code: KeyErrorCode, message: string): never {
  throw new X509Error(code, message);
}
