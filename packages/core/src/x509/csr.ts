import { type KeyObject } from 'node:crypto';
import { CsrError, DerError, X509Error } from '../errors.ts';
import { requireCanonicalDer } from './der/canonical.ts';
import { type DerReader, readSingle } from './der/der-reader.ts';
import { contextConstructed, tag } from './der/tag.ts';
import { nameAttributeText, requireName } from './distinguished-name.ts';
import { readExtensions } from './extensions.ts';
import { type GeneralNames, NO_NAMES, readGeneralNames } from './general-names.ts';
import { oid } from './object-identifiers.ts';
import { checkPublicKeyInfo, importCheckedKey } from './public-key.ts';
import { isSignatureValid, type SignatureAlgorithm, signatureAlgorithmOf } from './signature-algorithm.ts';

/** More than this is no request that anyone needs. */
export const MAX_CSR_BYTES: number = 64 * 1024;
const ATTRIBUTES = contextConstructed(0);

/** A certification request as it was parsed; what it asks for is a wish, and its signature is not verified. */
export interface CertificateRequest {
  readonly der: Uint8Array;
  /** The signed part. */
  readonly infoDer: Uint8Array;
  readonly spkiDer: Uint8Array;
  /** Created at first use; throws `X509Error` `ERR_KEY_*` when the key must not be certified. */
  readonly publicKey: KeyObject;
  /** Throws as `publicKey` does, before anything is computed with the key. */
  readonly publicKeyKind: 'ec' | 'rsa';
  readonly subjectDer: Uint8Array;
  readonly subjectCommonName: string | undefined;
  readonly uriSans: readonly string[];
  readonly dnsSans: readonly string[];
  readonly ipSans: readonly Uint8Array[];
  readonly emailSans: readonly string[];
  /** How it was signed; absent when that is not one of the accepted ways. */
  readonly signatureAlgorithm?: SignatureAlgorithm;
  readonly signature: Uint8Array;
}

/**
 * Parses a PKCS#10 certification request, and nothing but DER. Of its attributes only the requested subjectAltName is
 * read; whatever else it asks for is never seen.
 *
 * The result holds views of the input, which must not change afterwards.
 *
 * @param der - untrusted; at most 64 KiB.
 * @throws {CsrError} `ERR_CSR_MALFORMED`, its cause says where; `ERR_CSR_TOO_LARGE`.
 * @spec RFC 2986 §4
 */
export function parseCsr(der: Uint8Array): CertificateRequest {
  if (der.length > MAX_CSR_BYTES) throw new CsrError('ERR_CSR_TOO_LARGE', 'certificate request is too large');
  try {
    return readRequest(der);
  } catch (cause) {
    if (!(cause instanceof DerError || cause instanceof X509Error)) throw cause;
    throw new CsrError('ERR_CSR_MALFORMED', `malformed certificate request: ${cause.message}`, { cause });
  }
}

/**
 * Checks that the request was signed with the private half of the key it presents, and that this key may be certified.
 *
 * @throws {X509Error} `ERR_KEY_*` the key is refused, before anything is computed with it.
 * @throws {CsrError} `ERR_CSR_SIGNATURE` bad signature; `ERR_CSR_SIGNATURE_ALGORITHM` unknown, weak, or not of the key.
 */
export function verifyCsrSignature(csr: CertificateRequest): void {
  const { publicKeyKind, signatureAlgorithm } = csr;
  if (signatureAlgorithm === undefined || signatureAlgorithm.keyKind !== publicKeyKind) {
    throw new CsrError('ERR_CSR_SIGNATURE_ALGORITHM', 'signature algorithm is not accepted for this key');
  }
  if (!isSignatureValid(signatureAlgorithm, csr.publicKey, csr.infoDer, csr.signature)) {
    throw new CsrError('ERR_CSR_SIGNATURE', 'signature does not match the public key');
  }
}

