import { type UnixSeconds } from '../time.ts';
import { encodeTime } from './der/der-time.ts';
import {
  encodeBitString,
  encodeContext,
  encodeSequence,
  encodeSmallInteger,
  encodeUnsigned,
} from './der/der-writer.ts';

const VERSION_3 = encodeContext(0, encodeSmallInteger(2));

/** The parts of a certificate's signed content; everything that ends in `Der` is a whole DER element. */
export interface TbsParts {
  /** Big-endian, with leading zeros or without. */
  readonly serial: Uint8Array;
  readonly algorithmDer: Uint8Array;
  readonly issuerDer: Uint8Array;
  readonly notBefore: UnixSeconds;
  readonly notAfter: UnixSeconds;
  readonly subjectDer: Uint8Array;
  readonly spkiDer: Uint8Array;
  /** Whole extensions, in the order they are to have; empty ones vanish. */
  readonly extensions: readonly Uint8Array[];
}

/** The DER of a version 3 TBSCertificate. */
export function encodeTbsCertificate(parts: TbsParts): Uint8Array {
  return encodeSequence(
    VERSION_3,
    encodeUnsigned(parts.serial),
    parts.algorithmDer,
    parts.issuerDer,
    encodeSequence(encodeTime(parts.notBefore), encodeTime(parts.notAfter)),
    parts.subjectDer,
    parts.spkiDer,
    encodeContext(3, encodeSequence(...parts.extensions)),
  );
}

/**
 * The whole certificate or certification request around signed content.
 *
 * @param tbsDer - what was signed: a TBSCertificate or a CertificationRequestInfo.
 * @param algorithmDer - DER AlgorithmIdentifier, as a `SignatureScheme` has it.
 */
export function assembleSigned(
  tbsDer: Uint8Array,
  algorithmDer: Uint8Array,
  signature: Uint8Array,
): Uint8Array {
  return encodeSequence(tbsDer, algorithmDer, encodeBitString(signature));
}
