import { parseTrustDomain, type SpiffeId, SpiffeIdError, spiffeIdFromPath } from '@signet/core';
import type { SPIFFEIDInput, SPIFFEIDOutput } from '../gen/spire/api/types/SPIFFEID.ts';

/** A SPIFFE ID as the APIs carry it. */
export function spiffeIdToWire(id: SpiffeId): SPIFFEIDInput {
  return { trust_domain: id.trustDomain.name, path: id.path };
}

/**
 * Reads a SPIFFE ID of a request. The trust domain may be written as a name or as a SPIFFE ID.
 *
 * @throws {SpiffeIdError} `ERR_SPIFFE_ID_MISSING` when there is no message; else the codes of the parser.
 */
export function spiffeIdFromWire(wire: SPIFFEIDOutput | null | undefined): SpiffeId {
  if (wire === null || wire === undefined) {
    throw new SpiffeIdError('ERR_SPIFFE_ID_MISSING', 'request must specify SPIFFE ID');
  }
  return spiffeIdFromPath(parseTrustDomain(wire.trust_domain), wire.path);
}
