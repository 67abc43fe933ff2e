import { SvidError, X509Error } from '../errors.ts';
import { type X509Bundle, type X509BundleSource } from '../bundle/x509-bundle.ts';
import { type SpiffeId } from '../spiffe-id/spiffe-id.ts';
import { type UnixSeconds } from '../time.ts';
import { type Certificate, parseCertificate } from '../x509/certificate.ts';
import { verifyChain } from '../x509/verify-chain.ts';
import { requireX509SvidLeaf } from './x509-svid-profile.ts';

/** Certificates that an X509-SVID may come with, itself included. */
export const MAX_X509_SVID_CHAIN_LENGTH = 8;
const MAX_CHAIN_BYTES = 64 * 1024;

/** An X509-SVID whose chain was verified. */
export interface VerifiedX509Svid {
  readonly id: SpiffeId;
  /** Leaf first; the last one is the authority of the bundle that the path ends in. */
  readonly chain: readonly Certificate[];
}

/**
 * Verifies an X509-SVID chain against the bundle of its own trust domain.
 *
 * The leaf's SPIFFE ID is read first because it selects the bundle; it is not trusted until the chain verifies, so
 * nothing is returned on failure.
 *
 * @param chainDer - leaf first, then intermediates; 1 to 8 DER certificates, 64 KiB together, untrusted.
 * @param options.at - verification time, Unix seconds.
 * @throws {SvidError} `ERR_X509_SVID_EMPTY` no certificate; `ERR_X509_SVID_NO_BUNDLE` the trust domain is not trusted;
 *   `ERR_X509_SVID_UNTRUSTED` no path to an authority of the bundle, the reason is the code of its cause;
 *   `ERR_X509_SVID_URI_SAN_COUNT`, `_SPIFFE_ID`, `_PATH_MISSING`, `_CA`, `_KEY_USAGE`, `_EXT_KEY_USAGE` the leaf is no
 *   X509-SVID.
 * @throws {X509Error} `ERR_X509_CHAIN_TOO_LONG`, or a certificate of the chain does not parse.
 * @spec X509-SVID §2, §5; RFC 5280 §6.1
 */
export function verifyX509Svid(
  chainDer: readonly Uint8Array[],
  { bundles, at }: { readonly bundles: X509BundleSource; readonly at: UnixSeconds },
): VerifiedX509Svid {
  requireBoundedChain(chainDer);
  const [leaf, ...intermediates] = chainDer.map((der) => parseCertificate(der));
  if (leaf === undefined) throw new SvidError('ERR_X509_SVID_EMPTY', 'there is no certificate');
  const id = requireX509SvidLeaf(leaf);
  const { authorities } = bundleOf(id, bundles);
  try {
    return { id, chain: verifyChain(leaf, { intermediates, roots: authorities, at, conformance: 'spiffe' }) };
  } catch (cause) {
    if (!(cause instanceof X509Error)) throw cause;
    const message = `no path to an authority of trust domain "${id.trustDomain.name}": ${cause.message}`;
    throw new SvidError('ERR_X509_SVID_UNTRUSTED', message, { cause, details: { reason: cause.code } });
  }
}

function requireBoundedChain(chainDer: readonly Uint8Array[]): void {
  const bytes = chainDer.reduce((sum, der) => sum + der.length, 0);
  if (chainDer.length <= MAX_X509_SVID_CHAIN_LENGTH && bytes <= MAX_CHAIN_BYTES) return;
  throw new X509Error('ERR_X509_CHAIN_TOO_LONG', 'certificate chain is too long');
}

function bundleOf(id: SpiffeId, bundles: X509BundleSource): X509Bundle {
  const bundle = bundles.x509Bundle(id.trustDomain);
  // A source that answers with somebody else's bundle must not make that one count.
  if (bundle?.trustDomain.equals(id.trustDomain)) return bundle;
  throw new SvidError('ERR_X509_SVID_NO_BUNDLE', `no bundle for trust domain "${id.trustDomain.name}"`);
}
