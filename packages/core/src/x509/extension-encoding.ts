import { X509Error } from '../errors.ts';
import {
  encodeBoolean,
  encodeContextPrimitive,
  encodeNamedBits,
  encodeObjectIdentifier,
  encodeOctetString,
  encodeSequence,
  encodeSmallInteger,
} from './der/der-writer.ts';
import { generalName } from './general-names.ts';
import { keyUsage } from './key-usage.ts';
import { oid } from './object-identifiers.ts';

const encodedOids = {
  subjectAltName: encodeObjectIdentifier(oid.subjectAltName),
  subjectKeyIdentifier: encodeObjectIdentifier(oid.subjectKeyIdentifier),
  authorityKeyIdentifier: encodeObjectIdentifier(oid.authorityKeyIdentifier),
};

/** One extension; `critical` is written only when it is true. */
export function encodeExtension(type: Uint8Array, critical: boolean, value: Uint8Array): Uint8Array {
  const content = encodeOctetString(value);
  return critical ? encodeSequence(type, encodeBoolean(true), content) : encodeSequence(type, content);
}

/**
 * keyUsage, extKeyUsage and basicConstraints of an X509-SVID, in SPIRE's order.
 *
 * @spec SPIRE server API §12; X509-SVID §4
 */
export const SVID_USAGE_EXTENSIONS: Uint8Array = Buffer.concat([
  encodeExtension(
    encodeObjectIdentifier(oid.keyUsage),
    true,
    encodeNamedBits(keyUsage.digitalSignature | keyUsage.keyEncipherment | keyUsage.keyAgreement),
  ),
  encodeExtension(
    encodeObjectIdentifier(oid.extKeyUsage),
    false,
    encodeSequence(encodeObjectIdentifier(oid.serverAuth), encodeObjectIdentifier(oid.clientAuth)),
  ),
  encodeExtension(encodeObjectIdentifier(oid.basicConstraints), true, encodeSequence()),
]);

/** keyUsage and basicConstraints of a CA; without a path length any number of CAs may follow. */
export function caUsageExtensions(pathLen: number | undefined): Uint8Array {
  const limit = pathLen === undefined ? [] : [encodeSmallInteger(pathLen)];
  return Buffer.concat([
    encodeExtension(
      encodeObjectIdentifier(oid.keyUsage),
      true,
      encodeNamedBits(keyUsage.keyCertSign | keyUsage.crlSign),
    ),
    encodeExtension(
      encodeObjectIdentifier(oid.basicConstraints),
      true,
      encodeSequence(encodeBoolean(true), ...limit),
    ),
  ]);
}

export function subjectKeyIdExtension(keyId: Uint8Array): Uint8Array {
  return encodeExtension(encodedOids.subjectKeyIdentifier, false, encodeOctetString(keyId));
}

export function authorityKeyIdExtension(keyId: Uint8Array): Uint8Array {
  const value = encodeSequence(encodeContextPrimitive(0, keyId));
  return encodeExtension(encodedOids.authorityKeyIdentifier, false, value);
}

/**
 * subjectAltName with the DNS names before the URI, as SPIRE writes it; empty when there is no name.
 *
 * @throws {X509Error} `ERR_INVALID_ARGUMENT` a name has other than visible ASCII characters.
 */
export function subjectAltNameExtension(
  names: { readonly dnsNames?: readonly string[]; readonly uri?: string | undefined },
  critical: boolean,
): Uint8Array {
  const encoded = (names.dnsNames ?? []).map((name) =>
    encodeContextPrimitive(generalName.dns, asciiOctets(name)),
  );
  if (names.uri !== undefined) encoded.push(encodeContextPrimitive(generalName.uri, asciiOctets(names.uri)));
  if (encoded.length === 0) return new Uint8Array();
  return encodeExtension(encodedOids.subjectAltName, critical, encodeSequence(...encoded));
}

function asciiOctets(name: string): Uint8Array {
  const octets = Buffer.from(name, 'utf8');
  const isVisible = octets.length > 0 && octets.every((octet) => octet > 0x20 && octet < 0x7f);
  if (!isVisible) throw new X509Error('ERR_INVALID_ARGUMENT', 'names in certificates must be visible ASCII');
  return octets;
}
