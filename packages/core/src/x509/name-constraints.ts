import { DerError } from '../errors.ts';
import { type DerReader } from './der/der-reader.ts';
import { contextConstructed, contextPrimitive, tag } from './der/tag.ts';
import { requireGraphicAscii } from './der/text.ts';
import { generalName, readDirectoryName, readOtherForm } from './general-names.ts';
import { isHostName } from './host-name.ts';
import { parseMailbox } from './mailbox.ts';
import { comparableName } from './name-comparison.ts';

/**
 * One subtree of names. An empty DNS, URI or mail subtree holds all names of its form; hosts are in lower case.
 * `other` stands for the forms that nothing here compares.
 */
export type NameSubtree =
  | { readonly form: 'dns'; readonly base: string }
  | { readonly form: 'uri'; readonly base: string }
  /** All mailboxes of a host, or of those below it when it begins with a period; one alone when `local` is there. */
  | { readonly form: 'email'; readonly base: string; readonly local?: string }
  | { readonly form: 'ip'; readonly address: Uint8Array; readonly mask: Uint8Array }
  | { readonly form: 'directory'; readonly name: readonly string[] }
  | { readonly form: 'other'; readonly tagNumber: number };

/** Which names the certificates below a CA may have. */
export interface NameConstraints {
  readonly permitted: readonly NameSubtree[];
  readonly excluded: readonly NameSubtree[];
}

const PERMITTED = contextConstructed(0);
const EXCLUDED = contextConstructed(1);

/**
 * Reads the value of a nameConstraints extension. An extension with neither list, an empty list, and a subtree with a
 * minimum or maximum are refused, and so is a base that is no proper name of its form.
 *
 * @throws {DerError} `ERR_DER_*` malformed.
 * @spec RFC 5280 §4.2.1.10
 */
export function readNameConstraints(reader: DerReader): NameConstraints {
  const hasPermitted = reader.peekTag() === PERMITTED;
  const permitted = hasPermitted ? readSubtrees(reader.enter(PERMITTED)) : [];
  const hasExcluded = reader.peekTag() === EXCLUDED;
  const excluded = hasExcluded ? readSubtrees(reader.enter(EXCLUDED)) : [];
  reader.requireEnd();
  if (!hasPermitted && !hasExcluded)
    throw new DerError('ERR_DER_VALUE', 'name constraints constrain nothing');
  return { permitted, excluded };
}

function readSubtrees(reader: DerReader): NameSubtree[] {
  if (!reader.hasMore()) throw new DerError('ERR_DER_VALUE', 'list of subtrees is empty');
  const subtrees: NameSubtree[] = [];
  while (reader.hasMore()) {
    const subtree = reader.enter(tag.sequence);
    subtrees.push(readBase(subtree));
    // What may follow are minimum and maximum, which no certificate may use.
    subtree.requireEnd();
  }
  return subtrees;
}

function readBase(reader: DerReader): NameSubtree {
  const type = reader.peekTag();
  switch (type) {
    case contextPrimitive(generalName.dns):
      return { form: 'dns', base: readText(reader, type, isDnsBase) };
    case contextPrimitive(generalName.uri):
      return { form: 'uri', base: readText(reader, type, isHostBase) };
    case contextPrimitive(generalName.email):
      return readEmailBase(reader);
    case contextPrimitive(generalName.ip):
      return readAddressRange(reader.content(type));
    case contextConstructed(generalName.directory):
      return { form: 'directory', name: comparableName(readDirectoryName(reader)) };
    default:
      return { form: 'other', tagNumber: readOtherForm(reader, type) };
  }
}

function readText(reader: DerReader, type: number, isBase: (text: string) => boolean): string {
  const content = reader.content(type);
  if (content.length === 0) return '';
  const text = requireGraphicAscii(content);
  if (!isBase(text)) throw notOfItsForm();
  return text.toLowerCase();
}

// Unlike the other two forms a DNS base always means itself and all below; a leading period has no meaning there.
function isDnsBase(text: string): boolean {
  return isHostName(text);
}

function isHostBase(text: string): boolean {
  return isHostName(text.startsWith('.') ? text.slice(1) : text);
}

function readEmailBase(reader: DerReader): NameSubtree {
  const content = reader.content(contextPrimitive(generalName.email));
  if (content.length === 0) return { form: 'email', base: '' };
  const text = requireGraphicAscii(content);
  if (isHostBase(text)) return { form: 'email', base: text.toLowerCase() };
  const mailbox = parseMailbox(text);
  if (mailbox === undefined) throw notOfItsForm();
  return { form: 'email', base: mailbox.domain, local: mailbox.local };
}

function notOfItsForm(): DerError {
  return new DerError('ERR_DER_VALUE', 'a constraint is not a name of its form');
}

function readAddressRange(content: Uint8Array): NameSubtree {
  if (content.length !== 8 && content.length !== 32) {
    throw new DerError('ERR_DER_VALUE', 'an address range must have 8 or 32 octets');
  }
  const half = content.length / 2;
  const mask = content.subarray(half);
  if (!isPrefixMask(mask)) throw new DerError('ERR_DER_VALUE', 'an address mask must be a run of ones');
  return { form: 'ip', address: content.subarray(0, half), mask };
}

function isPrefixMask(mask: Uint8Array): boolean {
  const firstPartial = mask.findIndex((octet) => octet !== 0xff);
  if (firstPartial === -1) return true;
  const partial = 0xff - (mask[firstPartial] as number);
  // Ones followed by zeros, seen from the other side, are one less than a power of two.
  return (partial & (partial + 1)) === 0 && mask.subarray(firstPartial + 1).every((octet) => octet === 0);
}
