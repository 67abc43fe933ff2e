/**
 * Decodes base64url without padding, in its one canonical form.
 *
 * @returns `undefined` for anything else: padding, the other alphabet, spaces, stray bits at the end.
 * @spec RFC 4648 §5; RFC 7515 §2
 */
export function decodeBase64Url(text: string): Buffer | undefined {
  return decodeCanonical(text, 'base64url');
}

/** Decodes standard base64 with padding, in its one canonical form; `undefined` for anything else. @spec RFC 4648 §4 */
export function decodeBase64(text: string): Buffer | undefined {
  return decodeCanonical(text, 'base64');
}

// Node's decoder skips what it does not know; only what encodes back to the same text was well-formed.
function decodeCanonical(text: string, encoding: 'base64' | 'base64url'): Buffer | undefined {
  const bytes = Buffer.from(text, encoding);
  return bytes.toString(encoding) === text ? bytes : undefined;
}
