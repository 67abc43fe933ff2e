import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { encodeTime } from '../der/der-time.ts';
import {
  encodeBitString,
  encodeBoolean,
  encodeContext,
  encodeContextPrimitive,
  encodeElement,
  encodeNamedBits,
  encodeNull,
  encodeObjectIdentifier,
  encodeOctetString,
  encodeSequence,
  encodeSmallInteger,
} from '../der/der-writer.ts';
import { type Certificate, parseCertificate } from '../certificate.ts';
import { distinguishedName } from '../distinguished-name.ts';
import { keyIdentifier } from '../key-identifier.ts';
import { keyUsage } from '../key-usage.ts';
import { oid } from '../object-identifiers.ts';

/** The time that every fixture is valid at. */
export const NOW = 1_800_000_000;

export interface TestKey {
  readonly privateKey: KeyObject;
  readonly spkiDer: Uint8Array;
}

export const algorithms = {
  ecdsaSha1: encodeSequence(encodeObjectIdentifier('1.2.840.10045.4.1')),
  ecdsaSha256: encodeSequence(encodeObjectIdentifier(oid.ecdsaWithSha256)),
  ecdsaSha384: encodeSequence(encodeObjectIdentifier(oid.ecdsaWithSha384)),
  ecdsaSha512: encodeSequence(encodeObjectIdentifier(oid.ecdsaWithSha512)),
  rsaSha1: encodeSequence(encodeObjectIdentifier('1.2.840.113549.1.1.5'), encodeNull()),
  rsaSha256: encodeSequence(encodeObjectIdentifier(oid.sha256WithRsa), encodeNull()),
  ed25519: encodeSequence(encodeObjectIdentifier(oid.ed25519)),
} as const;

export const usages = {
  ca: keyUsage.keyCertSign | keyUsage.crlSign,
  leaf: keyUsage.digitalSignature,
} as const;

const made = new Map<string, TestKey>();

/** A key that is the same whenever the same name is asked for. */
export function testKey(name: string, kind: 'P-256' | 'P-384' | 'P-521' | 'rsa-2048' | 'ed25519' = 'P-256'): TestKey {
  const cached = made.get(`${kind} ${name}`);
  if (cached !== undefined) return cached;
  const { privateKey, publicKey } = newKeyPair(kind);
  const key = { privateKey, spkiDer: new Uint8Array(publicKey.export({ format: 'der', type: 'spki' })) };
  made.set(`${kind} ${name}`, key);
  return key;
}

function newKeyPair(kind: string): { privateKey: KeyObject; publicKey: KeyObject } {
  if (kind === 'rsa-2048') return generateKeyPairSync('rsa', { modulusLength: 2048 });
  if (kind === 'ed25519') return generateKeyPairSync('ed25519');
  return generateKeyPairSync('ec', { namedCurve: kind });
}

export function commonName(text: string): Uint8Array {
  return distinguishedName({ commonName: text });
}

export function extension(type: string, value: Uint8Array, critical = false): Uint8Array {
  const parts = [encodeObjectIdentifier(type), ...(critical ? [encodeBoolean(true)] : []), encodeOctetString(value)];
  return encodeSequence(...parts);
}

export function basicConstraints(ca: boolean, pathLen?: number, critical = true): Uint8Array {
  const limit = pathLen === undefined ? [] : [encodeSmallInteger(pathLen)];
  return extension(oid.basicConstraints, encodeSequence(...(ca ? [encodeBoolean(true)] : []), ...limit), critical);
}

export function keyUsageExtension(bits: number, critical = true): Uint8Array {
  return extension(oid.keyUsage, encodeNamedBits(bits), critical);
}

export function extKeyUsage(...purposes: readonly string[]): Uint8Array {
  return extension(oid.extKeyUsage, encodeSequence(...purposes.map(encodeObjectIdentifier)));
}

export function subjectKeyId(keyId: Uint8Array, critical = false): Uint8Array {
  return extension(oid.subjectKeyIdentifier, encodeOctetString(keyId), critical);
}

export function authorityKeyId(keyId: Uint8Array, critical = false): Uint8Array {
  return extension(oid.authorityKeyIdentifier, encodeSequence(encodeContextPrimitive(0, keyId)), critical);
}

const octets = (text: string): Uint8Array => Buffer.from(text, 'latin1');

/** GeneralNames by form. */
export const san = {
  uri: (text: string) => encodeContextPrimitive(6, octets(text)),
  dns: (text: string) => encodeContextPrimitive(2, octets(text)),
  email: (text: string) => encodeContextPrimitive(1, octets(text)),
  ip: (...bytes: readonly number[]) => encodeContextPrimitive(7, Uint8Array.from(bytes)),
  directory: (nameDer: Uint8Array) => encodeContext(4, nameDer),
  registeredId: (dotted: string) => encodeContextPrimitive(8, encodeObjectIdentifier(dotted).subarray(2)),
  other: (dotted: string, text: string) =>
    encodeContext(0, encodeObjectIdentifier(dotted), encodeContext(0, encodeElement(0x0c, octets(text)))),
} as const;

export function subjectAltName(names: readonly Uint8Array[], critical = false): Uint8Array {
  return extension(oid.subjectAltName, encodeSequence(...names), critical);
}

