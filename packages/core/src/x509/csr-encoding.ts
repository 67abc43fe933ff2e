import {
  encodeContext,
  encodeObjectIdentifier,
  encodeSequence,
  encodeSetOf,
  encodeSmallInteger,
} from './der/der-writer.ts';
import { isEmptyName } from './distinguished-name.ts';
import { subjectAltNameExtension } from './extension-encoding.ts';
import { oid } from './object-identifiers.ts';

/** What a certification request asks for. */
export interface CsrFields {
  readonly spkiDer: Uint8Array;
  /** DER Name; may be empty. */
  readonly subject: Uint8Array;
  readonly uriSan?: string;
  readonly dnsNames?: readonly string[];
}

const VERSION_1 = encodeSmallInteger(0);
const extensionRequest = encodeObjectIdentifier(oid.extensionRequest);

/**
 * The content of a PKCS#10 request, to be signed with the key it presents and put together by `assembleSigned`.
 *
 * @throws {X509Error} `ERR_INVALID_ARGUMENT` a name has other than visible ASCII characters.
 * @spec RFC 2986 §4.1
 */
export function buildCsrInfo(fields: CsrFields): Uint8Array {
  const names = { dnsNames: fields.dnsNames ?? [], uri: fields.uriSan };
  const extension = subjectAltNameExtension(names, isEmptyName(fields.subject));
  const attributes =
    extension.length === 0 ? [] : [encodeSequence(extensionRequest, encodeSetOf(encodeSequence(extension)))];
  return encodeSequence(VERSION_1, fields.subject, fields.spkiDer, encodeContext(0, ...attributes));
}
