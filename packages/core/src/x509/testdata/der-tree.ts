import { encodeElement } from '../der/der-writer.ts';

/** DER as values: what a reader that knows nothing of certificates sees. */
export type DerNode =
  | { readonly type: number; readonly members: readonly DerNode[] }
  | { readonly type: number; readonly value: bigint | boolean | string | Uint8Array };

/** Decodes one element to values by the simplest means, believing whatever lengths it finds. */
export function decodeTree(bytes: Uint8Array): DerNode {
  const [node] = decodeAll(bytes);
  if (node === undefined) throw new Error('nothing to decode');
  return node;
}

/** Encodes values again, each in its one DER form. */
export function encodeTree(node: DerNode): Uint8Array {
  if ('members' in node) {
    const members = node.members.map(encodeTree);
    if (node.type === 0x31) members.sort((a, b) => Buffer.compare(a, b));
    return encodeElement(node.type, ...members);
  }
  return encodeElement(node.type, encodeValue(node.value));
}

function decodeAll(bytes: Uint8Array): DerNode[] {
  const nodes: DerNode[] = [];
  for (let at = 0; at < bytes.length; ) {
    const type = bytes[at] ?? 0;
    const first = bytes[at + 1] ?? 0;
    const octets = first < 0x80 ? 0 : first - 0x80;
    const start = at + 2 + octets;
    const length = octets === 0 ? first : Number(toBigInt(bytes.subarray(at + 2, start)));
    nodes.push(decodeOne(type, bytes.subarray(start, start + length)));
    at = start + length;
  }
  return nodes;
}

function decodeOne(type: number, content: Uint8Array): DerNode {
  if ((type & 0x20) !== 0) return { type, members: decodeAll(content) };
  if (type === 0x01) return { type, value: content.some((octet) => octet !== 0) };
  if (type === 0x02) return { type, value: BigInt.asIntN(content.length * 8, toBigInt(content)) };
  if (type === 0x06) return { type, value: [...arcs(content)].join('.') };
  return { type, value: content };
}

function* arcs(content: Uint8Array): Generator<bigint> {
  let arc = 0n;
  for (const octet of content) {
    arc = (arc << 7n) | BigInt(octet & 0x7f);
    if (octet < 0x80) {
      yield arc;
      arc = 0n;
    }
  }
}

function encodeValue(value: bigint | boolean | string | Uint8Array): Uint8Array {
  if (typeof value === 'boolean') return Uint8Array.of(value ? 0xff : 0);
  if (typeof value === 'string') return Uint8Array.from(value.split('.').flatMap((arc) => encodeArc(BigInt(arc))));
  return typeof value === 'bigint' ? encodeBigInt(value) : value;
}

function encodeArc(arc: bigint): number[] {
  const octets = [Number(arc & 0x7fn)];
  for (let left = arc >> 7n; left > 0n; left >>= 7n) octets.unshift(Number(left & 0x7fn) | 0x80);
  return octets;
}

function encodeBigInt(value: bigint): Uint8Array {
  let octets = 1;
  while (BigInt.asIntN(octets * 8, value) !== value) octets++;
  const hex = BigInt.asUintN(octets * 8, value).toString(16).padStart(octets * 2, '0');
  return Buffer.from(hex, 'hex');
}

function toBigInt(bytes: Uint8Array): bigint {
  return bytes.reduce((value, octet) => (value << 8n) | BigInt(octet), 0n);
}
