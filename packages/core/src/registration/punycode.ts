const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const INITIAL_BIAS = 72;
const FIRST_NON_ASCII = 0x80;
const LAST_CODE_POINT = 0x10ffff;

/**
 * Decodes what follows `xn--` in a label.
 *
 * @param encoded - ASCII, at most 63 bytes.
 * @returns the Unicode label, or `undefined` when it is no Punycode.
 * @spec RFC 3492 §6.2
 */
export function decodePunycode(encoded: string): string | undefined {
  const delimiter = encoded.lastIndexOf('-');
  const points = Array.from(encoded.slice(0, Math.max(delimiter, 0)), (char) => char.charCodeAt(0));
  let at = delimiter + 1;
  let point = FIRST_NON_ASCII;
  let position = 0;
  let bias = INITIAL_BIAS;
  let damp = DAMP;
  while (at < encoded.length) {
    const read = readInteger(encoded, at, bias);
    if (read === undefined) return undefined;
    const count = points.length + 1;
    bias = adapt(read.value, count, damp);
    damp = 2;
    position += read.value;
    point += Math.floor(position / count);
    position %= count;
    if (point > LAST_CODE_POINT || isSurrogate(point)) return undefined;
    points.splice(position++, 0, point);
    at = read.next;
  }
  return String.fromCodePoint(...points);
}

function readInteger(text: string, start: number, bias: number): { value: number; next: number } | undefined {
  let value = 0;
  let weight = 1;
  for (let at = start, k = BASE; at < text.length; at++, k += BASE) {
    const digit = digitOf(text.charCodeAt(at));
    if (digit === undefined) return undefined;
    value += digit * weight;
    if (value > 0x7fffffff) return undefined;
    const threshold = Math.min(Math.max(k - bias, T_MIN), T_MAX);
    if (digit < threshold) return { value, next: at + 1 };
    weight *= BASE - threshold;
  }
  return undefined;
}

function adapt(delta: number, count: number, damp: number): number {
  let scaled = Math.floor(delta / damp);
  scaled += Math.floor(scaled / count);
  let k = 0;
  while (scaled > ((BASE - T_MIN) * T_MAX) / 2) {
    scaled = Math.floor(scaled / (BASE - T_MIN));
    k += BASE;
  }
  return k + Math.floor(((BASE - T_MIN + 1) * scaled) / (scaled + SKEW));
}

function digitOf(byte: number): number | undefined {
  if (byte >= 0x61 && byte <= 0x7a) return byte - 0x61;
  if (byte >= 0x41 && byte <= 0x5a) return byte - 0x41;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30 + 26;
  return undefined;
}

function isSurrogate(point: number): boolean {
  return point >= 0xd800 && point <= 0xdfff;
}
