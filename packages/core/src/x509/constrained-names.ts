import { type Certificate } from './certificate.ts';
import { attributeText, isEmptyName, parseName } from './distinguished-name.ts';
import { isHostName, uriHost } from './host-name.ts';
import { type Mailbox, parseMailbox } from './mailbox.ts';
import { comparableName } from './name-comparison.ts';
import { oid } from './object-identifiers.ts';

/** A name that constraints apply to, taken apart; what it is made of is absent when it cannot be understood. */
export type ConstrainedName =
  | { readonly form: 'uri'; readonly text: string; readonly host: string | undefined }
  /** A wildcard stands for one more label before its domain. */
  | {
      readonly form: 'dns';
      readonly text: string;
      readonly domain: string | undefined;
      readonly isWildcard: boolean;
    }
  | { readonly form: 'email'; readonly text: string; readonly mailbox: Mailbox | undefined }
  | { readonly form: 'ip'; readonly address: Uint8Array }
  | { readonly form: 'directory'; readonly name: readonly string[] }
  | { readonly form: 'other'; readonly tagNumber: number };

/** How many names of a certificate constraints apply to; mail addresses in the subject are not counted. */
export function countConstrainedNames(certificate: Certificate): number {
  const { uriSans, dnsSans, ipSans, emailSans, directoryNameSans, otherSanForms } = certificate;
  const lists = [uriSans, dnsSans, ipSans, emailSans, directoryNameSans, otherSanForms];
  return lists.reduce((sum, { length }) => sum + length, 1);
}

/**
 * The names of a certificate that constraints apply to: the subject, every subjectAltName, and the subject's mail
 * addresses where no mail subjectAltName is there.
 *
 * @spec RFC 5280 §4.2.1.10
 */
export function constrainedNames(certificate: Certificate): readonly ConstrainedName[] {
  const { subjectDer } = certificate;
  const emails = certificate.emailSans.length > 0 ? certificate.emailSans : subjectEmails(subjectDer);
  const directoryNames = isEmptyName(subjectDer)
    ? certificate.directoryNameSans
    : [subjectDer, ...certificate.directoryNameSans];
  return [
    ...certificate.uriSans.map(uriName),
    ...certificate.dnsSans.map(dnsName),
    ...certificate.ipSans.map(ipName),
    ...emails.map(emailName),
    ...directoryNames.map(directoryName),
    ...certificate.otherSanForms.map(otherName),
  ];
}

function subjectEmails(subjectDer: Uint8Array): string[] {
  return parseName(subjectDer)
    .flat()
    .filter((attribute) => attribute.type === oid.emailAddress)
    .map((attribute) => attributeText(attribute) ?? '');
}

function uriName(text: string): ConstrainedName {
  return { form: 'uri', text, host: uriHost(text) };
}

function dnsName(text: string): ConstrainedName {
  const name = text.toLowerCase();
  const isWildcard = name.startsWith('*.');
  const domain = isWildcard ? name.slice(2) : name;
  return { form: 'dns', text, domain: isHostName(domain) ? domain : undefined, isWildcard };
}

function emailName(text: string): ConstrainedName {
  return { form: 'email', text, mailbox: parseMailbox(text) };
}

function ipName(address: Uint8Array): ConstrainedName {
  return { form: 'ip', address };
}

function directoryName(nameDer: Uint8Array): ConstrainedName {
  return { form: 'directory', name: comparableName(nameDer) };
}

function otherName(tagNumber: number): ConstrainedName {
  return { form: 'other', tagNumber };
}
