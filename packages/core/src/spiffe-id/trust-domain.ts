import { SpiffeIdError, type ErrorCode } from '../errors.ts';
import { isTrustDomainByte, isUppercaseByte } from './alphabet.ts';

/** Longest trust domain name in bytes. @spec SPIFFE-ID §2.3 (host of a URI) */
export const MAX_TRUST_DOMAIN_BYTES = 255;

const SCHEME_PREFIX = 'spiffe://';

/** A trust domain name, valid by construction: get one from {@link parseTrustDomain}. */
export class TrustDomain {
  /** The bare name, e.g. `example.org`. */
  readonly name: string;
  /** `spiffe://name`, the ID of the trust domain itself. */
  readonly idString: string;

  private constructor(name: string) {
    this.name = name;
    this.idString = SCHEME_PREFIX + name;
  }

  /**
   * A trust domain from its bare name.
   *
   * @throws {SpiffeIdError} `ERR_TRUST_DOMAIN_*`, `ERR_SPIFFE_ID_*` one code per broken rule.
   * @spec SPIFFE-ID §2.1
   */
  static fromName(name: string): TrustDomain {
    scanTrustDomain(name, 0, name.length);
    return new TrustDomain(name);
  }

  equals(other: TrustDomain): boolean {
    return this === other || this.name === other.name;
  }

  /** The bare name. */
  toString(): string {
    return this.name;
  }

  toJSON(): string {
    return this.name;
  }
}

/** Checks that `text[start, end)` is a trust domain name. */
export function scanTrustDomain(text: string, start: number, end: number): void {
  if (end === start) throw new SpiffeIdError('ERR_TRUST_DOMAIN_EMPTY', 'trust domain is missing');
  if (end - start > MAX_TRUST_DOMAIN_BYTES) {
    throw new SpiffeIdError('ERR_TRUST_DOMAIN_TOO_LONG', 'trust domain is longer than 255 bytes');
  }
  for (let i = start; i < end; i++) {
    const byte = text.charCodeAt(i);
    if (!isTrustDomainByte(byte)) throw trustDomainByteError(byte);
  }
}

const FORBIDDEN: ReadonlyMap<string, readonly [ErrorCode, string]> = new Map([
  ['@', ['ERR_SPIFFE_ID_USERINFO', 'SPIFFE ID cannot have user info']],
  [':', ['ERR_SPIFFE_ID_PORT', 'trust domain cannot have a port']],
  ['?', ['ERR_SPIFFE_ID_QUERY', 'SPIFFE ID cannot have a query']],
  ['#', ['ERR_SPIFFE_ID_FRAGMENT', 'SPIFFE ID cannot have a fragment']],
  ['%', ['ERR_SPIFFE_ID_PERCENT_ENCODED', 'trust domain cannot be percent-encoded']],
]);

function trustDomainByteError(byte: number): SpiffeIdError {
  const known = FORBIDDEN.get(String.fromCharCode(byte));
  if (known !== undefined) return new SpiffeIdError(known[0], known[1]);
  if (isUppercaseByte(byte)) {
    return new SpiffeIdError('ERR_TRUST_DOMAIN_UPPERCASE', 'trust domain must be lowercase');
  }
  return new SpiffeIdError(
    'ERR_TRUST_DOMAIN_CHARACTER',
    'trust domain characters are limited to lowercase letters, digits, dots, dashes and underscores',
  );
}
