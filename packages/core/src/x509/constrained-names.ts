import { type Certificate } from './certificate.ts';
import { attributeText, isEmptyName, parseName } from './distinguished-name.ts';
import { isHostName, uriHost } from './host-name.ts';
import { comparableName, isNameWithin } from './name-comparison.ts';
import { type NameConstraints, type NameSubtree } from './name-constraints.ts';
import { oid } from './object-identifiers.ts';

type Form = NameSubtree['form'];
type SubtreeOf<F extends Form> = Extract<NameSubtree, { readonly form: F }>;

const MAX_SHOWN = 256;

/** A name of one form and how it relates to subtrees of that form. */
interface ConstrainedName {
  readonly text: string;
  isOfForm(subtree: NameSubtree): boolean;
  /** Whether every name meant is inside the subtree. */
  isWithin(subtree: NameSubtree): boolean;
  /** Whether some name meant may be inside the subtree. */
  meets(subtree: NameSubtree): boolean;
}

/**
 * Why a certificate's names break a CA's constraints; nothing when they do not. The subject, every subjectAltName, and
 * the subject's mail address where no mail subjectAltName is there, are looked at. A name that cannot be understood
 * breaks any constraint on its form.
 *
 * @param spend - called with the number of comparisons about to be made; throws when there have been too many.
 * @spec RFC 5280 §4.2.1.10, §6.1.3 (b) (c)
 */
export function nameConstraintsViolation(
  certificate: Certificate,
  constraints: NameConstraints,
  spend: (comparisons: number) => void,
): string | undefined {
  const names = constrainedNames(certificate);
  spend(names.length * (constraints.permitted.length + constraints.excluded.length));
  for (const name of names) {
    const excluded = constraints.excluded.filter((subtree) => name.isOfForm(subtree));
    if (excluded.some((subtree) => name.meets(subtree))) return `name "${shortened(name.text)}" is excluded`;
    const permitted = constraints.permitted.filter((subtree) => name.isOfForm(subtree));
    if (permitted.length > 0 && !permitted.some((subtree) => name.isWithin(subtree))) {
      return `name "${shortened(name.text)}" is not permitted`;
    }
  }
  return undefined;
}

// The text goes into a message, and may be tens of thousands of characters that somebody else chose.
function shortened(text: string): string {
  return text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN)}…`;
}

function constrainedNames(certificate: Certificate): ConstrainedName[] {
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

function constrainedName<F extends Form>(
  form: F,
  text: string,
  isWithin: (subtree: SubtreeOf<F>) => boolean,
  meets: (subtree: SubtreeOf<F>) => boolean = isWithin,
): ConstrainedName {
  const isOfForm = (subtree: NameSubtree): subtree is SubtreeOf<F> => subtree.form === form;
  return {
    text,
    isOfForm,
    isWithin: (subtree) => isOfForm(subtree) && isWithin(subtree),
    meets: (subtree) => isOfForm(subtree) && meets(subtree),
  };
}

function misunderstood(form: Form, text: string): ConstrainedName {
  return { text, isOfForm: (subtree) => subtree.form === form, isWithin: () => false, meets: () => true };
}

function uriName(uri: string): ConstrainedName {
  const host = uriHost(uri);
  if (host === undefined) return misunderstood('uri', uri);
  return constrainedName('uri', uri, ({ base }) => isHostWithin(host, base));
}

function dnsName(dns: string): ConstrainedName {
  const name = dns.toLowerCase();
  const isWildcard = name.startsWith('*.');
  const fixed = isWildcard ? name.slice(2) : name;
  if (!isHostName(fixed)) return misunderstood('dns', dns);
  const isWithin = ({ base }: { base: string }): boolean => isDomainWithin(fixed, base.toLowerCase());
  if (!isWildcard) return constrainedName('dns', dns, isWithin);
  // `*.a` stands for `x.a` too, so it meets `x.a` without lying within it.
  const meets = ({ base }: { base: string }): boolean =>
    base.toLowerCase().split('.').slice(1).join('.') === fixed;
  return constrainedName('dns', dns, isWithin, (subtree) => isWithin(subtree) || meets(subtree));
}

function emailName(email: string): ConstrainedName {
  const at = email.lastIndexOf('@');
  const host = email.slice(at + 1).toLowerCase();
  if (at < 1 || !isHostName(host)) return misunderstood('email', email);
  return constrainedName('email', email, ({ base }) => {
    const baseAt = base.lastIndexOf('@');
    if (baseAt === -1) return isHostWithin(host, base);
    return base.slice(0, baseAt) === email.slice(0, at) && base.slice(baseAt + 1).toLowerCase() === host;
  });
}

function ipName(ip: Uint8Array): ConstrainedName {
  return constrainedName('ip', ip.join('.'), ({ address, mask }) => {
    if (ip.length !== address.length) return false;
    return mask.every((bits, i) => (((ip[i] as number) ^ (address[i] as number)) & bits) === 0);
  });
}

function directoryName(nameDer: Uint8Array): ConstrainedName {
  const name = comparableName(nameDer);
  return constrainedName('directory', 'directory name', (subtree) => isNameWithin(name, subtree.name));
}

// Whatever is said about such a form cannot be checked, so a name of that form breaks it.
function otherName(tagNumber: number): ConstrainedName {
  return {
    text: 'of another form',
    isOfForm: (subtree) => subtree.form === 'other' && subtree.tagNumber === tagNumber,
    isWithin: () => false,
    meets: () => true,
  };
}

function isHostWithin(host: string, base: string): boolean {
  const wanted = base.toLowerCase();
  if (wanted === '') return true;
  return wanted.startsWith('.') ? host.endsWith(wanted) : host === wanted;
}

function isDomainWithin(domain: string, base: string): boolean {
  return base === '' || domain === base || domain.endsWith(`.${base}`);
}
