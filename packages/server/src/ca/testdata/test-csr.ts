import { createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** What a test wants in a CSR; anything goes. */
export interface TestCsr {
  readonly key?: KeyObject;
  /** The key that signs; not that of the CSR when the proof is to be wrong. */
  readonly signer?: KeyObject;
  readonly uris?: readonly string[];
  readonly dnsNames?: readonly string[];
  readonly ips?: readonly Uint8Array[];
  readonly mails?: readonly string[];
  readonly subject?: readonly (readonly [oid: string, text: string])[];
  /** Further requested extensions, DER, whole. */
  readonly extensions?: readonly Uint8Array[];
}

/** One DER element. */
export function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const octets = Buffer.from(length.toString(16).padStart(length > 0xffff ? 6 : length > 0xff ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | octets.length]), octets, content]);
}

export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

export function extension(type: string, critical: boolean, value: Uint8Array): Buffer {
  return der(0x30, oid(type), ...(critical ? [Buffer.from([0x01, 0x01, 0xff])] : []), der(0x04, value));
}

export const testKey: KeyObject = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

/** A signed CSR. */
export function testCsr(wanted: TestCsr): Buffer {
  const key = wanted.key ?? testKey;
  const names = [
    ...(wanted.dnsNames ?? []).map((name) => der(0x82, Buffer.from(name))),
    ...(wanted.uris ?? []).map((uri) => der(0x86, Buffer.from(uri))),
    ...(wanted.ips ?? []).map((ip) => der(0x87, ip)),
    ...(wanted.mails ?? []).map((mail) => der(0x81, Buffer.from(mail))),
  ];
  const extensions = [
    ...(names.length > 0 ? [extension('2.5.29.17', false, der(0x30, ...names))] : []),
    ...(wanted.extensions ?? []),
  ];
  const request = der(0x30, oid('1.2.840.113549.1.9.14'), der(0x31, der(0x30, ...extensions)));
  const subject = (wanted.subject ?? []).map(([type, text]) => der(0x31, der(0x30, oid(type), der(0x0c, Buffer.from(text)))));
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  const info = der(0x30, Buffer.from([2, 1, 0]), der(0x30, ...subject), spki, der(0xa0, ...(extensions.length > 0 ? [request] : [])));
  const signer = wanted.signer ?? key;
  return der(0x30, info, algorithmOf(signer), der(0x03, Buffer.from([0]), sign(hashOf(signer), info, signer)));
}

function algorithmOf(key: KeyObject): Buffer {
  if (key.asymmetricKeyType === 'rsa') return der(0x30, oid('1.2.840.113549.1.1.11'), Buffer.from([5, 0]));
  return der(0x30, oid(hashOf(key) === 'sha384' ? '1.2.840.10045.4.3.3' : '1.2.840.10045.4.3.2'));
}

function hashOf(key: KeyObject): 'sha256' | 'sha384' {
  return key.asymmetricKeyDetails?.namedCurve === 'secp384r1' ? 'sha384' : 'sha256';
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) digits.unshift((rest & 0x7f) | 0x80);
  return digits;
}
