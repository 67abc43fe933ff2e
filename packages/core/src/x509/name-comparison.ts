import { createHash } from 'node:crypto';
import { tag } from './der/tag.ts';
import { attributeText, type NameAttribute, parseName } from './distinguished-name.ts';
import { foldText } from './name-folding.ts';
import { oid } from './object-identifiers.ts';

const MAX_KEY_LENGTH = 512;

/**
 * One string per relative distinguished name of a DER Name; two names are the same exactly when these are.
 *
 * Text compares without regard to case, to its string type and to the number of spaces between words; attribute
 * values of other types compare octet by octet.
 *
 * @spec RFC 5280 §7.1; RFC 4518 §2
 */
export function comparableName(nameDer: Uint8Array): readonly string[] {
  return parseName(nameDer).map(comparableSet);
}

/** One string per DER Name, of at most 512 characters, that is the same exactly when the names are. */
export function nameKey(nameDer: Uint8Array): string {
  const whole = comparableName(nameDer).join('/');
  return whole.length <= MAX_KEY_LENGTH ? whole : `#${createHash('sha256').update(whole).digest('hex')}`;
}

/** Whether `name` is `subtree` or lies below it, both as `comparableName` gives them. */
export function isNameWithin(name: readonly string[], subtree: readonly string[]): boolean {
  return subtree.length <= name.length && subtree.every((part, index) => part === name[index]);
}

function comparableSet(set: readonly NameAttribute[]): string {
  const [only] = set;
  return set.length === 1 && only !== undefined
    ? comparableAttribute(only)
    : set.map(comparableAttribute).toSorted().join('+');
}

// The length tells where a value ends, so that no value can pass for two.
function comparableAttribute(attribute: NameAttribute): string {
  const text = isComparableText(attribute) ? attributeText(attribute) : undefined;
  if (text === undefined) return `${attribute.type}#${attribute.tag}:${hexOf(attribute.value)};`;
  const folded = foldText(text);
  return `${attribute.type}=${folded.length}:${folded}`;
}

function isComparableText({ type, tag: valueTag }: NameAttribute): boolean {
  if (valueTag === tag.printableString || valueTag === tag.utf8String) return true;
  return valueTag === tag.ia5String && (type === oid.domainComponent || type === oid.emailAddress);
}

function hexOf(octets: Uint8Array): string {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString('hex');
}
