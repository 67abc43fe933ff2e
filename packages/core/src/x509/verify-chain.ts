import { type Certificate } from './certificate.ts';
import { PathSearch, type VerifyChainOptions } from './path-search.ts';
import { workLimit } from './work-budget.ts';

export { type VerifyChainOptions } from './path-search.ts';

const MAX_POOL = 256;
const MAX_INTERMEDIATE_BYTES = 256 * 1024;

/**
 * Finds a path from a certificate to a trust anchor that passes RFC 5280 path validation.
 *
 * Every issuer that fits by name is tried, those that look best first, until a path holds or the work allowed is used
 * up. Revocation and certificate policies are not looked at; a chain that depends on policy constraints is refused.
 *
 * @returns the path, leaf first, root last.
 * @throws {X509Error} the reason that stopped the most promising path: `ERR_X509_EXPIRED`, `ERR_X509_NOT_YET_VALID`,
 *   `ERR_X509_CRITICAL_EXTENSION`, `ERR_X509_NOT_CA`, `ERR_X509_KEY_USAGE`, `ERR_X509_PATH_LENGTH`,
 *   `ERR_X509_NAME_CONSTRAINTS`, `ERR_X509_EXT_KEY_USAGE`, `ERR_X509_SIGNATURE`, `ERR_X509_SIGNATURE_ALGORITHM`,
 *   `ERR_X509_CHAIN_TOO_LONG`, `ERR_KEY_*`; where the conformance asked for is not kept `ERR_X509_SERIAL`,
 *   `ERR_X509_SUBJECT`, `ERR_X509_SAN`, `ERR_X509_EXTENSION`, `ERR_X509_BASIC_CONSTRAINTS`,
 *   `ERR_X509_KEY_IDENTIFIER`; `ERR_X509_NO_PATH` no issuer leads to a root; `ERR_X509_WORK_LIMIT` too many certificates
 *   or too much to try.
 * @spec RFC 5280 §6.1; RFC 4158
 */
export function verifyChain(leaf: Certificate, options: VerifyChainOptions): readonly Certificate[] {
  if (!Number.isFinite(options.at)) throw new TypeError('at must be a time');
  requireBoundedPool(options);
  return new PathSearch(options).findPath(leaf);
}

function requireBoundedPool({ intermediates, roots }: VerifyChainOptions): void {
  const bytes = intermediates.reduce((sum, { der }) => sum + der.length, 0);
  if (intermediates.length + roots.length > MAX_POOL || bytes > MAX_INTERMEDIATE_BYTES) throw workLimit();
}
