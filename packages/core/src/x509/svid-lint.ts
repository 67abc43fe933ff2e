import { SignetError, SvidError } from '../errors.ts';
import { type SpiffeId } from '../spiffe-id/spiffe-id.ts';
import { type UnixSeconds } from '../time.ts';
import { type Certificate, parseCertificate } from './certificate.ts';
import { isEmptyName } from './distinguished-name.ts';
import { type IssuerProfile } from './issuer-profile.ts';
import { keyIdentifier } from './key-identifier.ts';
import { keyUsage } from './key-usage.ts';
import { oid } from './object-identifiers.ts';

/** What an X509-SVID about to leave must say. */
export interface ExpectedX509Svid {
  readonly issuer: IssuerProfile;
  readonly serial: Uint8Array;
  readonly spiffeId: SpiffeId;
  readonly spkiDer: Uint8Array;
  readonly dnsNames: readonly string[];
  readonly notBefore: UnixSeconds;
  readonly notAfter: UnixSeconds;
  readonly taskId?: string | undefined;
}

/** A rule, in the words that its breach is reported with. */
type Rule = readonly [breach: string, holds: (svid: Certificate, expected: ExpectedX509Svid) => boolean];

const SVID_KEY_USAGE = keyUsage.digitalSignature | keyUsage.keyEncipherment | keyUsage.keyAgreement;
const EXTENSION_ORDER = [
  { oid: oid.keyUsage, critical: true },
  { oid: oid.extKeyUsage, critical: false },
  { oid: oid.basicConstraints, critical: true },
  { oid: oid.subjectKeyIdentifier, critical: false },
  { oid: oid.authorityKeyIdentifier, critical: false },
  { oid: oid.subjectAltName, critical: false },
] as const;
const TASK_EXTENSION = { oid: oid.signetTask, critical: false } as const;
const EXTENSION_ORDER_IN_TASK = [...EXTENSION_ORDER, TASK_EXTENSION] as const;

const rules: readonly Rule[] = [
  ['serial number is another', (svid, { serial }) => svid.serialHex === hexWithoutLeadingZeros(serial)],
  ['serial number is zero', (svid) => svid.serialHex !== '00'],
  ['issuer is another', (svid, { issuer }) => equal(svid.issuerDer, issuer.issuerDer)],
  ['signature algorithm is not the issuer’s', hasIssuersAlgorithm],
  ['signature is empty', (svid) => svid.signature.length > 0],
  ['notBefore is another', (svid, { notBefore }) => svid.notBefore === notBefore],
  ['notAfter is another', (svid, { notAfter }) => svid.notAfter === notAfter],
  ['validity is empty', (svid) => svid.notBefore <= svid.notAfter],
  ['validity begins before its issuer', (svid, { issuer }) => svid.notBefore >= issuer.notBefore],
  ['validity ends after its issuer', (svid, { issuer }) => svid.notAfter <= issuer.notAfter],
  ['subject is empty', (svid) => !isEmptyName(svid.subjectDer)],
  ['subject is the issuer', (svid, { issuer }) => !equal(svid.subjectDer, issuer.issuerDer)],
  ['public key is another', (svid, { spkiDer }) => equal(svid.spkiDer, spkiDer)],
  ['extensions are not those of the profile', hasProfileExtensions],
  ['task is another', (svid, { taskId }) => svid.taskId === taskId],
  ['key usage is not that of the profile', (svid) => svid.keyUsage === SVID_KEY_USAGE],
  ['extended key usage is not that of the profile', hasBothPurposes],
  ['certificate is a CA', (svid) => !svid.isCa],
  ['path length is set', (svid) => svid.pathLen === undefined],
  [
    'subject key identifier is not of the key',
    (svid, { spkiDer }) => equal(svid.subjectKeyId, keyIdentifier(spkiDer)),
  ],
  [
    'authority key identifier is another',
    (svid, { issuer }) => equal(svid.authorityKeyId, issuer.subjectKeyId),
  ],
  ['key is the issuer’s own', (svid, { issuer }) => !equal(svid.subjectKeyId, issuer.subjectKeyId)],
  ['URI SAN is not the SPIFFE ID alone', hasOnlyUri],
  ['SPIFFE ID has no path', (_, { spiffeId }) => spiffeId.path !== ''],
  ['DNS SANs are others', (svid, { dnsNames }) => sameTexts(svid.dnsSans, dnsNames)],
  ['common name is not the first DNS name', hasFirstDnsNameAsCommonName],
  ['IP SANs are there', (svid) => svid.ipSans.length === 0],
  ['mail SANs are there', (svid) => svid.emailSans.length === 0],
  ['directory name SANs are there', (svid) => svid.directoryNameSans.length === 0],
  ['SANs of other forms are there', (svid) => svid.otherSanForms.length === 0],
];

/**
 * Makes sure that a certificate is, field by field, the X509-SVID that was meant. Run on what was built, before it
 * leaves; the signature's own check is not repeated here.
 *
 * @param der - the whole certificate.
 * @throws {SvidError} `ERR_X509_SVID_LINT` the first rule broken.
 * @spec SPIRE server API §12, X.509; X509-SVID §4
 */
export function lintX509Svid(der: Uint8Array, expected: ExpectedX509Svid): void {
  const svid = parseOwn(der);
  for (const [breach, holds] of rules) {
    if (!holds(svid, expected))
      throw new SvidError('ERR_X509_SVID_LINT', `X509-SVID refused before leaving: ${breach}`);
  }
}

function parseOwn(der: Uint8Array): Certificate {
  try {
    return parseCertificate(der);
  } catch (cause) {
    if (!(cause instanceof SignetError)) throw cause;
    throw new SvidError('ERR_X509_SVID_LINT', 'X509-SVID refused before leaving: it does not parse', {
      cause,
    });
  }
}

function hasIssuersAlgorithm(svid: Certificate, { issuer }: ExpectedX509Svid): boolean {
  return equal(svid.signatureAlgorithmDer, issuer.scheme.algorithmDer);
}

function hasProfileExtensions(svid: Certificate, { taskId }: ExpectedX509Svid): boolean {
  const order = taskId === undefined ? EXTENSION_ORDER : EXTENSION_ORDER_IN_TASK;
  return (
    svid.extensions.length === order.length &&
    order.every(({ oid: type, critical }, i) => {
      const extension = svid.extensions[i];
      return extension?.oid === type && extension.critical === critical;
    })
  );
}

function hasBothPurposes(svid: Certificate): boolean {
  return sameTexts(svid.extKeyUsages, [oid.serverAuth, oid.clientAuth]);
}

function hasOnlyUri(svid: Certificate, { spiffeId }: ExpectedX509Svid): boolean {
  return sameTexts(svid.uriSans, [spiffeId.uri]);
}

function hasFirstDnsNameAsCommonName(svid: Certificate, { dnsNames }: ExpectedX509Svid): boolean {
  return dnsNames[0] === undefined || svid.subjectCommonName === dnsNames[0];
}

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, i) => text === b[i]);
}

function equal(a: Uint8Array | undefined, b: Uint8Array): boolean {
  return a !== undefined && Buffer.compare(a, b) === 0;
}

function hexWithoutLeadingZeros(octets: Uint8Array): string {
  const first = octets.findIndex((octet) => octet !== 0);
  return Buffer.from(octets).toString('hex', first);
}
