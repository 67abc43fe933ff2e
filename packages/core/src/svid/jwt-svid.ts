import { SvidError, type SvidErrorCode } from '../errors.ts';
import { decodeBase64Url } from '../encoding/base64.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import { parseJson } from '../json/parse-json.ts';
import { readJwtClaims, type JwtRegisteredClaims } from './jwt-claims.ts';
import { readJwtHeader, type JwtHeader } from './jwt-header.ts';
import { MAX_JWT_BYTES } from './jwt-limits.ts';

/** A JWT-SVID. The token is a bearer secret: never log it. */
export interface JwtSvid extends JwtRegisteredClaims {
  /** Which authority of the bundle signed it. */
  readonly keyId: string;
  /** Every claim of the token, the registered ones included. */
  readonly claims: JsonObject;
  /** The compact serialization. */
  readonly token: string;
  /** What the Workload API said it is for; `''` when nothing was said. */
  readonly hint: string;
}

/** A token taken apart, nothing of it trusted. */
export interface JwtParts {
  readonly header: JwtHeader;
  readonly svid: JwtSvid;
  /** What the signature is over, ASCII. */
  readonly signingInput: string;
  readonly signature: Buffer;
}

const PARTS = 3;

/**
 * What a token says, WITHOUT checking its signature, its times or its audience: for tokens that came from the
 * Workload API, which vouches for them, and for diagnosis.
 *
 * @throws {SvidError} `ERR_JWT_*` for a token that breaks the profile.
 * @spec JWT-SVID §2, §3
 */
export function parseJwtSvidInsecure(token: string, options: { readonly hint?: string } = {}): JwtSvid {
  return { ...splitJwtSvid(token).svid, hint: options.hint ?? '' };
}

/**
 * Takes a compact token apart and checks its form, header first.
 *
 * @throws {SvidError} `ERR_JWT_TOO_LARGE`, `ERR_JWT_MALFORMED`, `ERR_JWT_HEADER`, `ERR_JWT_CLAIMS`, and the codes of
 * the header's and the claims' own rules.
 */
export function splitJwtSvid(token: string): JwtParts {
  if (token.length > MAX_JWT_BYTES)
    throw new SvidError('ERR_JWT_TOO_LARGE', `token is longer than ${MAX_JWT_BYTES} bytes`);
  // One part more than allowed is enough to know that there are too many.
  const [encodedHeader = '', encodedClaims = '', encodedSignature = '', ...rest] = token.split(
    '.',
    PARTS + 1,
  );
  if (encodedHeader === '' || encodedClaims === '' || encodedSignature === '' || rest.length > 0) {
    throw new SvidError('ERR_JWT_MALFORMED', 'token is not a signed JWT in compact form');
  }
  const header = readJwtHeader(decodeObject(encodedHeader, 'ERR_JWT_HEADER', 'header'));
  const claims = decodeObject(encodedClaims, 'ERR_JWT_CLAIMS', 'payload');
  return {
    header,
    svid: { ...readJwtClaims(claims), keyId: header.keyId, claims, token, hint: '' },
    signingInput: `${encodedHeader}.${encodedClaims}`,
    signature: decodePart(encodedSignature),
  };
}

function decodePart(text: string): Buffer {
  const bytes = decodeBase64Url(text);
  if (bytes === undefined) throw new SvidError('ERR_JWT_MALFORMED', 'token part is not canonical base64url');
  return bytes;
}

function decodeObject(text: string, code: SvidErrorCode, what: string): JsonObject {
  const value = parsePart(decodePart(text), code, what);
  if (!isJsonObject(value)) throw new SvidError(code, `token ${what} is not a JSON object`);
  return value;
}

function parsePart(bytes: Uint8Array, code: SvidErrorCode, what: string): JsonValue {
  try {
    return parseJson(bytes, { maxBytes: MAX_JWT_BYTES });
  } catch (cause) {
    throw new SvidError(code, `token ${what} is not well-formed JSON`, { cause });
  }
}
