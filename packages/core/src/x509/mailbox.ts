import { isHostName } from './host-name.ts';
import { isPreferredDnsName } from './preferred-name.ts';

/** A mail address taken apart. */
export interface Mailbox {
  /** As it is meant: without the quotes that it may have been written with. */
  readonly local: string;
  /** In lower case. */
  readonly domain: string;
}

const ATOMS = /^[a-z0-9!#$%&'*+\-/=?^_`{|}~]+(?:\.[a-z0-9!#$%&'*+\-/=?^_`{|}~]+)*$/iu;
const QUOTED = /^"(?:[!#-[\]-~]|\\[!-~])*"$/u;
const ADDRESS_LITERAL = /^\[[0-9a-z:.-]+\]$/iu;

/**
 * Takes a mail address of visible ASCII apart; nothing when it is none, or when its domain is an address literal, which
 * cannot be compared to a domain.
 *
 * @spec RFC 2821 §4.1.2
 */
export function parseMailbox(text: string): Mailbox | undefined {
  const at = text.lastIndexOf('@');
  const domain = text.slice(at + 1).toLowerCase();
  return at > 0 && isLocalPart(text.slice(0, at)) && isHostName(domain)
    ? { local: unquoted(text.slice(0, at)), domain }
    : undefined;
}

/** Whether text is a mail address to the letter of the standard. */
export function isMailbox(text: string): boolean {
  const at = text.lastIndexOf('@');
  const domain = text.slice(at + 1);
  return (
    at > 0 && isLocalPart(text.slice(0, at)) && (isPreferredDnsName(domain) || ADDRESS_LITERAL.test(domain))
  );
}

function isLocalPart(text: string): boolean {
  return ATOMS.test(text) || QUOTED.test(text);
}

function unquoted(local: string): string {
  return local.startsWith('"') ? local.slice(1, -1).replaceAll(/\\(.)/gu, '$1') : local;
}
