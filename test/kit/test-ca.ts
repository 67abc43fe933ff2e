import 'reflect-metadata';
import { sign as signBytes, webcrypto, KeyObject } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** An X509-SVID with its key, in the forms that the Workload API carries. */
export interface TestX509Svid {
  readonly id: string;
  /** Leaf first, then the CAs above it without the root; each in DER. */
  readonly chain: readonly Uint8Array[];
  /** PKCS#8 DER. */
  readonly key: Uint8Array;
}

/** What an X509-SVID is made with; what is left out is as it should be. */
export interface TestX509SvidOptions {
  /** Time from now until it expires, seconds; 3600 by default. Negative: it has expired. */
  readonly ttl?: number;
  /** Makes it a CA certificate. */
  readonly isCa?: boolean;
  /** Replaces its URI SANs. */
  readonly uris?: readonly string[];
  readonly dnsNames?: readonly string[];
  /** The task that it is issued in. */
  readonly taskId?: string;
}

/** What a JWT-SVID is made with. */
export interface TestJwtSvidOptions {
  readonly audience: readonly string[];
  /** Time from now until it expires, seconds; 300 by default. */
  readonly ttl?: number;
  /** The task that it is issued in. */
  readonly taskId?: string;
}

/** How a CA is made. */
export interface TestCaOptions {
  /** SPIFFE ID in its certificate; default: that of the trust domain. */
  readonly uri?: string;
  /** Name of the CA; CAs of the same name are told apart by their keys only. */
  readonly name?: string;
  /** Uses the key of another CA. */
  readonly keyOf?: TestCa;
}

const KEY: EcKeyGenParams = { name: 'ECDSA', namedCurve: 'P-256' };
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' } as const;
const BOTH_USAGES: KeyUsageFlags = KeyUsageFlags.digitalSignature | KeyUsageFlags.keyCertSign;
const HOUR_MS = 3600_000;
const TASK_OID = '1.2.840.113556.1.8000.2554.36111.27218.15230.19481.39492.5357794.8115955';

interface EcKeyGenParams {
  readonly name: string;
  readonly namedCurve: string;
}

/**
 * A certificate authority of a trust domain that shares no code with the packages under test, so that what they read
 * does not come from what they write.
 */
export class TestCa {
  readonly trustDomain: string;
  readonly certificate: X509Certificate;
  /** Certificates between this CA and its root, this CA's first; empty when it is a root. */
  readonly path: readonly Uint8Array[];
  readonly #keys: webcrypto.CryptoKeyPair;
  readonly #keyId: string;

  private constructor(
    trustDomain: string,
    certificate: X509Certificate,
    keys: webcrypto.CryptoKeyPair,
    path: readonly Uint8Array[],
  ) {
    this.trustDomain = trustDomain;
    this.certificate = certificate;
    this.path = path;
    this.#keys = keys;
    this.#keyId = certificate.serialNumber;
  }

  /** Makes a self-signed CA. */
  static async create(trustDomain: string, options: TestCaOptions = {}): Promise<TestCa> {
    const keys = options.keyOf === undefined ? await newKeys() : options.keyOf.#keys;
    const certificate = await makeCaCertificate(trustDomain, options, keys.publicKey, keys.privateKey);
    return new TestCa(trustDomain, certificate, keys, []);
  }

  /** Makes a CA below this one. */
  async intermediate(options: TestCaOptions = {}): Promise<TestCa> {
    const keys = options.keyOf === undefined ? await newKeys() : options.keyOf.#keys;
    const certificate = await makeCaCertificate(
      this.trustDomain,
      options,
      keys.publicKey,
      this.#keys.privateKey,
      this.certificate,
    );
    return new TestCa(this.trustDomain, certificate, keys, [der(certificate), ...this.path]);
  }

  /** The CN of its certificate. */
  get name(): string {
    return this.certificate.subjectName.getField('CN')[0] ?? '';
  }

  /** DER of its own certificate. */
  get der(): Uint8Array {
    return der(this.certificate);
  }

