import { type KeyObject, sign } from 'node:crypto';
import { X509Error } from '../errors.ts';
import { encodeNull, encodeObjectIdentifier, encodeSequence } from './der/der-writer.ts';
import { oid } from './object-identifiers.ts';

/** The kinds of keys that authorities and agents make. */
export type KeyType = 'ec-p256' | 'ec-p384' | 'rsa-2048' | 'rsa-4096';

/** How a key of one type signs certificates. */
export interface SignatureScheme {
  readonly hash: 'sha256' | 'sha384';
  /** DER AlgorithmIdentifier. */
  readonly algorithmDer: Uint8Array;
}

const ecdsaWithSha256 = scheme('sha256', encodeSequence(encodeObjectIdentifier(oid.ecdsaWithSha256)));
const ecdsaWithSha384 = scheme('sha384', encodeSequence(encodeObjectIdentifier(oid.ecdsaWithSha384)));
const sha256WithRsa = scheme(
  'sha256',
  encodeSequence(encodeObjectIdentifier(oid.sha256WithRsa), encodeNull()),
);

const schemes: ReadonlyMap<KeyType, SignatureScheme> = new Map([
  ['ec-p256', ecdsaWithSha256],
  ['ec-p384', ecdsaWithSha384],
  ['rsa-2048', sha256WithRsa],
  ['rsa-4096', sha256WithRsa],
]);

const ecTypes: ReadonlyMap<string, KeyType> = new Map([
  ['prime256v1', 'ec-p256'],
  ['secp384r1', 'ec-p384'],
]);

const rsaTypes: ReadonlyMap<number, KeyType> = new Map([
  [2048, 'rsa-2048'],
  [4096, 'rsa-4096'],
]);

const knownTypes = new WeakMap<KeyObject, KeyType>();

/**
 * The signature scheme of a key type: ECDSA with the hash of the curve's size, or RSA PKCS#1 v1.5 with SHA-256.
 *
 * @spec SPIRE server API §12, X.509
 */
export function signatureScheme(keyType: KeyType): SignatureScheme {
  const found = schemes.get(keyType);
  if (found === undefined) throw new TypeError('not a key type');
  return found;
}

/** The type of a public or private key, if it is one of ours. */
export function keyTypeOf(key: KeyObject): KeyType | undefined {
  const known = knownTypes.get(key);
  if (known !== undefined) return known;
  const type = readKeyType(key);
  if (type !== undefined) knownTypes.set(key, type);
  return type;
}

/**
 * Signs with a private key in the scheme of its type: a DER ECDSA-Sig-Value, or a PKCS#1 v1.5 signature. Runs on the
 * calling thread, which for RSA is a matter of milliseconds.
 *
 * @throws {X509Error} `ERR_KEY_TYPE` the key is none of ours.
 */
export function signWithKey(key: KeyObject, data: Uint8Array): Uint8Array {
  const keyType = keyTypeOf(key);
  if (keyType === undefined) throw new X509Error('ERR_KEY_TYPE', 'keys of this type do not sign here');
  return sign(signatureScheme(keyType).hash, data, key);
}

function readKeyType({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): KeyType | undefined {
  if (asymmetricKeyType === 'ec') return ecTypes.get(asymmetricKeyDetails?.namedCurve ?? '');
  if (asymmetricKeyType === 'rsa') return rsaTypes.get(asymmetricKeyDetails?.modulusLength ?? 0);
  return undefined;
}

function scheme(hash: 'sha256' | 'sha384', algorithmDer: Uint8Array): SignatureScheme {
  return { hash, algorithmDer };
}