/** A nameConstraints extension; each base is a GeneralName, an IP base holds address and mask. */
export function nameConstraints(
  { permitted, excluded }: { permitted?: readonly Uint8Array[]; excluded?: readonly Uint8Array[] },
  critical = true,
): Uint8Array {
  const subtrees = (bases: readonly Uint8Array[]): Uint8Array[] => bases.map((base) => encodeSequence(base));
  const value = encodeSequence(
    ...(permitted === undefined ? [] : [encodeContext(0, ...subtrees(permitted))]),
    ...(excluded === undefined ? [] : [encodeContext(1, ...subtrees(excluded))]),
  );
  return extension(oid.nameConstraints, value, critical);
}

/** What may be wished for in a fixture; whatever is left out is as it should be. */
export interface Wish {
  readonly key?: TestKey;
  readonly subject?: Uint8Array;
  readonly issuerName?: Uint8Array;
  readonly signer?: TestKey;
  readonly version?: Uint8Array;
  /** A whole INTEGER. */
  readonly serial?: Uint8Array;
  readonly algorithm?: Uint8Array;
  readonly outerAlgorithm?: Uint8Array;
  readonly hash?: string | undefined;
  readonly notBefore?: number;
  readonly notAfter?: number;
  /** A whole Validity. */
  readonly validity?: Uint8Array;
  /** Extensions instead of the usual ones. */
  readonly extensions?: readonly Uint8Array[];
  /** Extensions after the usual ones. */
  readonly more?: readonly Uint8Array[];
  readonly bc?: Uint8Array | undefined;
  readonly ku?: Uint8Array | undefined;
  readonly ski?: Uint8Array | undefined;
  readonly aki?: Uint8Array | undefined;
  readonly san?: Uint8Array | undefined;
  /** Changes the signed content before it is signed. */
  readonly rewrite?: (tbsDer: Uint8Array) => Uint8Array;
}

/** A certificate made for a test, and the key that goes with it. */
export class Party {
  readonly der: Uint8Array;
  readonly key: TestKey;
  readonly name: Uint8Array;
  #certificate: Certificate | undefined;

  constructor(der: Uint8Array, key: TestKey, name: Uint8Array) {
    this.der = der;
    this.key = key;
    this.name = name;
  }

  get certificate(): Certificate {
    return (this.#certificate ??= parseCertificate(this.der));
  }
}

let lastSerial = 1;

/** A self-signed CA with this common name. */
export function root(name: string, wish: Wish = {}): Party {
  const key = wish.key ?? testKey(name);
  const subject = wish.subject ?? commonName(name);
  return makeParty(name, { name: subject, key }, { bc: basicConstraints(true), ku: keyUsageExtension(usages.ca), aki: undefined, ...wish });
}

/** A CA below another. */
export function intermediate(name: string, issuer: Pick<Party, 'name' | 'key'>, wish: Wish = {}): Party {
  return makeParty(name, issuer, { bc: basicConstraints(true), ku: keyUsageExtension(usages.ca), ...wish });
}

/** A certificate that is no CA: a good X509-SVID unless wished otherwise. */
export function leaf(name: string, issuer: Pick<Party, 'name' | 'key'>, wish: Wish = {}): Party {
  return makeParty(name, issuer, {
    bc: basicConstraints(false),
    ku: keyUsageExtension(usages.leaf),
    san: subjectAltName([san.uri(`spiffe://example.org/${name}`)]),
    ...wish,
  });
}

function makeParty(name: string, issuer: Pick<Party, 'name' | 'key'>, wish: Wish): Party {
  const key = wish.key ?? testKey(name);
  const subject = wish.subject ?? commonName(name);
  const signer = wish.signer ?? issuer.key;
  const usual = {
    ski: subjectKeyId(keyIdentifier(key.spkiDer)),
    aki: authorityKeyId(keyIdentifier(issuer.key.spkiDer)),
    ...wish,
  };
  const extensions = wish.extensions ?? [usual.ku, usual.bc, usual.ski, usual.aki, usual.san, ...(wish.more ?? [])];
  const algorithm = wish.algorithm ?? algorithms.ecdsaSha256;
  const tbs = encodeSequence(
    wish.version ?? encodeContext(0, encodeSmallInteger(2)),
    wish.serial ?? encodeSmallInteger(lastSerial++),
    algorithm,
    wish.issuerName ?? issuer.name,
    wish.validity ?? encodeSequence(encodeTime(wish.notBefore ?? NOW - 3600), encodeTime(wish.notAfter ?? NOW + 3600)),
    subject,
    key.spkiDer,
    encodeContext(3, encodeSequence(...extensions.filter((each) => each !== undefined))),
  );
  const content = wish.rewrite?.(tbs) ?? tbs;
  const hash = 'hash' in wish ? wish.hash : 'sha256';
  const signature = sign(hash, content, signer.privateKey);
  const der = encodeSequence(content, wish.outerAlgorithm ?? algorithm, encodeBitString(signature));
  return new Party(der, key, subject);
}

/** An INTEGER of any octets. */
export function integer(...bytes: readonly number[]): Uint8Array {
  return encodeElement(0x02, Uint8Array.from(bytes));
}
