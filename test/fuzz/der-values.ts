/**
 * The octets that a reader writes who knows nothing of certificates: it takes DER apart into values, and puts them together
 * again, each in its one DER form. Throws when there is more than one element.
 */
export function rewriteDer(bytes: Uint8Array): Buffer {
  const [element, ...others] = rewriteAll(bytes);
  if (element === undefined || others.length > 0) throw new Error('not one element');
  return element;
}

const CONSTRUCTED = 0x20;
const SET = 0x31;

function rewriteAll(bytes: Uint8Array): Buffer[] {
  const elements: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const { start, end } = bounds(bytes, at);
    elements.push(rewriteOne(bytes[at] ?? 0, bytes.subarray(start, end)));
    at = end;
  }
  return elements;
}

function rewriteOne(type: number, content: Uint8Array): Buffer {
  if ((type & CONSTRUCTED) === 0) return element(type, rewriteValue(type, content));
  const members = rewriteAll(content);
  if (type === SET) members.sort((a, b) => Buffer.compare(a, b));
  return element(type, Buffer.concat(members));
}

function rewriteValue(type: number, content: Uint8Array): Uint8Array {
  switch (type) {
    case 0x01:
      return Uint8Array.of(content.some((octet) => octet !== 0) ? 0xff : 0);
    case 0x02:
    case 0x0a:
      return shortest(content);
    case 0x03:
      return withoutStrayBits(content);
    case 0x05:
      return new Uint8Array();
    case 0x06:
      return arcs(content);
    case 0x0c:
      return Buffer.from(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content));
    default:
      return content;
  }
}

/** Two's complement in as few octets as it takes. */
function shortest(content: Uint8Array): Uint8Array {
  let rest = content;
  while (rest.length > 1 && isNeedless(rest[0] as number, rest[1] as number)) rest = rest.subarray(1);
  return rest;
}

function isNeedless(first: number, second: number): boolean {
  return (first === 0 && second < 0x80) || (first === 0xff && second >= 0x80);
}

function withoutStrayBits(content: Uint8Array): Uint8Array {
  const [unused = 0] = content;
  if (unused > 7) throw new Error('more unused bits than an octet has');
  const copy = Uint8Array.from(content);
  if (copy.length > 1) copy[copy.length - 1] = (copy.at(-1) as number) & (0xff << unused);
  return copy;
}

/** Each arc without leading zeros. */
function arcs(content: Uint8Array): Uint8Array {
  const octets: number[] = [];
  let isFirst = true;
  for (const octet of content) {
    if (!(isFirst && octet === 0x80)) octets.push(octet);
    isFirst = octet < 0x80;
  }
  return Uint8Array.from(octets);
}

function bounds(bytes: Uint8Array, at: number): { readonly start: number; readonly end: number } {
  const first = bytes[at + 1] ?? 0;
  const octets = first < 0x80 ? 0 : first - 0x80;
  const start = at + 2 + octets;
  let length = octets === 0 ? first : 0;
  for (const octet of bytes.subarray(at + 2, start)) length = length * 256 + octet;
  if (start + length > bytes.length) throw new Error('an element is cut off');
  return { start, end: start + length };
}

function element(type: number, content: Uint8Array): Buffer {
  if (content.length < 0x80) return Buffer.concat([Uint8Array.of(type, content.length), content]);
  const octets: number[] = [];
  for (let left = content.length; left > 0; left = Math.floor(left / 256)) octets.unshift(left % 256);
  return Buffer.concat([Uint8Array.of(type, 0x80 + octets.length, ...octets), content]);
}
