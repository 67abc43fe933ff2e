/**
 * The document that keeps keys on disk, `{"keys":{"<id>":"<PKCS #8 in base64>"}}`, read and written byte by byte:
 * no string ever holds key material, so nothing of it stays in the heap, and whatever is not exactly that shape
 * is refused instead of repaired.
 */

/** Thrown when the document is not of its shape; says where, not what. */
export class KeyFileSyntaxError extends Error {}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN = 0x7b;
const CLOSE = 0x7d;

/**
 * Reads the document.
 *
 * @returns PKCS #8 DER by key id; the caller wipes it.
 * @throws {KeyFileSyntaxError}
 */
export function decodeKeyFile(bytes: Uint8Array): Map<string, Uint8Array> {
  const reader = new Reader(bytes);
  const keys = new Map<string, Uint8Array>();
  reader.expect(OPEN);
  if (reader.name() !== 'keys') throw reader.error();
  reader.expect(COLON);
  reader.expect(OPEN);
  if (!reader.take(CLOSE)) {
    do readKey(reader, keys);
    while (reader.take(COMMA));
    reader.expect(CLOSE);
  }
  reader.expect(CLOSE);
  reader.end();
  return keys;
}

function readKey(reader: Reader, keys: Map<string, Uint8Array>): void {
  const id = reader.name();
  reader.expect(COLON);
  if (id === '' || keys.has(id)) throw reader.error();
  keys.set(id, reader.base64());
}

/** Writes the document with ids in order; the caller wipes it. */
export function encodeKeyFile(keys: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const entries = [...keys].sort(([a], [b]) => (a < b ? -1 : 1));
  const parts: Buffer[] = [Buffer.from(`{\n\t"keys": {`)];
  for (const [index, [id, pkcs8]] of entries.entries()) {
    parts.push(
      Buffer.from(`${index === 0 ? '' : ','}\n\t\t${JSON.stringify(id)}: "`),
      base64Of(pkcs8),
      Buffer.from('"'),
    );
  }
  parts.push(Buffer.from(entries.length === 0 ? '}\n}\n' : '\n\t}\n}\n'));
  const document = Buffer.concat(parts);
  for (const part of parts) part.fill(0);
  return document;
}

const ALPHABET = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const PADDING = 0x3d;

function base64Of(bytes: Uint8Array): Buffer {
  const out = Buffer.alloc(Math.ceil(bytes.length / 3) * 4, PADDING);
  let at = 0;
  let bits = 0;
  let pending = 0;
  for (const byte of bytes) {
    pending = ((pending << 8) | byte) & 0xffff;
    for (bits += 8; bits >= 6; bits -= 6) out[at++] = ALPHABET[(pending >> (bits - 6)) & 63] ?? 0;
  }
  if (bits > 0) out[at] = ALPHABET[(pending << (6 - bits)) & 63] ?? 0;
  return out;
}

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  error(): KeyFileSyntaxError {
    return new KeyFileSyntaxError(`not a key file at byte ${this.#at}`);
  }

  take(byte: number): boolean {
    this.#skipSpace();
    if (this.#bytes[this.#at] !== byte) return false;
    this.#at++;
    return true;
  }

  expect(byte: number): void {
    if (!this.take(byte)) throw this.error();
  }

  end(): void {
    this.#skipSpace();
    if (this.#at !== this.#bytes.length) throw this.error();
  }

  /** A JSON string; for names, which are not secret. */
  name(): string {
    const text = Buffer.from(this.#quoted()).toString('utf8');
    try {
      return JSON.parse(`"${text}"`) as string;
    } catch {
      throw this.error();
    }
  }

  /** A JSON string of canonical base64, decoded without making it a string. */
  base64(): Uint8Array {
    const text = this.#quoted();
    const length = lengthWithoutPadding(text);
    if (text.length === 0 || text.length % 4 !== 0 || text.length - length > 2) throw this.error();
    const out = new Uint8Array(Math.floor((length * 3) / 4));
    let at = 0;
    let bits = 0;
    let pending = 0;
    for (const byte of text.subarray(0, length)) {
      const value = ALPHABET.indexOf(byte);
      if (value === -1) throw this.error();
      pending = ((pending << 6) | value) & 0xffff;
      bits += 6;
      if (bits < 8) continue;
      bits -= 8;
      out[at++] = (pending >> bits) & 0xff;
    }
    if ((pending & ((1 << bits) - 1)) !== 0) throw this.error();
    return out;
  }

  #quoted(): Uint8Array {
    this.expect(QUOTE);
    const start = this.#at;
    for (; this.#at < this.#bytes.length; this.#at++) {
      const byte = this.#bytes[this.#at];
      if (byte === QUOTE) return this.#bytes.subarray(start, this.#at++);
      if (byte === BACKSLASH) this.#at++;
    }
    throw this.error();
  }

  #skipSpace(): void {
    while (' \t\r\n'.includes(String.fromCharCode(this.#bytes[this.#at] ?? 0))) this.#at++;
  }
}

function lengthWithoutPadding(text: Uint8Array): number {
  let length = text.length;
  while (length > 0 && text[length - 1] === PADDING) length--;
  return length;
}
