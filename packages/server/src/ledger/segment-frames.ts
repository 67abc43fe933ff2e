import { crc32 } from 'node:zlib';

/** Longest text of one frame, bytes: beyond it a length can only be damage. */
export const MAX_FRAME_TEXT_BYTES: number = 1 << 20;

const HEAD_BYTES = 8;

/** A frame is: length of the text (u32, little-endian), CRC-32 of length and text (u32), the text (UTF-8). */
export class FrameBuffer {
  #bytes = Buffer.allocUnsafe(64 * 1024);
  #length = 0;

  /** Adds a frame; how many bytes it takes. */
  add(text: string): number {
    // One UTF-16 unit is three octets at most.
    this.#reserve(HEAD_BYTES + 3 * text.length);
    const start = this.#length;
    const size = this.#bytes.write(text, start + HEAD_BYTES);
    this.#bytes.writeUInt32LE(size, start);
    this.#bytes.writeUInt32LE(checksum(this.#bytes, start, size), start + 4);
    this.#length += HEAD_BYTES + size;
    return HEAD_BYTES + size;
  }

  /** Gives what was added, valid until the next `add`, and starts anew. */
  take(): Uint8Array {
    const bytes = this.#bytes.subarray(0, this.#length);
    this.#length = 0;
    return bytes;
  }

  #reserve(size: number): void {
    if (this.#length + size <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.#length + size));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}

/** What stands in a segment: a text, or octets that are no frame although frames come after them. */
export type SegmentPart =
  | { readonly kind: 'text'; readonly text: string; readonly end: number }
  | { readonly kind: 'damage'; readonly from: number; readonly end: number };

/**
 * Reads the frames from an offset on. What cannot be read is damage when a frame follows it; at the end it is left
 * out: a write that was cut.
 */
export function* readFrames(bytes: Uint8Array, from: number): Generator<SegmentPart> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = from;
  while (at < buffer.length) {
    const end = frameEnd(buffer, at);
    if (end === undefined) {
      const next = nextFrame(buffer, at + 1);
      if (next === undefined) return;
      yield { kind: 'damage', from: at, end: next };
      at = next;
    } else {
      yield { kind: 'text', text: buffer.toString('utf8', at + HEAD_BYTES, end), end };
      at = end;
    }
  }
}

function nextFrame(buffer: Buffer, from: number): number | undefined {
  for (let at = from; at < buffer.length; at++) if (frameEnd(buffer, at) !== undefined) return at;
  return undefined;
}

/** Where the frame that begins here ends; undefined when none does. */
function frameEnd(buffer: Buffer, at: number): number | undefined {
  if (at + HEAD_BYTES > buffer.length) return undefined;
  const size = buffer.readUInt32LE(at);
  const end = at + HEAD_BYTES + size;
  if (size === 0 || size > MAX_FRAME_TEXT_BYTES || end > buffer.length) return undefined;
  return buffer.readUInt32LE(at + 4) === checksum(buffer, at, size) ? end : undefined;
}

/** Begins with the length, so that a damaged one does not pass by chance. */
function checksum(buffer: Buffer, at: number, size: number): number {
  return crc32(buffer.subarray(at + HEAD_BYTES, at + HEAD_BYTES + size), size);
}
