import 'reflect-metadata';
import { Pkcs10CertificateRequestGenerator, SubjectAlternativeNameExtension } from '@peculiar/x509';
import { webcrypto } from 'node:crypto';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** A new key and the request to certify it. */
export interface MintRequest {
  readonly csrDer: Uint8Array;
  readonly keyPkcs8: Uint8Array;
}

/** Makes an EC P-256 key and a certificate request with the SPIFFE ID and the DNS names; the subject is the server's to choose. */
export async function makeMintRequest(spiffeId: string, dnsNames: readonly string[]): Promise<MintRequest> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const names = [
    ...dnsNames.map((value) => ({ type: 'dns' as const, value })),
    { type: 'url' as const, value: spiffeId },
  ];
  const request = await Pkcs10CertificateRequestGenerator.create({
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [new SubjectAlternativeNameExtension(names)],
  });
  const keyPkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return { csrDer: new Uint8Array(request.rawData), keyPkcs8: new Uint8Array(keyPkcs8) };
}
