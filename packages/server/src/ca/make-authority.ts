import { randomBytes, randomInt, verify } from 'node:crypto';
import {
  AuthorityError,
  assembleSigned,
  authorityIdOf,
  buildCaTbs,
  distinguishedName,
  newSerial,
  nowSeconds,
  parseCertificate,
  serialDecimal,
  signatureScheme,
  type Certificate,
  type Clock,
  type SignatureScheme,
} from '@signet/core';
import type { KeyManager } from '@signet/plugins';
import { BACKDATE_SECONDS, slotKeyId, type Authority, type SlotName } from './authority.ts';
import type { AuthoritySettings, CaSubject } from './authority-settings.ts';

/** Makes a fresh authority for a slot, with a new key; published and journalled by the caller. */
export type AuthorityMaker = (slot: SlotName) => Promise<Authority>;

export interface MakerDeps {
  readonly keyManager: KeyManager;
  readonly clock: Clock;
}

const KEY_ID_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const KEY_ID_LENGTH = 32;
const DEFAULT_SUBJECT: CaSubject = { country: 'US', organization: 'SPIFFE' };

/**
 * Makes self-signed X.509 authorities.
 *
 * @spec SPIRE CA profile; X509-SVID §3
 */
export function selfSignedCaMaker(
  settings: AuthoritySettings,
  { keyManager, clock }: MakerDeps,
): AuthorityMaker {
  return async (slot) => {
    const key = await keyManager.generateKey(slotKeyId('x509', slot), settings.caKeyType);
    const issuedAt = nowSeconds(clock);
    const expiresAt = issuedAt + settings.caTtl;
    const scheme = signatureScheme(key.type);
    const serial = newSerial(randomBytes(16));
    const tbs = buildCaTbs({
      serial,
      spkiDer: key.spkiDer,
      subject: caSubject(settings.caSubject ?? DEFAULT_SUBJECT, serial),
      uriSan: settings.trustDomain.idString,
      notBefore: issuedAt - BACKDATE_SECONDS,
      notAfter: expiresAt,
    });
    const certificate = parseCertificate(assembleSigned(tbs, scheme.algorithmDer, await key.sign(tbs)));
    requireSelfSigned(certificate, scheme);
    return {
      kind: 'x509',
      slot,
      status: 'prepared',
      authorityId: authorityIdOf(certificate),
      issuedAt,
      expiresAt,
      key,
      certificate,
    };
  };
}

/** Makes JWT authorities. @spec SPIRE JWT keys */
export function jwtAuthorityMaker(
  settings: AuthoritySettings,
  { keyManager, clock }: MakerDeps,
): AuthorityMaker {
  return async (slot) => {
    const key = await keyManager.generateKey(slotKeyId('jwt', slot), settings.jwtKeyType);
    const issuedAt = nowSeconds(clock);
    const expiresAt = issuedAt + settings.caTtl;
    const keyId = newKeyId();
    const published = { keyId, spkiDer: key.spkiDer, expiresAt, tainted: false };
    return { kind: 'jwt', slot, status: 'prepared', authorityId: keyId, issuedAt, expiresAt, key, published };
  };
}

/** The serial number keeps subjects of successive authorities apart. */
function caSubject(subject: CaSubject, serial: Uint8Array): Uint8Array {
  return distinguishedName({ ...subject, serialNumber: serialDecimal(serial) });
}

/** A key manager that signs with another key than it shows must not become an authority. */
function requireSelfSigned(certificate: Certificate, scheme: SignatureScheme): void {
  if (verify(scheme.hash, certificate.tbsDer, certificate.publicKey, certificate.signature)) return;
  throw new AuthorityError('ERR_SIGNING_FAILED', 'the key manager signed with another key than it shows');
}

function newKeyId(): string {
  return Array.from({ length: KEY_ID_LENGTH }, () =>
    KEY_ID_ALPHABET.charAt(randomInt(KEY_ID_ALPHABET.length)),
  ).join('');
}
