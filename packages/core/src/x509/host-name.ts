const MAX_HOST_LENGTH = 255;
const MAX_LABEL_LENGTH = 63;
const PERIOD = 0x2e;

/**
 * Whether ASCII text is a host name: labels of letters, digits, hyphen and underscore between single dots. Trust domain
 * names may be longer than DNS allows, hence 255.
 */
export function isHostName(text: string): boolean {
  if (text.length > MAX_HOST_LENGTH) return false;
  let labelLength = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === PERIOD ? labelLength === 0 : !isLabelCharacter(code)) return false;
    labelLength = code === PERIOD ? 0 : labelLength + 1;
    if (labelLength > MAX_LABEL_LENGTH) return false;
  }
  return labelLength > 0;
}

/** Whether text has the shape of a dotted IPv4 address, which is an address and not a host name. */
export function looksLikeIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => part.length > 0 && part.length <= 3 && isDigits(part));
}

/**
 * The host of an absolute URI's authority in lower case; nothing when there is none or it is an address.
 *
 * @spec RFC 5280 §4.2.1.10, URI constraints; RFC 3986 §3.2
 */
export function uriHost(uri: string): string | undefined {
  const start = uri.indexOf('://');
  if (start === -1) return undefined;
  const authority = uri.slice(start + 3, firstOf(uri, '/?#', start + 3));
  const hostAndPort = authority.slice(authority.lastIndexOf('@') + 1);
  const colon = hostAndPort.indexOf(':');
  const host = (colon === -1 ? hostAndPort : hostAndPort.slice(0, colon)).toLowerCase();
  return isHostName(host) && !looksLikeIpv4(host) ? host : undefined;
}

/** Whether ASCII text is a scheme, a colon and at least one character more. */
export function isAbsoluteUri(text: string): boolean {
  const colon = text.indexOf(':');
  if (colon < 1 || colon === text.length - 1 || !isLetter(text.charCodeAt(0))) return false;
  for (let i = 1; i < colon; i++) {
    const code = text.charCodeAt(i);
    if (!isLetter(code) && !isDigit(code) && !'+-.'.includes(text.charAt(i))) return false;
  }
  return true;
}

function firstOf(text: string, characters: string, from: number): number {
  for (let i = from; i < text.length; i++) if (characters.includes(text.charAt(i))) return i;
  return text.length;
}

function isLabelCharacter(code: number): boolean {
  return isLetter(code) || isDigit(code) || code === 0x2d || code === 0x5f;
}

function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isDigits(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (!isDigit(text.charCodeAt(i))) return false;
  return true;
}
