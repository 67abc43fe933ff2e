import { huffmanPathToDots } from './huffman-path.ts';

// In the static table of HPACK.
const AUTHORITY_INDEX = 1;
const AUTHORITY = Buffer.from(':authority', 'latin1');
const SLASH = 0x2f;
const DOT = 0x2e;
const LONGEST_NUMBER_BYTES = 4;

/** Reads a header block from its start; what it cannot read ends it. */
class BlockReader {
  readonly #block: Uint8Array;
  #at = 0;

  constructor(block: Uint8Array) {
    this.#block = block;
  }

  /** The next byte, which stays the next one; undefined at the end. */
  peek(): number | undefined {
    return this.#block[this.#at];
  }

  /** A number whose first byte has a prefix of so many bits. @spec RFC 7541 §5.1 */
  number(prefixBits: number): number | undefined {
    const most = (1 << prefixBits) - 1;
    let value = (this.#block[this.#at++] ?? 0) & most;
    if (value < most) return value;
    for (let more = 0; more < LONGEST_NUMBER_BYTES; more++) {
      const byte = this.#block[this.#at++] ?? 0;
      value += (byte & 0x7f) << (7 * more);
      if (byte < 0x80) return value;
    }
    return undefined;
  }

  /** A string as it stands in the block. @spec RFC 7541 §5.2 */
  string(): { readonly isHuffman: boolean; readonly bytes: Uint8Array } | undefined {
    const isHuffman = ((this.peek() ?? 0) & 0x80) !== 0;
    const length = this.number(7);
    if (length === undefined || this.#at + length > this.#block.length) return undefined;
    const bytes = this.#block.subarray(this.#at, this.#at + length);
    this.#at += length;
    return { isHuffman, bytes };
  }
}

/** With the slash, what may stand in a path and not in an authority. @spec RFC 3986 §3.2 */
const NOT_IN_AUTHORITY = Buffer.from(' "#/<>?@\\^`{|}', 'latin1');

function rawPathToDots(text: Uint8Array): boolean {
  if (!text.includes(SLASH)) return false;
  for (const [at, byte] of text.entries()) if (NOT_IN_AUTHORITY.includes(byte)) text[at] = DOT;
  return true;
}

/** Bits of the number that a field or a change of the table's size begins with. @spec RFC 7541 §6 */
function prefixOf(first: number): { readonly bits: number; readonly isLiteral: boolean } {
  if (first >= 0x80) return { bits: 7, isLiteral: false };
  if (first >= 0x40) return { bits: 6, isLiteral: true };
  if (first >= 0x20) return { bits: 5, isLiteral: false };
  return { bits: 4, isLiteral: true };
}

/** Where the authority stands as a literal. */
function findAuthority(block: Uint8Array): ReturnType<BlockReader['string']> {
  const reader = new BlockReader(block);
  for (let first = reader.peek(); first !== undefined; first = reader.peek()) {
    const { bits, isLiteral } = prefixOf(first);
    const index = reader.number(bits);
    if (index === undefined) return undefined;
    if (!isLiteral) continue;
    const name = index === 0 ? reader.string() : undefined;
    const value = reader.string();
    if (value === undefined || (index === 0 && name === undefined)) return undefined;
    if (index === AUTHORITY_INDEX || (name !== undefined && AUTHORITY.equals(name.bytes))) return value;
  }
  return undefined;
}

/**
 * Makes a path as the `:authority` of a header block a name, in place: its slashes become dots.
 *
 * A later block that refers to the header by an index means what the receiver keeps of this one, which is without slashes.
 *
 * @returns whether there was a path. Blocks that cannot be read stay as they are.
 * @spec RFC 7541 §6
 */
export function dotAuthority(block: Uint8Array): boolean {
  const authority = findAuthority(block);
  if (authority === undefined) return false;
  return authority.isHuffman ? huffmanPathToDots(authority.bytes) : rawPathToDots(authority.bytes);
}
