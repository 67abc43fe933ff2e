const MAX_NAME_LENGTH = 253;
// Labels of letters, digits and inner hyphens; the last one has more than digits, so that no address passes for a name.
const PREFERRED =
  /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*(?![0-9]+$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/iu;

/**
 * Whether text is a DNS name in the preferred syntax: labels of up to 63 letters, digits and inner hyphens, the last one
 * not a number.
 *
 * @spec RFC 1034 §3.5; RFC 1123 §2.1
 */
export function isPreferredDnsName(text: string): boolean {
  return text.length <= MAX_NAME_LENGTH && PREFERRED.test(text);
}
