import { bundleFromWire, type WireBundleOutput } from '@signet/api';
import { encodePem, formatSpiffeBundle } from '@signet/core';
import { type Flag, flag, flagError } from '@signet/daemon';

const FORMATS = ['pem', 'spiffe'] as const;

/** How a bundle is written: X.509 authorities as PEM, or the JWKS document of the SPIFFE standard. */
export type BundleFormat = (typeof FORMATS)[number];

/** `-format` */
export function bundleFormatFlag(verb: string): { readonly format: Flag<string> } {
  return {
    format: flag.text(`Format of the bundle that is ${verb}`, 'pem', {
      choices: FORMATS,
      meanings: {
        pem: 'the X.509 authorities',
        spiffe: 'the JWKS document of the SPIFFE standard, with JWT authorities too',
      },
    }),
  };
}

/** @throws {ConfigError} `ERR_CONFIG_FLAG` */
export function readBundleFormat(text: string): BundleFormat {
  const lower = text.toLowerCase();
  const format = FORMATS.find((known) => known === lower);
  if (format === undefined) throw flagError(`invalid format: ${JSON.stringify(lower)}`);
  return format;
}

/** A bundle as a file holds it. */
export function bundleText(bundle: WireBundleOutput, format: BundleFormat): string {
  if (format === 'pem')
    return bundle.x509_authorities.map(({ asn1 }) => encodePem('CERTIFICATE', asn1)).join('');
  return `${formatSpiffeBundle(bundleFromWire(bundle), { indent: 4 })}\n`;
}
