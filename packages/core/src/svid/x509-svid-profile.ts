import { SignetError, SvidError } from '../errors.ts';
import { MAX_VERIFIED_SPIFFE_ID_BYTES, parseSpiffeId, type SpiffeId } from '../spiffe-id/spiffe-id.ts';
import { type Certificate } from '../x509/certificate.ts';
import { keyUsage } from '../x509/key-usage.ts';
import { oid } from '../x509/object-identifiers.ts';

const FORBIDDEN_KEY_USAGE = keyUsage.keyCertSign | keyUsage.crlSign;

/**
 * The SPIFFE ID of a certificate that may authenticate a workload. Nothing is said about who signed it.
 *
 * @throws {SvidError} `ERR_X509_SVID_URI_SAN_COUNT` not exactly one URI SAN, whatever its scheme;
 *   `ERR_X509_SVID_SPIFFE_ID` that URI is no SPIFFE ID; `ERR_X509_SVID_PATH_MISSING` it has no path; `ERR_X509_SVID_CA` a
 *   CA certificate; `ERR_X509_SVID_KEY_USAGE` no key usage, no digitalSignature, or keyCertSign or cRLSign;
 *   `ERR_X509_SVID_EXT_KEY_USAGE` purposes are listed, but not serverAuth and clientAuth both.
 * @spec X509-SVID §2, §3, §4, §5.2
 */
export function requireX509SvidLeaf(leaf: Certificate): SpiffeId {
  const id = requireSpiffeId(leaf);
  if (id.path === '')
    throw new SvidError('ERR_X509_SVID_PATH_MISSING', 'SPIFFE ID of an X509-SVID must have a path');
  if (leaf.isCa) throw new SvidError('ERR_X509_SVID_CA', 'a CA certificate authenticates nobody');
  requireKeyUsage(leaf.keyUsage);
  requirePurposes(leaf.extKeyUsages);
  return id;
}

function requireSpiffeId({ uriSans }: Certificate): SpiffeId {
  const [uri] = uriSans;
  if (uri === undefined || uriSans.length > 1) {
    throw new SvidError('ERR_X509_SVID_URI_SAN_COUNT', 'X509-SVID must have exactly one URI SAN');
  }
  try {
    return parseSpiffeId(uri, { maxBytes: MAX_VERIFIED_SPIFFE_ID_BYTES });
  } catch (cause) {
    if (!(cause instanceof SignetError)) throw cause;
    throw new SvidError('ERR_X509_SVID_SPIFFE_ID', `URI SAN is not a SPIFFE ID: ${cause.message}`, { cause });
  }
}

function requireKeyUsage(usage: number | undefined): void {
  if (usage === undefined || (usage & keyUsage.digitalSignature) === 0) {
    throw new SvidError('ERR_X509_SVID_KEY_USAGE', 'X509-SVID must have the key usage digitalSignature');
  }
  if ((usage & FORBIDDEN_KEY_USAGE) !== 0) {
    throw new SvidError(
      'ERR_X509_SVID_KEY_USAGE',
      'X509-SVID must not have the key usage keyCertSign or cRLSign',
    );
  }
}

function requirePurposes(purposes: readonly string[]): void {
  if (purposes.length === 0 || (purposes.includes(oid.serverAuth) && purposes.includes(oid.clientAuth)))
    return;
  throw new SvidError('ERR_X509_SVID_EXT_KEY_USAGE', 'X509-SVID must be for both serverAuth and clientAuth');
}
