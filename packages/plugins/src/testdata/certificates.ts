import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { encodePem } from '@signet/core';
import { NOW } from './host.ts';

/** A certificate as a test wants it; what is not given is as a sound node certificate has it. */
export interface CertificateWish {
  readonly commonName?: string;
  readonly serial?: bigint;
  readonly notBefore?: number;
  readonly notAfter?: number;
  readonly isCa?: boolean;
  /** the octets of the BIT STRING after its count of unused bits; 0x80 is digitalSignature. */
  readonly keyUsage?: number | undefined;
  readonly uris?: readonly string[];
  readonly ips?: readonly Uint8Array[];
  /** instead of the subject's key. */
  readonly spkiDer?: Uint8Array;
}

/** A certificate with its key, able to issue others. */
export interface TestIdentity {
  readonly key: KeyObject;
  readonly name: string;
  readonly der: Uint8Array;
  readonly pem: string;
  readonly keyPem: string;
}

const DIGITAL_SIGNATURE = 0x80;
const KEY_CERT_SIGN = 0x04;
let nextSerial = 0x1000n;

/** Issues a certificate for the key, by the issuer or by itself. */
export function issue(issuer: TestIdentity | undefined, key: KeyObject, wish: CertificateWish = {}): TestIdentity {
  const name = wish.commonName ?? 'node';
  const signer = issuer?.key ?? key;
  const algorithm = signer.asymmetricKeyType === 'rsa' ? seq(oid('1.2.840.113549.1.1.11'), tlv(5)) : seq(oid('1.2.840.10045.4.3.2'));
  const tbs = seq(
    tlv(0xa0, integer(2n)),
    integer(wish.serial ?? nextSerial++),
    algorithm,
    nameDer(issuer?.name ?? name),
    seq(time(wish.notBefore ?? NOW - 3600), time(wish.notAfter ?? NOW + 3600)),
    nameDer(name),
    wish.spkiDer ?? createPublicKey(key).export({ format: 'der', type: 'spki' }),
    tlv(0xa3, seq(...extensions(wish))),
  );
  const der = seq(tbs, algorithm, tlv(3, Buffer.from([0]), sign('sha256', tbs, signer)));
  return { key, name, der, pem: encodePem('CERTIFICATE', der), keyPem: key.export({ format: 'pem', type: 'pkcs8' }) as string };
}

/** A new CA, its own root unless an issuer is given. */
export function issueCa(commonName: string, issuer?: TestIdentity, key: KeyObject = ecKey()): TestIdentity {
  return issue(issuer, key, { commonName, isCa: true, keyUsage: KEY_CERT_SIGN });
}

/** A new EC key; P-256 unless said otherwise. */
export function ecKey(namedCurve: 'P-256' | 'P-384' | 'P-521' = 'P-256'): KeyObject {
  return generateKeyPairSync('ec', { namedCurve }).privateKey;
}

/** A new RSA key. */
export function rsaKey(modulusLength: number): KeyObject {
  return generateKeyPairSync('rsa', { modulusLength }).privateKey;
}

/** The public key info of an RSA key that nobody has. */
export function rsaSpki(bits: number, exponent = 65537n): Uint8Array {
  const key = seq(integer((1n << BigInt(bits)) - 12345n), integer(exponent));
  return seq(seq(oid('1.2.840.113549.1.1.1'), tlv(5)), tlv(3, Buffer.from([0]), key));
}

/** The same key as a traditional PEM of its kind. */
export function traditionalPem(key: KeyObject): string {
  const type = key.asymmetricKeyType === 'rsa' ? 'pkcs1' : 'sec1';
  return createPrivateKey(key.export({ format: 'pem', type: 'pkcs8' })).export({ format: 'pem', type } as never) as string;
}

function extensions({ isCa = false, uris = [], ips = [], ...wish }: CertificateWish): Buffer[] {
  const keyUsage = 'keyUsage' in wish ? wish.keyUsage : DIGITAL_SIGNATURE;
  const names = [...uris.map((uri) => tlv(0x86, Buffer.from(uri))), ...ips.map((ip) => tlv(0x87, Buffer.from(ip)))];
  return [
    extension('2.5.29.19', seq(...(isCa ? [tlv(1, Buffer.from([255]))] : []))),
    ...(keyUsage === undefined ? [] : [extension('2.5.29.15', bits(keyUsage))]),
    ...(names.length === 0 ? [] : [extension('2.5.29.17', seq(...names))]),
  ];
}

function extension(id: string, value: Buffer): Buffer {
  return seq(oid(id), tlv(1, Buffer.from([255])), tlv(4, value));
}

function bits(octet: number): Buffer {
  return tlv(3, Buffer.from([Math.clz32(octet & -octet) === 32 ? 0 : 31 - Math.clz32(octet & -octet), octet]));
}

function nameDer(commonName: string): Buffer {
  return commonName === '' ? seq() : seq(tlv(0x31, seq(oid('2.5.4.3'), tlv(0x0c, Buffer.from(commonName)))));
}

function time(seconds: number): Buffer {
  const text = new Date(seconds * 1000).toISOString().replace(/[-:T]|\.\d+/g, '');
  return tlv(0x17, Buffer.from(text.slice(2)));
}

function integer(value: bigint): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return (bytes[0] ?? 0) > 0x7f ? tlv(2, Buffer.from([0]), bytes) : tlv(2, bytes);
}

function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  return tlv(6, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) digits.unshift((rest & 0x7f) | 0x80);
  return digits;
}

function seq(...parts: Uint8Array[]): Buffer {
  return tlv(0x30, ...parts);
}

function tlv(tag: number, ...parts: Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const size = content.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}
