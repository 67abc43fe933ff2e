import { type UnixSeconds } from '../time.ts';
import { encodeTime } from './der/der-time.ts';
import { BackwardWriter } from './der/backward-writer.ts';
import { encodeContext, encodeSmallInteger, encodeUnsigned } from './der/der-writer.ts';
import { contextConstructed, tag } from './der/tag.ts';

const VERSION_3 = encodeContext(0, encodeSmallInteger(2));
const NO_UNUSED_BITS = Uint8Array.of(0);
// One for all: whatever uses it begins and ends within one call.
const writer = new BackwardWriter();

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
  /** Puts the whole extensions, the last one first. */
  putExtensions(writer: BackwardWriter): void;
}

/** The DER of a version 3 TBSCertificate. */
export function encodeTbsCertificate(parts: TbsParts): Uint8Array {
  writer.reset();
  parts.putExtensions(writer);
  writer.close(tag.sequence, 0);
  writer.close(contextConstructed(3), 0);
  writer.put(parts.spkiDer);
  writer.put(parts.subjectDer);
  const beforeValidity = writer.mark;
  writer.put(encodeTime(parts.notAfter));
  writer.put(encodeTime(parts.notBefore));
  writer.close(tag.sequence, beforeValidity);
  writer.put(parts.issuerDer);
  writer.put(parts.algorithmDer);
  writer.put(encodeUnsigned(parts.serial));
  writer.put(VERSION_3);
  writer.close(tag.sequence, 0);
  return writer.take();
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
  writer.reset();
  writer.put(signature);
  writer.put(NO_UNUSED_BITS);
  writer.close(tag.bitString, 0);
  writer.put(algorithmDer);
  writer.put(tbsDer);
  writer.close(tag.sequence, 0);
  return writer.take();
}
