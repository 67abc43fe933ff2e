import { type SpiffeId } from '../spiffe-id/spiffe-id.ts';
import { type UnixSeconds } from '../time.ts';
import { encodeTbsCertificate } from './certificate-encoding.ts';
import { distinguishedName, isEmptyName, withNameAttributes } from './distinguished-name.ts';
import { putSubjectAltName, putSubjectKeyId, SVID_USAGE_EXTENSIONS } from './extension-encoding.ts';
import { type IssuerProfile } from './issuer-profile.ts';
import { keyIdentifier } from './key-identifier.ts';
import { putTask } from './task-extension.ts';

/** What differs from one X509-SVID to the next. */
export interface X509SvidFields {
  /** 16 octets of `newSerial`. */
  readonly serial: Uint8Array;
  readonly spkiDer: Uint8Array;
  readonly spiffeId: SpiffeId;
  readonly dnsNames: readonly string[];
  /**
   * DER Name to use instead of `C=US, O=SPIRE`, as far as SPIRE writes its attributes. The issuer's own name, and one of
   * which nothing is left, count as none.
   */
  readonly subject?: Uint8Array;
  readonly notBefore: UnixSeconds;
  readonly notAfter: UnixSeconds;
  /** The task that it is issued in. */
  readonly taskId?: string | undefined;
}

const SPIRE_NAME = { country: 'US', organization: 'SPIRE' } as const;
const spireSubject = distinguishedName(SPIRE_NAME);

/**
 * The signed content of an X509-SVID, ready to be signed in the issuer's scheme.
 *
 * The profile is a constant: nothing but the fields given here ever enters the certificate. The first DNS name, if any,
 * becomes the subject's common name. The public key must have passed `checkPublicKey`, the validity is the caller's.
 *
 * @throws {X509Error} `ERR_INVALID_ARGUMENT` a DNS name is not visible ASCII.
 * @throws {DerError} `ERR_DER_VALUE` a date outside 1950 to 9999; `ERR_DER_*` key or subject are not DER.
 * @spec SPIRE server API §12, X.509; X509-SVID §4
 */
export function buildX509SvidTbs(issuer: IssuerProfile, fields: X509SvidFields): Uint8Array {
  const keyId = keyIdentifier(fields.spkiDer);
  return encodeTbsCertificate({
    serial: fields.serial,
    algorithmDer: issuer.scheme.algorithmDer,
    issuerDer: issuer.issuerDer,
    notBefore: fields.notBefore,
    notAfter: fields.notAfter,
    subjectDer: x509SvidSubject(issuer, fields),
    spkiDer: fields.spkiDer,
    putExtensions: (writer) => {
      putTask(writer, fields.taskId);
      putSubjectAltName(writer, { dnsNames: fields.dnsNames, uri: fields.spiffeId.uri }, false);
      writer.put(issuer.authorityKeyIdExtension);
      putSubjectKeyId(writer, keyId);
      writer.put(SVID_USAGE_EXTENSIONS);
    },
  });
}

// Never empty, so the subjectAltName need not be critical; never the issuer's, which only CAs may share.
function x509SvidSubject(issuer: IssuerProfile, { subject, dnsNames }: X509SvidFields): Uint8Array {
  const [firstDnsName] = dnsNames;
  // What most requests have, SPIRE's own among them.
  if (firstDnsName === undefined && isSpireSubject(subject)) return spireSubject;
  const commonName = firstDnsName === undefined ? {} : { commonName: firstDnsName };
  if (subject !== undefined && !isEmptyName(subject)) {
    const kept = withNameAttributes(subject, commonName);
    if (!isEmptyName(kept) && Buffer.compare(kept, issuer.issuerDer) !== 0) return kept;
  }
  return firstDnsName === undefined ? spireSubject : distinguishedName({ ...SPIRE_NAME, ...commonName });
}

function isSpireSubject(subject: Uint8Array | undefined): boolean {
  return subject !== undefined && Buffer.compare(subject, spireSubject) === 0;
}
