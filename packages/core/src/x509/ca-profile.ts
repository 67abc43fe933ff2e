import { X509Error } from '../errors.ts';
import { type UnixSeconds } from '../time.ts';
import { encodeTbsCertificate } from './certificate-encoding.ts';
import { caUsageExtensions, putSubjectAltName, putSubjectKeyId } from './extension-encoding.ts';
import { type IssuerProfile } from './issuer-profile.ts';
import { keyIdentifier } from './key-identifier.ts';
import { keyTypeOf, type SignatureScheme, signatureScheme } from './key-type.ts';
import { checkPublicKey } from './public-key.ts';

/** What goes into a CA certificate. */
export interface CaFields {
  /** Who signs; absent for a self-signed CA, which then gets no authority key identifier. */
  readonly issuer?: IssuerProfile;
  /** 16 octets of `newSerial`. */
  readonly serial: Uint8Array;
  /** DER Name, not empty. */
  readonly subject: Uint8Array;
  readonly spkiDer: Uint8Array;
  /** `spiffe://` and the trust domain, no path. */
  readonly uriSan?: string;
  readonly notBefore: UnixSeconds;
  readonly notAfter: UnixSeconds;
  /** How many CAs may follow; any number when absent. */
  readonly pathLen?: number;
}

/**
 * The signed content of a CA certificate: keyCertSign and cRLSign, CA:TRUE, key identifiers, URI SAN.
 *
 * @throws {X509Error} `ERR_KEY_*` the key must not be certified; `ERR_INVALID_ARGUMENT` the URI is not visible ASCII.
 * @spec SPIRE server API §12, X.509; X509-SVID §3.1, §4
 */
export function buildCaTbs(fields: CaFields): Uint8Array {
  const keyId = keyIdentifier(fields.spkiDer);
  return encodeTbsCertificate({
    serial: fields.serial,
    algorithmDer: (fields.issuer?.scheme ?? ownScheme(fields.spkiDer)).algorithmDer,
    issuerDer: fields.issuer?.issuerDer ?? fields.subject,
    notBefore: fields.notBefore,
    notAfter: fields.notAfter,
    subjectDer: fields.subject,
    spkiDer: fields.spkiDer,
    putExtensions: (writer) => {
      putSubjectAltName(writer, { uri: fields.uriSan }, false);
      if (fields.issuer !== undefined) writer.put(fields.issuer.authorityKeyIdExtension);
      putSubjectKeyId(writer, keyId);
      writer.put(caUsageExtensions(fields.pathLen));
    },
  });
}

function ownScheme(spkiDer: Uint8Array): SignatureScheme {
  const keyType = keyTypeOf(checkPublicKey(spkiDer));
  if (keyType === undefined) throw new X509Error('ERR_KEY_SIZE', 'a key of this size does not sign here');
  return signatureScheme(keyType);
}
