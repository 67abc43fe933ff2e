import { type ConstrainedName } from './constrained-names.ts';
import { isNameWithin } from './name-comparison.ts';
import { type NameConstraints, type NameSubtree } from './name-constraints.ts';

const MAX_SHOWN = 256;
const PERIOD = 0x2e;

/** Whether all names meant, or some, or none, lie in a subtree of their form. A name not understood may be anywhere. */
type Overlap = 'all' | 'some' | 'none' | 'unknown';

/**
 * Why names break a CA's constraints; nothing when they do not. A name that cannot be understood breaks any constraint
 * on its form.
 *
 * @spec RFC 5280 §4.2.1.10, §6.1.3 (b) (c)
 */
export function nameConstraintsViolation(
  names: readonly ConstrainedName[],
  { permitted, excluded }: NameConstraints,
): string | undefined {
  for (const name of names) {
    if (isExcluded(name, excluded)) return `name "${shownText(name)}" is excluded`;
    if (!isPermitted(name, permitted)) return `name "${shownText(name)}" is not permitted`;
  }
  return undefined;
}

function isExcluded(name: ConstrainedName, excluded: readonly NameSubtree[]): boolean {
  for (const subtree of excluded) {
    const overlap = overlapOf(name, subtree);
    if (overlap !== undefined && overlap !== 'none') return true;
  }
  return false;
}

// A form that no subtree speaks of is not constrained.
function isPermitted(name: ConstrainedName, permitted: readonly NameSubtree[]): boolean {
  let isConstrained = false;
  for (const subtree of permitted) {
    const overlap = overlapOf(name, subtree);
    if (overlap === 'all') return true;
    isConstrained ||= overlap !== undefined;
  }
  return !isConstrained;
}

/** Nothing when the subtree says nothing about names of that form. */
function overlapOf(name: ConstrainedName, subtree: NameSubtree): Overlap | undefined {
  switch (name.form) {
    case 'uri':
      if (subtree.form !== 'uri') return undefined;
      return name.host === undefined ? 'unknown' : allOrNone(isHostWithin(name.host, subtree.base));
    case 'dns':
      if (subtree.form !== 'dns') return undefined;
      return name.domain === undefined ? 'unknown' : dnsOverlap(name.domain, name.isWildcard, subtree.base);
    case 'email':
      if (subtree.form !== 'email') return undefined;
      return name.mailbox === undefined ? 'unknown' : allOrNone(isMailboxWithin(name.mailbox, subtree));
    case 'ip':
      if (subtree.form !== 'ip') return undefined;
      return allOrNone(isAddressWithin(name.address, subtree.address, subtree.mask));
    case 'directory':
      return subtree.form === 'directory' ? allOrNone(isNameWithin(name.name, subtree.name)) : undefined;
    case 'other':
      // Whatever is said about such a form cannot be checked.
      return subtree.form === 'other' && subtree.tagNumber === name.tagNumber ? 'unknown' : undefined;
  }
}

function allOrNone(isWithin: boolean): Overlap {
  return isWithin ? 'all' : 'none';
}

// `*.a` stands for `x.a` too, so it meets the subtree `x.a` without lying within it.
function dnsOverlap(domain: string, isWildcard: boolean, base: string): Overlap {
  if (isDomainWithin(domain, base)) return 'all';
  const isMet = isWildcard && endsIn(base, domain) && base.indexOf('.') === base.length - domain.length - 1;
  return isMet ? 'some' : 'none';
}

function isMailboxWithin(
  mailbox: { readonly local: string; readonly domain: string },
  { base, local }: { readonly base: string; readonly local?: string },
): boolean {
  if (local === undefined) return isHostWithin(mailbox.domain, base);
  return local === mailbox.local && base === mailbox.domain;
}

function isHostWithin(host: string, base: string): boolean {
  if (base === '') return true;
  return base.startsWith('.') ? endsIn(host, base) : host === base;
}

function isDomainWithin(domain: string, base: string): boolean {
  if (base === '' || domain === base) return true;
  return domain.charCodeAt(domain.length - base.length - 1) === PERIOD && endsIn(domain, base);
}

// What `endsWith` does, but several times as fast, where somebody chose names that differ only in their first character.
function endsIn(text: string, ending: string): boolean {
  return text.length >= ending.length && text.slice(text.length - ending.length) === ending;
}

function isAddressWithin(ip: Uint8Array, address: Uint8Array, mask: Uint8Array): boolean {
  if (ip.length !== address.length) return false;
  for (let i = 0; i < ip.length; i++) {
    if ((((ip[i] as number) ^ (address[i] as number)) & (mask[i] as number)) !== 0) return false;
  }
  return true;
}

// Others chose the text, and it may be tens of thousands of characters long.
function shownText(name: ConstrainedName): string {
  switch (name.form) {
    case 'ip':
      return name.address.join('.');
    case 'directory':
      return 'directory name';
    case 'other':
      return 'of another form';
    case 'uri':
    case 'dns':
    case 'email':
      return name.text.length <= MAX_SHOWN ? name.text : `${name.text.slice(0, MAX_SHOWN)}…`;
  }
}
