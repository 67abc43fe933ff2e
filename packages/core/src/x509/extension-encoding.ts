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
import { type BackwardWriter } from './der/backward-writer.ts';
import { contextPrimitive, tag } from './der/tag.ts';
import { generalName } from './general-names.ts';
import { keyUsage } from './key-usage.ts';
import { oid } from './object-identifiers.ts';

const SPACE = 0x20;

const encodedOids = {
  subjectAltName: encodeObjectIdentifier(oid.subjectAltName),
  subjectKeyIdentifier: encodeObjectIdentifier(oid.subjectKeyIdentifier),
  authorityKeyIdentifier: encodeObjectIdentifier(oid.authorityKeyIdentifier),
};

/** Names for a subjectAltName extension. */
export interface AltNames {
  readonly dnsNames?: readonly string[] | undefined;
  readonly uri?: string | undefined;
}

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

/** Puts a subjectKeyIdentifier extension. */
export function putSubjectKeyId(writer: BackwardWriter, keyId: Uint8Array): void {
  const before = writer.mark;
  writer.put(keyId);
  writer.close(tag.octetString, before);
  writer.close(tag.octetString, before);
  writer.put(encodedOids.subjectKeyIdentifier);
  writer.close(tag.sequence, before);
}

export function authorityKeyIdExtension(keyId: Uint8Array): Uint8Array {
  const value = encodeSequence(encodeContextPrimitive(0, keyId));
  return encodeExtension(encodedOids.authorityKeyIdentifier, false, value);
}

/**
 * Puts a subjectAltName extension with the DNS names before the URI, as SPIRE writes it; nothing when there is no name.
 *
 * @throws {X509Error} `ERR_INVALID_ARGUMENT` a name has other than visible ASCII characters, or the URI has spaces.
 */
export function putSubjectAltName(writer: BackwardWriter, names: AltNames, critical: boolean): void {
  const { dnsNames = [], uri } = names;
  if (uri === undefined && dnsNames.length === 0) return;
  const before = writer.mark;
  if (uri !== undefined) putName(writer, contextPrimitive(generalName.uri), uri);
  for (let i = dnsNames.length - 1; i >= 0; i--) {
    putName(writer, contextPrimitive(generalName.dns), dnsNames[i] as string);
  }
  writer.close(tag.sequence, before);
  writer.close(tag.octetString, before);
  if (critical) writer.put(encodeBoolean(true));
  writer.put(encodedOids.subjectAltName);
  writer.close(tag.sequence, before);
}

function putName(writer: BackwardWriter, type: number, name: string): void {
  requireVisibleAscii(name, type === contextPrimitive(generalName.dns) ? SPACE : SPACE + 1);
  const before = writer.mark;
  writer.putLatin1(name);
  writer.close(type, before);
}

function requireVisibleAscii(name: string, lowest: number): void {
  let isVisible = name.length > 0;
  for (let i = 0; i < name.length; i++)
    isVisible &&= name.charCodeAt(i) >= lowest && name.charCodeAt(i) < 0x7f;
  if (!isVisible) throw new X509Error('ERR_INVALID_ARGUMENT', 'names in certificates must be visible ASCII');
}
