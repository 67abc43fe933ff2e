import { X509Error } from '../errors.ts';
import { REVOCATION_REASON_CODES, type RevocationReason } from '../revocation/revocation.ts';
import type { UnixSeconds } from '../time.ts';
import { BackwardWriter } from './der/backward-writer.ts';
import { encodeTime } from './der/der-time.ts';
import {
  encodeElement,
  encodeObjectIdentifier,
  encodeSequence,
  encodeSmallInteger,
  encodeUnsigned,
} from './der/der-writer.ts';
import { contextConstructed, tag } from './der/tag.ts';
import { encodeExtension } from './extension-encoding.ts';
import type { IssuerProfile } from './issuer-profile.ts';
import { oid } from './object-identifiers.ts';

/** A certificate that a CRL takes back. */
export interface RevokedCertificate {
  /** As `Certificate.serialHex`. */
  readonly serialHex: string;
  readonly revokedAt: UnixSeconds;
  readonly reason: RevocationReason;
}

/** What a CRL says. */
export interface CrlFields {
  /** Strictly above that of every CRL of the same authority before it. */
  readonly number: number;
  readonly thisUpdate: UnixSeconds;
  /** When the next one is there at the latest: who verifies may go by this one until then. */
  readonly nextUpdate: UnixSeconds;
  readonly revoked: readonly RevokedCertificate[];
}

const VERSION_2 = encodeSmallInteger(1);
const SERIAL = /^(?!00)(?:[0-9a-f]{2}){1,20}$/;
const crlNumberOid = encodeObjectIdentifier(oid.crlNumber);
const reasonExtensions = new Map(
  Object.entries(REVOCATION_REASON_CODES).map(([reason, code]) => [reason, reasonExtension(code)]),
);
/**
 * The signed content of a version 2 CRL, ready to be signed in the issuer's scheme; `assembleSigned` finishes it.
 *
 * The issuer must have `cRLSign`. Reason `unspecified` is left out, and so is an empty list, as RFC 5280 wants it.
 *
 * @throws {X509Error} `ERR_INVALID_ARGUMENT` the number is not a positive safe integer, `nextUpdate` is not after
 *   `thisUpdate`, or a serial number is not in the form of `Certificate.serialHex`.
 * @throws {DerError} `ERR_DER_VALUE` a date outside 1950 to 9999.
 * @spec RFC 5280 §5.1, §5.2.1, §5.2.3, §5.3.1
 */
export function buildCrlTbs(issuer: IssuerProfile, fields: CrlFields): Uint8Array {
  const building = buildCrlTbsInSlices(issuer, fields, fields.revoked.length);
  for (;;) {
    const step = building.next();
    if (step.done === true) return step.value;
  }
}

/**
 * The same as {@link buildCrlTbs}, which comes back to the caller after each slice, so that others have their turn.
 *
 * @param sliceSize - how many certificates are written at once.
 * @throws {X509Error} as {@link buildCrlTbs}, when it is driven.
 */
export function* buildCrlTbsInSlices(
  issuer: IssuerProfile,
  fields: CrlFields,
  sliceSize: number,
): Generator<undefined, Uint8Array, void> {
  const { number, thisUpdate, nextUpdate, revoked } = fields;
  if (nextUpdate <= thisUpdate)
    throw new X509Error('ERR_INVALID_ARGUMENT', 'a CRL cannot end before it begins');
  const extensions = encodeSequence(issuer.authorityKeyIdExtension, crlNumberExtension(number));
  const writer = new BackwardWriter();
  writer.put(encodeElement(contextConstructed(0), extensions));
  const beforeAll = writer.mark;
  for (let i = revoked.length - 1; i >= 0; i--) {
    putEntry(writer, revoked[i] as RevokedCertificate);
    if (i % sliceSize === 0 && i > 0) yield;
  }
  if (revoked.length > 0) writer.close(tag.sequence, beforeAll);
  writer.put(encodeTime(nextUpdate));
  writer.put(encodeTime(thisUpdate));
  writer.put(issuer.issuerDer);
  writer.put(issuer.scheme.algorithmDer);
  writer.put(VERSION_2);
  writer.close(tag.sequence, 0);
  return writer.take();
}

function putEntry(writer: BackwardWriter, { serialHex, revokedAt, reason }: RevokedCertificate): void {
  if (!SERIAL.test(serialHex))
    throw new X509Error('ERR_INVALID_ARGUMENT', 'not a serial number of a certificate');
  const before = writer.mark;
  const extension = reasonExtensions.get(reason);
  if (extension !== undefined) writer.put(extension);
  writer.put(encodeTime(revokedAt));
  writer.put(encodeUnsigned(Buffer.from(serialHex, 'hex')));
  writer.close(tag.sequence, before);
}

function reasonExtension(code: number): Uint8Array | undefined {
  if (code === REVOCATION_REASON_CODES.unspecified) return undefined;
  const reason = encodeElement(tag.enumerated, Uint8Array.of(code));
  return encodeSequence(encodeExtension(encodeObjectIdentifier(oid.crlReason), false, reason));
}

function crlNumberExtension(number: number): Uint8Array {
  if (!Number.isSafeInteger(number) || number < 1) {
    throw new X509Error('ERR_INVALID_ARGUMENT', 'a CRL number is a positive whole number');
  }
  const octets = Buffer.alloc(8);
  octets.writeBigUInt64BE(BigInt(number));
  return encodeExtension(crlNumberOid, false, encodeUnsigned(octets));
}
