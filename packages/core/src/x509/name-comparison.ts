import { tag } from './der/tag.ts';
import { attributeText, type NameAttribute, parseName } from './distinguished-name.ts';
import { oid } from './object-identifiers.ts';

/**
 * One string per relative distinguished name of a DER Name; two names are the same exactly when these are.
 *
 * Text compares without regard to case, to its string type and to the number of spaces between words; attribute
 * values of other types compare octet by octet.
 *
 * @spec RFC 5280 §7.1; RFC 4518 §2
 */
export function comparableName(nameDer: Uint8Array): readonly string[] {
  return parseName(nameDer).map((set) => JSON.stringify(set.map(comparableAttribute).toSorted()));
}

/** Whether `name` is `subtree` or lies below it, both as `comparableName` gives them. */
export function isNameWithin(name: readonly string[], subtree: readonly string[]): boolean {
  return subtree.length <= name.length && subtree.every((part, index) => part === name[index]);
}

function comparableAttribute(attribute: NameAttribute): string {
  const text = isComparableText(attribute) ? attributeText(attribute) : undefined;
  return text === undefined
    ? `${attribute.type}#${attribute.tag}:${Buffer.from(attribute.value).toString('hex')}`
    : `${attribute.type}=${foldText(text)}`;
}

function isComparableText({ type, tag: valueTag }: NameAttribute): boolean {
  if (valueTag === tag.printableString || valueTag === tag.utf8String) return true;
  return valueTag === tag.ia5String && (type === oid.domainComponent || type === oid.emailAddress);
}

function foldText(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim().replaceAll(/\s+/gu, ' ');
}
