import { BackwardWriter } from './der/backward-writer.ts';
import { encodeObjectIdentifier, encodeSmallInteger } from './der/der-writer.ts';
import { contextConstructed, tag } from './der/tag.ts';
import { isEmptyName } from './distinguished-name.ts';
import { putSubjectAltName } from './extension-encoding.ts';
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
  const writer = new BackwardWriter();
  putSubjectAltName(writer, { dnsNames: fields.dnsNames, uri: fields.uriSan }, isEmptyName(fields.subject));
  if (writer.mark > 0) {
    writer.close(tag.sequence, 0);
    writer.close(tag.set, 0);
    writer.put(extensionRequest);
    writer.close(tag.sequence, 0);
  }
  writer.close(contextConstructed(0), 0);
  writer.put(fields.spkiDer);
  writer.put(fields.subject);
  writer.put(VERSION_1);
  writer.close(tag.sequence, 0);
  return writer.take();
}
