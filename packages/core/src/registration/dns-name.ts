import { EntryError } from '../errors.ts';
import { decodePunycode } from './punycode.ts';

const MAX_NAME_BYTES = 253;
const MAX_LABEL_BYTES = 63;
const ACE_PREFIX = 'xn--';
const WILDCARD = '*.';

/**
 * Checks a DNS name for a registration entry or SVID with SPIRE's rules, no stricter: underscores, upper case
 * and spaces pass.
 *
 * @throws {EntryError} `ERR_ENTRY_DNS_NAME`; the message is the reason alone, without the name.
 */
export function validateDnsName(name: string): void {
  const reason = dnsNameProblem(name);
  if (reason !== undefined) throw new EntryError('ERR_ENTRY_DNS_NAME', reason);
}

function dnsNameProblem(name: string): string | undefined {
  if (name.trim() === '') return 'empty or only whitespace';
  if (name.length > MAX_NAME_BYTES) return 'name is longer than 253 bytes';
  if (!isAscii(name)) return 'name must be ASCII';
  const stars = name.split('*').length - 1;
  if (stars > 1) return 'too many wildcards';
  if (stars === 1 && !name.startsWith(WILDCARD)) return 'wildcard must be the first label';
  if (name.endsWith('.')) return 'name ends with a dot';
  const labels = (stars === 1 ? name.slice(WILDCARD.length) : name).split('.');
  return labels.map(labelProblem).find((problem) => problem !== undefined);
}

function labelProblem(label: string): string | undefined {
  if (label === '') return 'empty label';
  if (label.length > MAX_LABEL_BYTES) return 'label is longer than 63 bytes';
  if (label.startsWith('-') || label.endsWith('-')) return 'label starts or ends with a hyphen';
  if (label.startsWith(ACE_PREFIX)) return internationalLabelProblem(label.slice(ACE_PREFIX.length));
  if (hasReservedHyphens(label)) return 'label has hyphens at its third and fourth place';
  return undefined;
}

function internationalLabelProblem(encoded: string): string | undefined {
  const label = decodePunycode(encoded);
  return label !== undefined && isInternationalLabel(label) ? undefined : 'invalid internationalized label';
}

// Characters that IDNA maps to others, or forbids, never come out of a correctly made label.
const NEVER_IN_LABEL = /[\p{C}\p{Z}\p{Lu}\p{Lt}.]/u;
const STARTS_WITH_MARK = /^\p{M}/u;

function isInternationalLabel(label: string): boolean {
  return (
    !isAscii(label) &&
    label === label.normalize('NFKC') &&
    !NEVER_IN_LABEL.test(label) &&
    !STARTS_WITH_MARK.test(label) &&
    !label.startsWith('-') &&
    !label.endsWith('-') &&
    !hasReservedHyphens(label)
  );
}

function hasReservedHyphens(label: string): boolean {
  return label.slice(2, 4) === '--';
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}

/**
 * Finds a wildcard name that already covers another name of the list.
 *
 * @returns the pair, or `undefined` when no wildcard covers a plain name.
 */
export function findWildcardOverlap(
  names: readonly string[],
): { readonly wildcard: string; readonly name: string } | undefined {
  const wildcards = new Set(names.filter((name) => name.startsWith(WILDCARD)));
  for (const name of names) {
    if (wildcards.has(name)) continue;
    const dot = name.indexOf('.');
    const wildcard = `*${name.slice(dot)}`;
    if (dot !== -1 && wildcards.has(wildcard)) return { wildcard, name };
  }
  return undefined;
}
