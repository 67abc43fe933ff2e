import { isJsonArray, isJsonObject, parseJson, type JsonObject, type JsonValue } from '@signet/core';

/** Length of either side's nonce, bytes. */
export const NONCE_BYTES = 32;

const MAX_CHALLENGE_BYTES = 4096;
const MAX_RESPONSE_BYTES = 16_384;

/** The server's challenge: a nonce to be signed with a key of the certificate's kind. */
export interface PossessionChallenge {
  readonly method: PossessionMethod;
  readonly nonce: Uint8Array;
}

/** How possession is shown: RSASSA-PSS or ECDSA, each with SHA-256 over both nonces. */
export type PossessionMethod = 'rsa_signature' | 'ecdsa_signature';

/** The agent's answer. */
export type PossessionResponse =
  | { readonly method: 'rsa_signature'; readonly nonce: Uint8Array; readonly signature: Uint8Array }
  | {
      readonly method: 'ecdsa_signature';
      readonly nonce: Uint8Array;
      readonly r: Uint8Array;
      readonly s: Uint8Array;
    };

/** A message is not what the protocol says; the text may be shown to the peer. */
export class WireError extends Error {}

/** `{"certificates":[…]}`, leaf first. */
export function encodeCertificates(chainDer: readonly Uint8Array[]): Uint8Array {
  return encode({ certificates: chainDer.map(base64) });
}

/**
 * The certificates of an agent's payload, leaf first; possibly none.
 *
 * @throws {WireError} malformed, or larger than `maxBytes`.
 */
export function decodeCertificates(payload: Uint8Array, maxBytes: number): readonly Uint8Array[] {
  const certificates = decode(payload, maxBytes).get('certificates') ?? [];
  if (!isJsonArray(certificates)) throw new WireError('certificates must be a list');
  return certificates.map(bytesOf);
}

/** `{"rsa_signature":{"nonce":…},"ecdsa_signature":null}`, or the other way round. */
export function encodeChallenge({ method, nonce }: PossessionChallenge): Uint8Array {
  return encode({ rsa_signature: null, ecdsa_signature: null, [method]: { nonce: base64(nonce) } });
}

/** @throws {WireError} malformed, or not exactly one method. */
export function decodeChallenge(bytes: Uint8Array): PossessionChallenge {
  const [method, body] = methodOf(decode(bytes, MAX_CHALLENGE_BYTES));
  return { method, nonce: nonceOf(body) };
}

/** The response in the shape of its method; `r` and `s` are big-endian numbers. */
export function encodeResponse(response: PossessionResponse): Uint8Array {
  const { method, ...body } = response;
  const fields = Object.entries(body).map(
    ([name, value]: [string, Uint8Array]) => [name, base64(value)] as const,
  );
  return encode({ rsa_signature: null, ecdsa_signature: null, [method]: Object.fromEntries(fields) });
}

/** @throws {WireError} malformed, or not exactly one method. */
export function decodeResponse(bytes: Uint8Array): PossessionResponse {
  const [method, body] = methodOf(decode(bytes, MAX_RESPONSE_BYTES));
  const nonce = nonceOf(body);
  if (method === 'rsa_signature') return { method, nonce, signature: bytesOf(body.get('signature')) };
  return { method, nonce, r: bytesOf(body.get('r')), s: bytesOf(body.get('s')) };
}

function methodOf(message: JsonObject): [PossessionMethod, JsonObject] {
  const [rsa, ecdsa] = [message.get('rsa_signature') ?? null, message.get('ecdsa_signature') ?? null];
  if ((rsa === null) === (ecdsa === null)) throw new WireError('exactly one of the methods must be there');
  const body = rsa ?? ecdsa;
  if (!isJsonObject(body ?? undefined)) throw new WireError('a method must be an object');
  return [rsa === null ? 'ecdsa_signature' : 'rsa_signature', body as JsonObject];
}

function nonceOf(body: JsonObject): Uint8Array {
  const nonce = bytesOf(body.get('nonce'));
  if (nonce.length !== NONCE_BYTES) throw new WireError(`a nonce must have ${NONCE_BYTES} bytes`);
  return nonce;
}

function encode(message: Readonly<Record<string, unknown>>): Uint8Array {
  return Buffer.from(JSON.stringify(message));
}

function decode(bytes: Uint8Array, maxBytes: number): JsonObject {
  const message = parsed(bytes, maxBytes);
  if (!isJsonObject(message)) throw new WireError('a message must be a JSON object');
  return message;
}

function parsed(bytes: Uint8Array, maxBytes: number): JsonValue {
  try {
    return parseJson(bytes, { maxBytes, maxDepth: 4 });
  } catch (cause) {
    throw new WireError(cause instanceof Error ? cause.message : 'not JSON', { cause });
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

// Node's decoder skips what it does not know; only what encodes back to the same text was well-formed.
function bytesOf(value: JsonValue | undefined): Uint8Array {
  const bytes = typeof value === 'string' ? Buffer.from(value, 'base64') : undefined;
  if (bytes?.toString('base64') !== value || bytes === undefined) throw new WireError('bytes must be base64');
  return bytes;
}
