import {
  type Clock,
  nowSeconds,
  parseCertificate,
  parseSpiffeId,
  serverId,
  SpiffeIdError,
  SvidError,
  type TrustDomain,
  verifyX509Svid,
  type X509BundleSource,
} from '@signet/core';

/** Decides whether a server that showed this chain is the one to talk to; throws when it is not. */
export type ServerVerifier = (chainDer: readonly Uint8Array[]) => void;

/**
 * Accepts only `spiffe://<trust domain>/spire/server`, verified against the agent's bundle as it is now.
 *
 * @throws {SvidError} why the chain is not an X509-SVID of the trust domain.
 * @throws {SpiffeIdError} `ERR_SPIFFE_ID_MISMATCH` for any other SPIFFE ID.
 * @spec SPIRE server API §13, connection
 */
export function verifyServerByBundle(
  trustDomain: TrustDomain,
  bundles: X509BundleSource,
  clock: Clock,
): ServerVerifier {
  return (chainDer) => {
    const { id } = verifyX509Svid(chainDer, { bundles, at: nowSeconds(clock) });
    requireServer(id.uri, trustDomain);
  };
}

/**
 * Accepts any certificate that claims to be the server: the bootstrap of `insecure_bootstrap`, which trusts the network.
 *
 * @throws {SpiffeIdError} `ERR_SPIFFE_ID_MISMATCH` when it does not even claim that.
 */
export function verifyServerIdOnly(trustDomain: TrustDomain): ServerVerifier {
  return (chainDer) => {
    const [leafDer] = chainDer;
    if (leafDer === undefined) throw new SvidError('ERR_X509_SVID_EMPTY', 'the server sent no certificate');
    const [uri, ...others] = parseCertificate(leafDer).uriSans;
    if (uri === undefined || others.length > 0) {
      throw new SvidError('ERR_X509_SVID_URI_SAN_COUNT', 'the server certificate needs exactly one URI SAN');
    }
    requireServer(parseSpiffeId(uri).uri, trustDomain);
  };
}

function requireServer(uri: string, trustDomain: TrustDomain): void {
  const expected = serverId(trustDomain).uri;
  if (uri === expected) return;
  throw new SpiffeIdError('ERR_SPIFFE_ID_MISMATCH', `unexpected server ID "${uri}", expected "${expected}"`);
}
