/**
 * The code of RFC 7541 by length: codes of one length are consecutive, and each length begins where the one before
 * ended, so the first number that no code of a length has says all about where a code ends.
 *
 * Longer ones are the backslash, control characters and what is not ASCII.
 */
const CODE_ENDS: readonly (readonly [bits: number, end: number])[] = [
  [5, 0x0a],
  [6, 0x2e],
  [7, 0x7c],
  [8, 0xfe],
  [10, 0x3fd],
  [11, 0x7fd],
  [12, 0xffa],
  [13, 0x1ffe],
  [14, 0x3ffe],
  [15, 0x7fff],
];
const SLASH_BITS = 6;
const SLASH = 0b011000;
const DOT = 0b010111;

function bitsAt(text: Uint8Array, at: number, count: number): number {
  const byte = at >> 3;
  const window = ((text[byte] ?? 0) << 16) | ((text[byte + 1] ?? 0) << 8) | (text[byte + 2] ?? 0);
  return (window >> (24 - (at & 7) - count)) & ((1 << count) - 1);
}

/** How many bits the code has that begins at a bit; 0 at the end, or when it is not one of those above. */
function codeLength(text: Uint8Array, at: number): number {
  const left = text.length * 8 - at;
  for (const [bits, end] of CODE_ENDS) {
    if (bits > left) return 0;
    if (bitsAt(text, at, bits) < end) return bits;
  }
  return 0;
}

function makeDot(text: Uint8Array, at: number): void {
  const change = SLASH ^ DOT;
  for (let bit = 0; bit < SLASH_BITS; bit++) {
    const place = at + bit;
    const mask = ((change >> (SLASH_BITS - 1 - bit)) & 1) << (7 - (place & 7));
    text[place >> 3] = (text[place >> 3] ?? 0) ^ mask;
  }
}

/**
 * Makes each slash of a Huffman coded string a dot, in place: both have codes of six bits.
 *
 * @returns whether there was one; false, and nothing changed, when the string holds what no socket path does.
 * @spec RFC 7541 §5.2, Appendix B
 */
export function huffmanPathToDots(text: Uint8Array): boolean {
  const slashes: number[] = [];
  let at = 0;
  for (let bits = codeLength(text, at); bits > 0; bits = codeLength(text, at)) {
    if (bits === SLASH_BITS && bitsAt(text, at, bits) === SLASH) slashes.push(at);
    at += bits;
  }
  // What fills the last byte is shorter than that.
  if (text.length * 8 - at >= 8) return false;
  for (const slash of slashes) makeDot(text, slash);
  return slashes.length > 0;
}
