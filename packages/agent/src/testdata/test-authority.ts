import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import {
  assembleSigned,
  buildCaTbs,
  buildX509SvidTbs,
  type Bundle,
  distinguishedName,
  newSerial,
  parseCertificate,
  parseCsr,
  parseSpiffeId,
  parseTrustDomain,
  prepareIssuer,
  signatureScheme,
  signJwtSvid,
  type TrustDomain,
  type UnixSeconds,
  type X509Bundle,
  x509BundleOf,
} from '@signet/core';

/** Validity of what the authority issues. */
export interface IssueOptions {
  readonly notBefore?: UnixSeconds;
  readonly notAfter?: UnixSeconds;
  readonly taskId?: string;
}

/** A certificate and its key, as a TLS server or client takes them. */
export interface TestIdentity {
  readonly chainDer: readonly Uint8Array[];
  readonly key: KeyObject;
}

const scheme = signatureScheme('ec-p256');

function now(): UnixSeconds {
  return Math.floor(Date.now() / 1000);
}

/** A trust domain's X.509 and JWT authority, complete and in memory. */
export class TestAuthority {
  readonly trustDomain: TrustDomain;
  readonly rootDer: Uint8Array;
  readonly #key: KeyObject;
  readonly #jwt = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly jwtKeyId: string = randomBytes(8).toString('hex');

  constructor(name = 'example.org') {
    this.trustDomain = parseTrustDomain(name);
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.#key = privateKey;
    const tbs = buildCaTbs({
      serial: newSerial(randomBytes(16)),
      subject: distinguishedName({ country: 'US', organization: 'SPIFFE', serialNumber: randomBytes(4).toString('hex') }),
      spkiDer: publicKey.export({ type: 'spki', format: 'der' }),
      uriSan: this.trustDomain.idString,
      notBefore: now() - 60,
      notAfter: now() + 24 * 3600,
    });
    this.rootDer = assembleSigned(tbs, scheme.algorithmDer, sign(scheme.hash, tbs, this.#key));
  }

  /** The bundle, with the marks that the test wants. */
  bundle(options: { readonly tainted?: boolean; readonly sequenceNumber?: bigint } = {}): Bundle {
    return {
      trustDomain: this.trustDomain,
      x509Authorities: [{ der: this.rootDer, tainted: options.tainted === true }],
      jwtAuthorities: [
        {
          keyId: this.jwtKeyId,
          spkiDer: this.#jwt.publicKey.export({ type: 'spki', format: 'der' }),
          expiresAt: now() + 24 * 3600,
          tainted: options.tainted === true,
        },
      ],
      refreshHint: 0,
      sequenceNumber: options.sequenceNumber ?? 1n,
    };
  }

  /** The X.509 side of the bundle. */
  x509Bundle(): X509Bundle {
    return x509BundleOf(this.bundle());
  }

  /** A leaf for a public key. @param uri - its SPIFFE ID. */
  issue(spkiDer: Uint8Array, uri: string, options: IssueOptions = {}): readonly Uint8Array[] {
    const tbs = buildX509SvidTbs(prepareIssuer(parseCertificate(this.rootDer)), {
      serial: newSerial(randomBytes(16)),
      spkiDer,
      spiffeId: parseSpiffeId(uri),
      dnsNames: [],
      notBefore: options.notBefore ?? now() - 10,
      notAfter: options.notAfter ?? now() + 3600,
      taskId: options.taskId,
    });
    return [assembleSigned(tbs, scheme.algorithmDer, sign(scheme.hash, tbs, this.#key))];
  }

  /** A leaf for the key of a certificate request. */
  issueFor(csrDer: Uint8Array, uri: string, options: IssueOptions = {}): readonly Uint8Array[] {
    return this.issue(parseCsr(csrDer).spkiDer, uri, options);
  }

  /** A fresh key with its leaf. */
  identity(uri: string, options: IssueOptions = {}): TestIdentity {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const chainDer = this.issue(publicKey.export({ type: 'spki', format: 'der' }), uri, options);
    return { chainDer, key: privateKey };
  }

  jwtSvid(
    uri: string,
    audience: readonly string[],
    issuedAt: UnixSeconds = now(),
    ttl = 300,
    taskId?: string,
  ): string {
    return signJwtSvid({
      key: this.#jwt.privateKey,
      keyId: this.jwtKeyId,
      spiffeId: parseSpiffeId(uri),
      audience,
      issuedAt,
      expiresAt: issuedAt + ttl,
      taskId,
    });
  }
}
