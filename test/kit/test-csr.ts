import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { assembleSigned, buildCsrInfo, distinguishedName, signatureScheme, signWithKey } from '@signet/core';

/** A certificate signing request and its key. */
export interface TestCsr {
  readonly der: Uint8Array;
  readonly key: KeyObject;
  readonly keyPem: string;
}

/** What a request asks for; without any of it, as agents send theirs. */
export interface TestCsrOptions {
  readonly uri?: string;
  readonly dnsNames?: readonly string[];
  readonly commonName?: string;
  /** Signs with another key, so that possession is not proven. */
  readonly foreignSignature?: boolean;
}

/** Makes a request with a fresh P-256 key. */
export function testCsr({ uri, dnsNames, commonName, foreignSignature }: TestCsrOptions = {}): TestCsr {
  const { privateKey, publicKey } = newKeyPair();
  const info = buildCsrInfo({
    spkiDer: publicKey.export({ format: 'der', type: 'spki' }),
    subject: distinguishedName({
      country: 'US',
      organization: 'SPIRE',
      ...(commonName !== undefined && { commonName }),
    }),
    ...(uri !== undefined && { uriSan: uri }),
    ...(dnsNames !== undefined && { dnsNames }),
  });
  const signer = foreignSignature === true ? newKeyPair().privateKey : privateKey;
  const der = assembleSigned(info, signatureScheme('ec-p256').algorithmDer, signWithKey(signer, info));
  return { der, key: privateKey, keyPem: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString() };
}

function newKeyPair(): { privateKey: KeyObject; publicKey: KeyObject } {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}
