import { X509Error } from '../errors.ts';
import { type Certificate } from './certificate.ts';
import { oid } from './object-identifiers.ts';

/** The purposes that every certificate seen so far allows; nothing while all of them allow any. */
export type CommonPurposes = ReadonlySet<string> | undefined;

/**
 * What is left of the purposes after another certificate of the path. A purpose has to be allowed by every certificate
 * that lists purposes, so that a CA for one purpose cannot be used for another.
 *
 * @spec RFC 5280 §4.2.1.12
 */
export function narrowedPurposes(purposes: CommonPurposes, { extKeyUsages }: Certificate): CommonPurposes {
  if (extKeyUsages.length === 0 || extKeyUsages.includes(oid.anyExtendedKeyUsage)) return purposes;
  return new Set(purposes === undefined ? extKeyUsages : extKeyUsages.filter((each) => purposes.has(each)));
}

/** Why no purpose is left, or not all that are required. */
export function purposeDefect(purposes: CommonPurposes, required: readonly string[]): X509Error | undefined {
  if (purposes === undefined || (purposes.size > 0 && required.every((each) => purposes.has(each)))) {
    return undefined;
  }
  return new X509Error('ERR_X509_EXT_KEY_USAGE', 'extended key usage does not allow this purpose');
}
