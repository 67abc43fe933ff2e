import { constants, sign, verify, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { PossessionMethod, PossessionResponse } from './wire.ts';

const signAsync = promisify(sign);
const verifyAsync = promisify(verify);

const HASH = 'sha256';
const COORDINATE_BYTES: ReadonlyMap<string, number> = new Map([
  ['prime256v1', 32],
  ['secp384r1', 48],
  ['secp521r1', 66],
]);

/** How a key of this kind shows that somebody has it; undefined for kinds that the protocol does not know. */
export function possessionMethod(key: KeyObject): PossessionMethod | undefined {
  if (key.asymmetricKeyType === 'rsa') return 'rsa_signature';
  return coordinateBytes(key) === undefined ? undefined : 'ecdsa_signature';
}

/** Signs both nonces, the challenger's first, with the private key. */
export async function provePossession(
  privateKey: KeyObject,
  method: PossessionMethod,
  challengeNonce: Uint8Array,
  responseNonce: Uint8Array,
): Promise<PossessionResponse> {
  const nonces = Buffer.concat([challengeNonce, responseNonce]);
  if (method === 'rsa_signature') {
    const signature = await signAsync(HASH, nonces, pss(privateKey, constants.RSA_PSS_SALTLEN_MAX_SIGN));
    return { method, nonce: responseNonce, signature };
  }
  const signature = await signAsync(HASH, nonces, { key: privateKey, dsaEncoding: 'ieee-p1363' });
  const half = signature.length / 2;
  return { method, nonce: responseNonce, r: signature.subarray(0, half), s: signature.subarray(half) };
}

/**
 * Whether the response was made with the private half of the key, for this challenge.
 *
 * @param publicKey - of the very certificate whose chain was verified.
 * @param challengeNonce - as it was sent; nothing of the response replaces it.
 */
export async function verifyPossession(
  publicKey: KeyObject,
  challengeNonce: Uint8Array,
  response: PossessionResponse,
): Promise<boolean> {
  if (response.method !== possessionMethod(publicKey)) return false;
  const nonces = Buffer.concat([challengeNonce, response.nonce]);
  if (response.method === 'rsa_signature') {
    return await verifyAsync(
      HASH,
      nonces,
      pss(publicKey, constants.RSA_PSS_SALTLEN_AUTO),
      response.signature,
    );
  }
  const size = coordinateBytes(publicKey) ?? 0;
  const [r, s] = [fixedLength(response.r, size), fixedLength(response.s, size)];
  if (r === undefined || s === undefined) return false;
  return await verifyAsync(
    HASH,
    nonces,
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.concat([r, s]),
  );
}

function pss(key: KeyObject, saltLength: number): { key: KeyObject; padding: number; saltLength: number } {
  return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength };
}

function coordinateBytes(key: KeyObject): number | undefined {
  return COORDINATE_BYTES.get(key.asymmetricKeyDetails?.namedCurve ?? '');
}

/** The number in exactly `size` bytes; undefined when it does not fit. */
function fixedLength(number: Uint8Array, size: number): Buffer | undefined {
  const first = number.findIndex((byte) => byte !== 0);
  const digits = first === -1 ? number.subarray(number.length) : number.subarray(first);
  if (digits.length > size) return undefined;
  return Buffer.concat([Buffer.alloc(size - digits.length), digits]);
}
