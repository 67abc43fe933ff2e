import { DerError } from '../errors.ts';
import { requireCanonicalDer } from './der/canonical.ts';
import { type DerReader } from './der/der-reader.ts';
import { contextConstructed, contextPrimitive, tag } from './der/tag.ts';
import { requireGraphicAscii, requirePrintableAscii } from './der/text.ts';
import { parseName } from './distinguished-name.ts';

/** The names of a subjectAltName by form; forms that nothing here reads are kept as their tag numbers. */
export interface GeneralNames {
  readonly uris: readonly string[];
  readonly dnsNames: readonly string[];
  /** Four octets for IPv4, sixteen for IPv6. */
  readonly ipAddresses: readonly Uint8Array[];
  readonly emails: readonly string[];
  /** DER Names. */
  readonly directoryNames: readonly Uint8Array[];
  readonly otherForms: readonly number[];
}

/** Tag numbers of GeneralName's choices. */
export const generalName = {
  otherName: 0,
  email: 1,
  dns: 2,
  x400Address: 3,
  directory: 4,
  ediPartyName: 5,
  uri: 6,
  ip: 7,
  registeredId: 8,
} as const;

export const NO_NAMES: GeneralNames = {
  uris: [],
  dnsNames: [],
  ipAddresses: [],
  emails: [],
  directoryNames: [],
  otherForms: [],
};

const OTHER_FORMS: readonly number[] = [
  contextConstructed(generalName.otherName),
  contextConstructed(generalName.x400Address),
  contextConstructed(generalName.ediPartyName),
  contextPrimitive(generalName.registeredId),
];

/**
 * Reads GeneralNames to its end: at least one name, each well-formed for its form. Whether a URI, DNS name or mail
 * address is a proper one is for whoever uses it; here they only must be visible ASCII, and a DNS name may have spaces,
 * which SPIRE's registration entries allow.
 *
 * @throws {DerError} `ERR_DER_*` malformed.
 * @spec RFC 5280 §4.2.1.6
 */
export function readGeneralNames(reader: DerReader): GeneralNames {
  if (!reader.hasMore()) throw new DerError('ERR_DER_VALUE', 'list of names is empty');
  const names = {
    uris: [] as string[],
    dnsNames: [] as string[],
    ipAddresses: [] as Uint8Array[],
    emails: [] as string[],
    directoryNames: [] as Uint8Array[],
    otherForms: [] as number[],
  };
  while (reader.hasMore()) {
    const type = reader.peekTag();
    switch (type) {
      case contextPrimitive(generalName.uri):
        names.uris.push(requireGraphicAscii(reader.content(type)));
        break;
      case contextPrimitive(generalName.dns):
        names.dnsNames.push(requirePrintableAscii(reader.content(type)));
        break;
      case contextPrimitive(generalName.email):
        names.emails.push(requireGraphicAscii(reader.content(type)));
        break;
      case contextPrimitive(generalName.ip):
        names.ipAddresses.push(requireIpAddress(reader.content(type)));
        break;
      case contextConstructed(generalName.directory):
        names.directoryNames.push(readDirectoryName(reader));
        break;
      default:
        names.otherForms.push(readOtherForm(reader, type));
    }
  }
  return names;
}

/** The DER Name inside `[4]`, which is EXPLICIT because Name is a CHOICE. */
export function readDirectoryName(reader: DerReader): Uint8Array {
  const inner = reader.enter(contextConstructed(generalName.directory));
  const name = inner.element(tag.sequence);
  inner.requireEnd();
  requireCanonicalDer(name);
  parseName(name);
  return name;
}

function requireIpAddress(content: Uint8Array): Uint8Array {
  if (content.length === 4 || content.length === 16) return content;
  throw new DerError('ERR_DER_VALUE', 'IP address must have 4 or 16 octets');
}

/** The tag number of a name of one of the forms that nothing here reads. */
export function readOtherForm(reader: DerReader, type: number): number {
  if (!OTHER_FORMS.includes(type)) throw new DerError('ERR_DER_TAG', 'not a form of general name');
  const element = reader.element(type);
  requireCanonicalDer(element);
  return type & 0x1f;
}