  /** The CA's own certificate and key, as if it were an X509-SVID. */
  async asSvid(): Promise<TestX509Svid> {
    const id = `spiffe://${this.trustDomain}`;
    return { id, chain: [this.der], key: await pkcs8(this.#keys.privateKey) };
  }

  /** Issues an X509-SVID for a path such as `/orders`. */
  async issueX509Svid(path: string, options: TestX509SvidOptions = {}): Promise<TestX509Svid> {
    const id = `spiffe://${this.trustDomain}${path}`;
    const keys = await newKeys();
    const leaf = await X509CertificateGenerator.create({
      ...validity((options.ttl ?? 3600) * 1000),
      subject: 'C=US, O=Test',
      issuer: this.certificate.subject,
      serialNumber: newSerial(),
      publicKey: keys.publicKey,
      signingKey: this.#keys.privateKey,
      signingAlgorithm: SIGNATURE,
      extensions: [
        new BasicConstraintsExtension(options.isCa ?? false, undefined, true),
        new KeyUsagesExtension(options.isCa === true ? BOTH_USAGES : KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth, ExtendedKeyUsage.clientAuth]),
        new SubjectAlternativeNameExtension([
          ...(options.uris ?? [id]).map((value) => ({ type: 'url', value }) as const),
          ...(options.dnsNames ?? []).map((value) => ({ type: 'dns', value }) as const),
        ]),
        await SubjectKeyIdentifierExtension.create(keys.publicKey),
        await AuthorityKeyIdentifierExtension.create(this.certificate),
        ...(options.taskId === undefined ? [] : [taskExtension(options.taskId)]),
      ],
    });
    return { id, chain: [der(leaf), ...this.path], key: await pkcs8(keys.privateKey) };
  }

  /** Issues a JWT-SVID (ES256) for a path. */
  issueJwtSvid(path: string, { audience, ttl = 300, taskId: task }: TestJwtSvidOptions): string {
    const now = Math.floor(Date.now() / 1000);
    const header = { alg: 'ES256', kid: this.#keyId, typ: 'JWT' };
    const sub = `spiffe://${this.trustDomain}${path}`;
    const claims = { sub, aud: audience, exp: now + ttl, iat: now, task };
    return this.signJwt(base64UrlJson(header), base64UrlJson(claims));
  }

  /** Signs (ES256) an encoded header and encoded claims as they are. */
  signJwt(header: string, claims: string): string {
    const input = `${header}.${claims}`;
    const key = KeyObject.from(this.#keys.privateKey);
    const signature = signBytes('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' });
    return `${input}.${signature.toString('base64url')}`;
  }

  /** The JWK Set that verifies its JWT-SVIDs, in the form of the Workload API. */
  get jwks(): string {
    const { crv, kty, x, y } = KeyObject.from(this.#keys.publicKey).export({ format: 'jwk' });
    return JSON.stringify({ keys: [{ kty, kid: this.#keyId, crv, x, y }] });
  }
}

async function makeCaCertificate(
  trustDomain: string,
  { uri = `spiffe://${trustDomain}`, name = newSerial() }: TestCaOptions,
  publicKey: webcrypto.CryptoKey,
  signingKey: webcrypto.CryptoKey,
  issuer?: X509Certificate,
): Promise<X509Certificate> {
  const subject = `C=US, O=Test, CN=${name}`;
  return X509CertificateGenerator.create({
    ...validity(24 * HOUR_MS),
    subject,
    issuer: issuer?.subject ?? subject,
    serialNumber: newSerial(),
    publicKey,
    signingKey,
    signingAlgorithm: SIGNATURE,
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      new SubjectAlternativeNameExtension([{ type: 'url', value: uri }]),
      await SubjectKeyIdentifierExtension.create(publicKey),
      ...(issuer === undefined ? [] : [await AuthorityKeyIdentifierExtension.create(issuer)]),
    ],
  });
}

/** Names the task that a certificate is of: a UTF8String. */
function taskExtension(taskId: string): Extension {
  const text = Buffer.from(taskId);
  return new Extension(TASK_OID, false, Buffer.concat([Buffer.from([0x0c, text.length]), text]));
}

async function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(KEY, true, ['sign', 'verify']);
}

async function pkcs8(key: webcrypto.CryptoKey): Promise<Uint8Array> {
  return new Uint8Array(await webcrypto.subtle.exportKey('pkcs8', key));
}

function validity(lifetimeMs: number): { notBefore: Date; notAfter: Date } {
  const now = Date.now();
  const notBefore = now - HOUR_MS;
  return { notBefore: new Date(notBefore), notAfter: new Date(now + lifetimeMs) };
}

function base64UrlJson(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function newSerial(): string {
  const bytes = webcrypto.getRandomValues(new Uint8Array(16));
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return Buffer.from(bytes).toString('hex');
}

function der(certificate: X509Certificate): Uint8Array {
  return new Uint8Array(certificate.rawData);
}