function readRequest(der: Uint8Array): CertificateRequest {
  requireCanonicalDer(der);
  const outer = readSingle(der, tag.sequence);
  const infoDer = outer.element(tag.sequence);
  const signatureAlgorithm = signatureAlgorithmOf(outer.element(tag.sequence));
  const signature = outer.bitString();
  outer.requireEnd();
  if (signature.unusedBits !== 0) throw new DerError('ERR_DER_VALUE', 'signature is not whole octets');

  const info = readSingle(infoDer, tag.sequence);
  if (info.smallInteger() !== 0) throw new DerError('ERR_DER_VALUE', 'request is not of version 1');
  const subjectDer = requireName(info.element(tag.sequence));
  const spkiDer = info.element(tag.sequence);
  const names = readAttributes(info.enter(ATTRIBUTES));
  info.requireEnd();
  return new ParsedRequest(der, infoDer, subjectDer, spkiDer, names, signatureAlgorithm, signature.bytes);
}

function readAttributes(attributes: DerReader): GeneralNames {
  let names: GeneralNames | undefined;
  let previous: Uint8Array | undefined;
  while (attributes.hasMore()) {
    const attribute = attributes.element(tag.sequence);
    if (previous !== undefined && Buffer.compare(previous, attribute) >= 0) {
      throw new DerError('ERR_DER_ORDER', 'attributes are not in DER order');
    }
    previous = attribute;
    const content = readSingle(attribute, tag.sequence);
    if (content.oid() !== oid.extensionRequest) continue;
    if (names !== undefined) throw new DerError('ERR_DER_VALUE', 'extensions are requested twice');
    names = readRequestedNames(content.enter(tag.set));
    content.requireEnd();
  }
  return names ?? NO_NAMES;
}

function readRequestedNames(values: DerReader): GeneralNames {
  const extensions = readExtensions(values.enter(tag.sequence));
  values.requireEnd();
  const wanted = extensions.find((extension) => extension.oid === oid.subjectAltName);
  return wanted === undefined ? NO_NAMES : readGeneralNames(readSingle(wanted.value, tag.sequence));
}

class ParsedRequest implements CertificateRequest {
  readonly der: Uint8Array;
  readonly infoDer: Uint8Array;
  readonly subjectDer: Uint8Array;
  readonly spkiDer: Uint8Array;
  readonly uriSans: readonly string[];
  readonly dnsSans: readonly string[];
  readonly ipSans: readonly Uint8Array[];
  readonly emailSans: readonly string[];
  readonly signatureAlgorithm?: SignatureAlgorithm;
  readonly signature: Uint8Array;
  #publicKeyKind: 'ec' | 'rsa' | undefined;
  #publicKey: KeyObject | undefined;

  constructor(
    der: Uint8Array,
    infoDer: Uint8Array,
    subjectDer: Uint8Array,
    spkiDer: Uint8Array,
    names: GeneralNames,
    signatureAlgorithm: SignatureAlgorithm | undefined,
    signature: Uint8Array,
  ) {
    this.der = der;
    this.infoDer = infoDer;
    this.subjectDer = subjectDer;
    this.spkiDer = spkiDer;
    this.uriSans = names.uris;
    this.dnsSans = names.dnsNames;
    this.ipSans = names.ipAddresses;
    this.emailSans = names.emails;
    if (signatureAlgorithm !== undefined) this.signatureAlgorithm = signatureAlgorithm;
    this.signature = signature;
  }

  get subjectCommonName(): string | undefined {
    return nameAttributeText(this.subjectDer, oid.commonName);
  }

  get publicKeyKind(): 'ec' | 'rsa' {
    return (this.#publicKeyKind ??= checkPublicKeyInfo(this.spkiDer));
  }

  get publicKey(): KeyObject {
    // No key is made of what may not be certified.
    this.#publicKeyKind ??= checkPublicKeyInfo(this.spkiDer);
    return (this.#publicKey ??= importCheckedKey(this.spkiDer));
  }
}
