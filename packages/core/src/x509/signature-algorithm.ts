import { constants, type KeyObject, verify } from 'node:crypto';
import { DerError } from '../errors.ts';
import { type DerReader, readSingle } from './der/der-reader.ts';
import { encodeNull, encodeObjectIdentifier, encodeSequence } from './der/der-writer.ts';
import { contextConstructed, tag } from './der/tag.ts';
import { oid } from './object-identifiers.ts';

type Hash = 'sha256' | 'sha384' | 'sha512';

/** How a certificate or request was signed, as far as it is one of the ways accepted here. */
export interface SignatureAlgorithm {
  readonly keyKind: 'rsa' | 'ec' | 'ed25519';
  /** None for Ed25519, which hashes by itself. */
  readonly hash?: Hash;
  /** Octets of PSS salt; absent for every other scheme. */
  readonly pssSaltLength?: number;
}

const HASH_OCTETS: ReadonlyMap<Hash, number> = new Map([
  ['sha256', 32],
  ['sha384', 48],
  ['sha512', 64],
]);

const hashes: ReadonlyMap<string, Hash> = new Map([
  [oid.sha256, 'sha256'],
  [oid.sha384, 'sha384'],
  [oid.sha512, 'sha512'],
]);

const fixedAlgorithms: ReadonlyMap<string, SignatureAlgorithm> = new Map([
  ...fixed(oid.ecdsaWithSha256, { keyKind: 'ec', hash: 'sha256' }, 'absent'),
  ...fixed(oid.ecdsaWithSha384, { keyKind: 'ec', hash: 'sha384' }, 'absent'),
  ...fixed(oid.ecdsaWithSha512, { keyKind: 'ec', hash: 'sha512' }, 'absent'),
  ...fixed(oid.ed25519, { keyKind: 'ed25519' }, 'absent'),
  ...fixed(oid.sha256WithRsa, { keyKind: 'rsa', hash: 'sha256' }, 'null-or-absent'),
  ...fixed(oid.sha384WithRsa, { keyKind: 'rsa', hash: 'sha384' }, 'null-or-absent'),
  ...fixed(oid.sha512WithRsa, { keyKind: 'rsa', hash: 'sha512' }, 'null-or-absent'),
]);

/**
 * What a DER AlgorithmIdentifier says, if it is one of: ECDSA or RSA (PKCS#1 v1.5 or PSS) with SHA-256, SHA-384 or
 * SHA-512, or Ed25519. Nothing for any other, SHA-1 and MD5 among them, and for odd parameters.
 *
 * @spec RFC 5758 §3; RFC 4055 §2, §3, §5; RFC 8410 §3
 */
export function signatureAlgorithmOf(algorithmDer: Uint8Array): SignatureAlgorithm | undefined {
  const known = fixedAlgorithms.get(keyOf(algorithmDer));
  if (known !== undefined) return known;
  try {
    return pssAlgorithm(readSingle(algorithmDer, tag.sequence));
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
}

/** Whether a signature is good. Anything wrong with it, its form included, makes it bad. */
export function isSignatureValid(
  algorithm: SignatureAlgorithm,
  key: KeyObject,
  data: Uint8Array,
  signature: Uint8Array,
): boolean {
  try {
    if (algorithm.pssSaltLength === undefined) return verify(algorithm.hash, data, key, signature);
    const pss = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: algorithm.pssSaltLength };
    return verify(algorithm.hash, data, pss, signature);
  } catch {
    return false;
  }
}

function fixed(
  type: string,
  algorithm: SignatureAlgorithm,
  parameters: 'absent' | 'null-or-absent',
): [string, SignatureAlgorithm][] {
  const absent: [string, SignatureAlgorithm] = [
    keyOf(encodeSequence(encodeObjectIdentifier(type))),
    algorithm,
  ];
  if (parameters === 'absent') return [absent];
  return [absent, [keyOf(encodeSequence(encodeObjectIdentifier(type), encodeNull())), algorithm]];
}

function keyOf(der: Uint8Array): string {
  return Buffer.from(der.buffer, der.byteOffset, der.length).toString('latin1');
}

// Left out parameters mean SHA-1, so all three must be there and agree; the salt is as long as the hash.
function pssAlgorithm(algorithm: DerReader): SignatureAlgorithm | undefined {
  if (algorithm.oid() !== oid.rsassaPss) return undefined;
  const parameters = algorithm.enter(tag.sequence);
  algorithm.requireEnd();
  const hash = readHash(parameters.enter(contextConstructed(0)));
  const mask = parameters.enter(contextConstructed(1)).enter(tag.sequence);
  if (mask.oid() !== oid.mgf1 || readHash(mask) !== hash || hash === undefined) return undefined;
  mask.requireEnd();
  const saltLength = parameters.enter(contextConstructed(2)).smallInteger();
  parameters.requireEnd();
  if (saltLength !== HASH_OCTETS.get(hash)) return undefined;
  return { keyKind: 'rsa', hash, pssSaltLength: saltLength };
}

function readHash(reader: DerReader): Hash | undefined {
  const algorithm = reader.enter(tag.sequence);
  const hash = hashes.get(algorithm.oid());
  if (algorithm.hasMore()) algorithm.null();
  algorithm.requireEnd();
  return hash;
}
