import {
  type Certificate,
  parseCertificate,
  type RegistrationEntry,
  type RevocableCertificate,
  type SpiffeId,
  SvidError,
  type UnixSeconds,
} from '@signet/core';
import { type Lifetime, livedFromIssue, rotationDueAt, type RotationPolicy } from './rotation-plan.ts';

/** An X.509-SVID of a workload as the agent keeps it: ready to be handed out. */
export interface X509SvidRecord extends Lifetime {
  readonly entryId: string;
  readonly spiffeId: SpiffeId;
  /** the version of the entry that it was issued for. */
  readonly revisionNumber: number;
  readonly entryCreatedAt: UnixSeconds;
  /** leaf first, without the root, concatenated DER. */
  readonly chainDer: Uint8Array;
  /** PKCS #8, DER. */
  readonly keyPkcs8: Uint8Array;
  readonly rotateAt: UnixSeconds;
  /** key ID (hex) of the authority that the chain leads to; undefined when the chain does not say. */
  readonly authorityKeyId: string | undefined;
  /** what tells whether it was revoked. */
  readonly leaf: RevocableCertificate;
}

/** A key made for an SVID that is asked for. */
export interface SvidKey {
  readonly keyPkcs8: Uint8Array;
  readonly spkiDer: Uint8Array;
}

const MAX_CHAIN = 8;

/**
 * Checks what the server issued for an entry, and makes the record of it.
 *
 * @param draw - in [0, 1): decides when within its window the SVID is renewed.
 * @throws {SvidError} `ERR_X509_SVID_EMPTY`, `ERR_X509_SVID_SPIFFE_ID` for another ID than the entry's,
 * `ERR_X509_SVID_KEY_MISMATCH` for another key than ours; {X509Error} for what is no certificate.
 */
export function recordX509Svid(
  entry: RegistrationEntry,
  key: SvidKey,
  chain: readonly Uint8Array[],
  draw: number,
  policy: RotationPolicy,
): X509SvidRecord {
  const certificates = chain.slice(0, MAX_CHAIN).map((der) => parseCertificate(der));
  const [leaf] = certificates;
  if (leaf === undefined) throw new SvidError('ERR_X509_SVID_EMPTY', 'the server sent no certificate');
  checkLeaf(leaf, entry, key);
  const life = { notBefore: leaf.notBefore, notAfter: leaf.notAfter };
  return {
    ...life,
    entryId: entry.id,
    spiffeId: entry.spiffeId,
    revisionNumber: entry.revisionNumber,
    entryCreatedAt: entry.createdAt,
    chainDer: Buffer.concat(chain),
    keyPkcs8: key.keyPkcs8,
    rotateAt: rotationDueAt(livedFromIssue(life), draw, policy),
    authorityKeyId: authorityKeyId(certificates),
    leaf: revocable(leaf),
  };
}

// Not the certificate itself: it would keep all that was read of it.
function revocable(leaf: Certificate): RevocableCertificate {
  const { authorityKeyId: keyId, serialHex, uriSans, notBefore, taskId } = leaf;
  return {
    ...(keyId !== undefined && { authorityKeyId: Uint8Array.from(keyId) }),
    serialHex,
    uriSans,
    notBefore,
    ...(taskId !== undefined && { taskId }),
  };
}

function checkLeaf(leaf: Certificate, entry: RegistrationEntry, key: SvidKey): void {
  if (leaf.uriSans.length !== 1 || leaf.uriSans[0] !== entry.spiffeId.uri) {
    throw new SvidError('ERR_X509_SVID_SPIFFE_ID', 'the server issued another SPIFFE ID than the entry has');
  }
  if (Buffer.compare(leaf.spkiDer, key.spkiDer) !== 0) {
    throw new SvidError('ERR_X509_SVID_KEY_MISMATCH', 'the server certified another key');
  }
}

/** The key ID (hex) that the last certificate of a chain names as its issuer's. */
export function authorityKeyId(chain: readonly Certificate[]): string | undefined {
  const keyId = chain.at(-1)?.authorityKeyId;
  return keyId === undefined ? undefined : Buffer.from(keyId).toString('hex');
}

/** Whether the SVID was issued for this very version of the entry. */
export function isForVersion(svid: X509SvidRecord, entry: RegistrationEntry): boolean {
  return (
    svid.revisionNumber === entry.revisionNumber &&
    svid.entryCreatedAt === entry.createdAt &&
    svid.spiffeId.equals(entry.spiffeId)
  );
}
