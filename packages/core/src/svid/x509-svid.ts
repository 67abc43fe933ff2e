import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { SvidError } from '../errors.ts';
import { type SpiffeId } from '../spiffe-id/spiffe-id.ts';
import { type UnixSeconds } from '../time.ts';
import { type Certificate, parseCertificateSequence } from '../x509/certificate.ts';
import { authorityDefect } from '../x509/issuer-check.ts';
import { requireX509SvidLeaf } from './x509-svid-profile.ts';

/** The parts of an X509-SVID as the Workload API carries them. */
export interface X509SvidParts {
  /** DER certificates one after the other, leaf first. */
  readonly chainDer: Uint8Array;
  /** Unencrypted PKCS#8 DER. */
  readonly keyPkcs8: Uint8Array;
  /** The operator's word for what the SVID is for. */
  readonly hint?: string;
}

/** An X509-SVID together with its private key: what a workload authenticates with. */
export class X509Svid {
  readonly id: SpiffeId;
  /** Leaf first, then the CAs above it without the root. */
  readonly certificates: readonly [Certificate, ...Certificate[]];
  readonly privateKey: KeyObject;
  /** Empty when there is none. */
  readonly hint: string;

  private constructor(
    id: SpiffeId,
    certificates: readonly [Certificate, ...Certificate[]],
    privateKey: KeyObject,
    hint: string,
  ) {
    this.id = id;
    this.certificates = certificates;
    this.privateKey = privateKey;
    this.hint = hint;
  }

  /**
   * An X509-SVID of certificates and key that are already values.
   *
   * @throws {SvidError} as `parseX509Svid`.
   */
  static of(certificates: readonly Certificate[], privateKey: KeyObject, hint = ''): X509Svid {
    const [leaf, ...others] = certificates;
    if (leaf === undefined) throw new SvidError('ERR_X509_SVID_EMPTY', 'there is no certificate');
    const id = requireX509SvidLeaf(leaf);
    if (others.some((each) => authorityDefect(each) !== undefined)) {
      throw new SvidError('ERR_X509_SVID_CA', 'certificates above an X509-SVID must be CAs');
    }
    if (privateKey.type !== 'private' || !leaf.publicKey.equals(createPublicKey(privateKey))) {
      throw new SvidError('ERR_X509_SVID_KEY_MISMATCH', 'private key is not that of the X509-SVID');
    }
    return new X509Svid(id, [leaf, ...others], privateKey, hint);
  }

  get leaf(): Certificate {
    return this.certificates[0];
  }

  /** Last second of validity. */
  get expiresAt(): UnixSeconds {
    return this.leaf.notAfter;
  }
}

/**
 * Reads an X509-SVID and its key as one's own: the leaf must be an X509-SVID, the rest CAs, the key the leaf's. Whether
 * anybody trusts it is not looked at, nor are its dates.
 *
 * @throws {SvidError} `ERR_X509_SVID_KEY_MISMATCH` the key is not the leaf's or no PKCS#8 key; `ERR_X509_SVID_CA` also for
 *   a certificate above the leaf that is no CA; otherwise as `requireX509SvidLeaf`.
 * @throws {X509Error} a certificate does not parse; `ERR_KEY_*` the leaf's key is not usable.
 * @spec SPIFFE Workload API §5.2.1; X509-SVID §4
 */
export function parseX509Svid(parts: X509SvidParts): X509Svid {
  const certificates = parseCertificateSequence(parts.chainDer);
  return X509Svid.of(certificates, importPrivateKey(parts.keyPkcs8), parts.hint);
}

function importPrivateKey(keyPkcs8: Uint8Array): KeyObject {
  try {
    return createPrivateKey({
      key: Buffer.from(keyPkcs8.buffer, keyPkcs8.byteOffset, keyPkcs8.length),
      format: 'der',
      type: 'pkcs8',
    });
  } catch {
    // What OpenSSL says about a private key stays unsaid.
    throw new SvidError('ERR_X509_SVID_KEY_MISMATCH', 'private key is not PKCS#8');
  }
}
