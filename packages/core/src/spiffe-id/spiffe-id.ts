import { SpiffeIdError } from '../errors.ts';
import { scanPath } from './path.ts';
import { MAX_TRUST_DOMAIN_BYTES, TrustDomain } from './trust-domain.ts';

/** Longest SPIFFE ID, in bytes, that may be created or stored. @spec SPIFFE-ID §2.3 */
export const MAX_SPIFFE_ID_BYTES = 2048;

/** Longest SPIFFE ID, in bytes, that is read from a foreign SVID. */
export const MAX_VERIFIED_SPIFFE_ID_BYTES = 4096;

const SCHEME_PREFIX = 'spiffe://';
const SLASH = '/';

/** What {@link parseSpiffeId} may be told. */
export interface ParseSpiffeIdOptions {
  /** Longest accepted text; default {@link MAX_SPIFFE_ID_BYTES}. */
  readonly maxBytes?: number;
}

/** A SPIFFE ID, valid by construction: get one from {@link parseSpiffeId} or {@link spiffeIdFromPath}. */
export class SpiffeId {
  readonly trustDomain: TrustDomain;
  /** The whole ID, `spiffe://name/path`; the path is cut from it on demand. */
  readonly uri: string;

  private constructor(trustDomain: TrustDomain, uri: string) {
    this.trustDomain = trustDomain;
    this.uri = uri;
  }

  /** Result, rules and errors: see {@link parseSpiffeId}. */
  static parse(text: string, maxBytes: number): SpiffeId {
    checkLength(text.length, maxBytes);
    if (!text.startsWith(SCHEME_PREFIX)) {
      throw new SpiffeIdError('ERR_SPIFFE_ID_SCHEME', 'SPIFFE ID scheme is missing or not "spiffe"');
    }
    const slash = text.indexOf(SLASH, SCHEME_PREFIX.length);
    const end = slash === -1 ? text.length : slash;
    const trustDomain = trustDomainIn(text, end);
    scanPath(text, end, text.length);
    return new SpiffeId(trustDomain, text);
  }

  /** Result, rules and errors: see {@link spiffeIdFromPath}. */
  static fromPath(trustDomain: TrustDomain, path: string): SpiffeId {
    checkLength(trustDomain.idString.length + path.length, MAX_SPIFFE_ID_BYTES);
    scanPath(path, 0, path.length);
    return new SpiffeId(trustDomain, trustDomain.idString + path);
  }

  /** `''` or `/a/b`. */
  get path(): string {
    return this.uri.slice(this.trustDomain.idString.length);
  }

  /** Same bytes, path case included. @spec SPIFFE-ID §2.4 */
  equals(other: SpiffeId): boolean {
    return this === other || this.uri === other.uri;
  }

  memberOf(trustDomain: TrustDomain): boolean {
    return this.trustDomain.equals(trustDomain);
  }

  /** The whole ID. */
  toString(): string {
    return this.uri;
  }

  toJSON(): string {
    return this.uri;
  }
}

/**
 * A SPIFFE ID from its text, taken as it stands: nothing is decoded, lowered or normalised.
 *
 * @throws {SpiffeIdError} `ERR_SPIFFE_ID_*` or `ERR_TRUST_DOMAIN_*`, one code per broken rule.
 * @spec SPIFFE-ID §2
 */
export function parseSpiffeId(text: string, options: ParseSpiffeIdOptions = {}): SpiffeId {
  return SpiffeId.parse(text, options.maxBytes ?? MAX_SPIFFE_ID_BYTES);
}

/**
 * The SPIFFE ID of a path in a trust domain.
 *
 * @param path - `''` or `/a/b`.
 * @throws {SpiffeIdError} `ERR_SPIFFE_ID_PATH_*`, `ERR_SPIFFE_ID_TOO_LONG`.
 */
export function spiffeIdFromPath(trustDomain: TrustDomain, path: string): SpiffeId {
  return SpiffeId.fromPath(trustDomain, path);
}

/**
 * A trust domain from its bare name, or from any SPIFFE ID, whose path is then dropped.
 *
 * @throws {SpiffeIdError} `ERR_TRUST_DOMAIN_*` or `ERR_SPIFFE_ID_*`, one code per broken rule.
 */
export function parseTrustDomain(text: string): TrustDomain {
  return text.includes(':/') ? parseSpiffeId(text).trustDomain : TrustDomain.fromName(text);
}

function checkLength(length: number, maxBytes: number): void {
  if (length > maxBytes) {
    throw new SpiffeIdError('ERR_SPIFFE_ID_TOO_LONG', `SPIFFE ID is longer than ${maxBytes} bytes`);
  }
}

// Nearly all IDs a process sees share one trust domain: its value is shared too, which saves a scan and an object per ID.
let lastSeen: TrustDomain | undefined;

function trustDomainIn(text: string, end: number): TrustDomain {
  if (lastSeen?.idString.length === end && text.startsWith(lastSeen.idString)) return lastSeen;
  // Cut no more than one byte past the limit out of a long hostile text.
  const name = text.slice(
    SCHEME_PREFIX.length,
    Math.min(end, SCHEME_PREFIX.length + MAX_TRUST_DOMAIN_BYTES + 1),
  );
  lastSeen = TrustDomain.fromName(name);
  return lastSeen;
}
