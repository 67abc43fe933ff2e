/** A DER element that can be changed: members when it holds elements, else octets. */
export interface DerNode {
  type: number;
  /** what stands before the members or octets: the count of unused bits of a BIT STRING that holds an element. */
  prefix: Uint8Array;
  members: DerNode[] | undefined;
  octets: Uint8Array;
}

const CONSTRUCTED = 0x20;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const NO_UNUSED_BITS = Uint8Array.of(0);
const NONE = new Uint8Array();

/** Reads one element, and elements inside of strings, too; undefined when it is not DER in its lengths. */
export function readTree(bytes: Uint8Array): DerNode | undefined {
  const nodes = readAll(bytes);
  return nodes?.length === 1 ? nodes[0] : undefined;
}

/** The element's octets. */
export function writeTree({ type, prefix, members, octets }: DerNode): Buffer {
  const content = Buffer.concat([prefix, ...(members?.map(writeTree) ?? [octets])]);
  return Buffer.concat([Uint8Array.of(type), lengthOctets(content.length), content]);
}

/** The element and all inside of it. */
export function nodesOf(node: DerNode): readonly DerNode[] {
  return [node, ...(node.members ?? []).flatMap(nodesOf)];
}

/** A copy that shares nothing but octets. */
export function copyOf(node: DerNode): DerNode {
  return { ...node, members: node.members?.map(copyOf) };
}

function readAll(bytes: Uint8Array): DerNode[] | undefined {
  const nodes: DerNode[] = [];
  for (let at = 0; at < bytes.length;) {
    const header = readHeader(bytes, at);
    if (header === undefined) return undefined;
    const content = bytes.subarray(header.start, header.end);
    nodes.push(readNode(bytes[at] as number, content));
    at = header.end;
  }
  return nodes;
}

function readNode(type: number, content: Uint8Array): DerNode {
  const plain = { type, prefix: NONE, members: undefined, octets: content };
  if ((type & CONSTRUCTED) !== 0) {
    const members = readAll(content);
    return members === undefined ? plain : { ...plain, members, octets: NONE };
  }
  if (type === OCTET_STRING) return holding(plain, NONE, content);
  if (type === BIT_STRING && content[0] === 0) return holding(plain, NO_UNUSED_BITS, content.subarray(1));
  return plain;
}

/** The node as one that holds an element, if that is what its octets are. */
function holding(plain: DerNode, prefix: Uint8Array, inner: Uint8Array): DerNode {
  const member = inner[0] === 0x30 || inner[0] === BIT_STRING ? readTree(inner) : undefined;
  return member === undefined ? plain : { ...plain, prefix, members: [member], octets: NONE };
}

function readHeader(
  bytes: Uint8Array,
  at: number,
): { readonly start: number; readonly end: number } | undefined {
  const first = bytes[at + 1];
  if (first === undefined || first === 0x80 || first > 0x83) return undefined;
  const octets = first < 0x80 ? 0 : first - 0x80;
  const start = at + 2 + octets;
  let length = octets === 0 ? first : 0;
  for (const octet of bytes.subarray(at + 2, start)) length = length * 256 + octet;
  const end = start + length;
  // A length in more octets than it needs is not written again as it was: that is for the parsers to refuse.
  return end <= bytes.length ? { start, end } : undefined;
}

function lengthOctets(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  const octets: number[] = [];
  for (let left = length; left > 0; left = Math.floor(left / 256)) octets.unshift(left % 256);
  return Uint8Array.of(0x80 + octets.length, ...octets);
}
