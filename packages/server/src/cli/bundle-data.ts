import { bundleToWire, type WireBundleInput } from '@signet/api';
import {
  ConfigError,
  decodePem,
  parseCertificateSequence,
  parseSpiffeBundle,
  parseTrustDomain,
} from '@signet/core';
import { errorText } from '@signet/daemon';
import type { BundleFormat } from './bundle-text.ts';

/**
 * Reads a bundle that an operator gives, as the APIs carry it.
 *
 * @param id - its trust domain, as a name or as a SPIFFE ID.
 * @throws {ConfigError} `ERR_CONFIG_FILE` when it is not in the format.
 */
export function readBundleData(text: string, id: string, format: BundleFormat): WireBundleInput {
  return format === 'pem'
    ? { trust_domain: id, x509_authorities: pemAuthorities(text) }
    : spiffeBundle(text, id);
}

function pemAuthorities(text: string): NonNullable<WireBundleInput['x509_authorities']> {
  if (!text.includes('-----BEGIN ')) throw unreadable('unable to parse bundle data: no PEM blocks');
  try {
    return decodePem(text, 'CERTIFICATE')
      .flatMap((der) => parseCertificateSequence(der))
      .map(({ der }) => ({ asn1: der, tainted: false }));
  } catch (error) {
    throw unreadable(`unable to parse bundle data: ${errorText(error)}`, error);
  }
}

function spiffeBundle(text: string, id: string): WireBundleInput {
  try {
    return bundleToWire(parseSpiffeBundle(parseTrustDomain(id), text));
  } catch (error) {
    throw unreadable(`unable to parse to spiffe bundle: ${errorText(error)}`, error);
  }
}

function unreadable(message: string, cause?: unknown): ConfigError {
  return new ConfigError('ERR_CONFIG_FILE', message, { cause });
}
