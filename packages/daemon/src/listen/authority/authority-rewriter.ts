import { dotAuthority } from './header-block.ts';

const PREFACE_BYTES = 24;
const FRAME_HEAD_BYTES = 9;
const HEADERS = 1;
const CONTINUATION = 9;
const END_HEADERS = 0x04;
const PADDED = 0x08;
const PRIORITY = 0x20;
const PRIORITY_BYTES = 5;
/** More of a header block is not held back: nobody who calls us has so many headers. */
const MAX_HELD_BYTES = 16 * 1024;
/** As many as the HTTP/2 library takes. */
const MAX_CONTINUATIONS = 8;
const NOTHING = Buffer.alloc(0);

/** A frame that has come as a whole. */
interface Frame {
  readonly type: number;
  readonly flags: number;
  readonly payload: Uint8Array;
  /** where the next one begins. */
  readonly end: number;
}

/** The part of a HEADERS or CONTINUATION frame that belongs to the header block; undefined when it has none. */
function fragmentOf({ type, flags, payload }: Frame): Uint8Array | undefined {
  if (type === CONTINUATION) return payload;
  const isPadded = (flags & PADDED) !== 0;
  const start = (isPadded ? 1 : 0) + ((flags & PRIORITY) === 0 ? 0 : PRIORITY_BYTES);
  const end = payload.length - (isPadded ? (payload[0] ?? 0) : 0);
  return start <= end ? payload.subarray(start, end) : undefined;
}

/** Rewrites a block that came in pieces, and puts the pieces back where they were. */
function dotFragments(fragments: readonly Uint8Array[]): boolean {
  const [only] = fragments;
  if (only !== undefined && fragments.length === 1) return dotAuthority(only);
  const block = Buffer.concat(fragments);
  if (!dotAuthority(block)) return false;
  let at = 0;
  for (const fragment of fragments) {
    fragment.set(block.subarray(at, at + fragment.length));
    at += fragment.length;
  }
  return true;
}

/**
 * Makes the slashes of `:authority` dots in what an HTTP/2 client sends on one connection; nothing else, and never its
 * length. What is not understood passes as it is, for the HTTP/2 library to judge.
 *
 * A header block is held back until it is whole, or too large to be rewritten.
 *
 * A client has one authority for all its calls: when that of the first call needs nothing, no later one is looked at.
 */
export class AuthorityRewriter {
  #isPassing = false;
  #hasRewritten = false;
  /** bytes to come that are of no interest. */
  #skip = PREFACE_BYTES;
  #held: Buffer[] = [];
  #heldBytes = 0;
  /** it is no use to look before there are so many. */
  #needed = 0;

  /** @param chunk - may be changed. @returns what may be passed on now. */
  rewrite(chunk: Buffer): Buffer {
    if (this.#isPassing) return chunk;
    if (this.#heldBytes + chunk.length < this.#needed) {
      this.#hold(chunk);
      return NOTHING;
    }
    const data = this.#held.length === 0 ? chunk : Buffer.concat([...this.#held, chunk]);
    this.#held = [];
    this.#heldBytes = this.#needed = 0;
    const done = this.#advance(data);
    if (done === data.length) return data;
    this.#hold(data.subarray(done));
    return data.subarray(0, done);
  }

  #hold(bytes: Buffer): void {
    this.#held.push(bytes);
    this.#heldBytes += bytes.length;
  }

  /** @returns how much of it is done with. */
  #advance(data: Buffer): number {
    let at = 0;
    for (;;) {
      const skipped = Math.min(this.#skip, data.length - at);
      this.#skip -= skipped;
      at += skipped;
      if (at === data.length) return at;
      const next = this.#next(data, at);
      if (this.#isPassing) return data.length;
      if (next === undefined) return at;
      at = next;
    }
  }

  /** Deals with the frame at a place. @returns where the next one begins; undefined when more has to come first. */
  #next(data: Buffer, at: number): number | undefined {
    if (data.length - at < FRAME_HEAD_BYTES) {
      this.#wait(FRAME_HEAD_BYTES);
      return undefined;
    }
    if (data[at + 3] === HEADERS) return this.#headers(data, at);
    this.#skip = FRAME_HEAD_BYTES + data.readUIntBE(at, 3);
    return at;
  }

  #headers(data: Buffer, start: number): number | undefined {
    const fragments: Uint8Array[] = [];
    let at = start;
    for (let count = 0; count <= MAX_CONTINUATIONS; count++) {
      const frame = this.#frame(data, start, at);
      if (frame === undefined) return undefined;
      const fragment = frame.type === (count === 0 ? HEADERS : CONTINUATION) ? fragmentOf(frame) : undefined;
      if (fragment === undefined) break;
      fragments.push(fragment);
      at = frame.end;
      if ((frame.flags & END_HEADERS) !== 0) {
        this.#judge(dotFragments(fragments));
        return at;
      }
    }
    this.#isPassing = true;
    return undefined;
  }

  /** The frame at a place, when it is whole and not too far from where its header block began. */
  #frame(data: Buffer, blockStart: number, at: number): Frame | undefined {
    const payloadStart = at + FRAME_HEAD_BYTES;
    const end = payloadStart > data.length ? payloadStart : payloadStart + data.readUIntBE(at, 3);
    if (end > data.length) {
      this.#wait(end - blockStart);
      return undefined;
    }
    const [type = 0, flags = 0] = data.subarray(at + 3, at + 5);
    return { type, flags, payload: data.subarray(payloadStart, end), end };
  }

  #wait(bytes: number): void {
    this.#needed = bytes;
    if (bytes > MAX_HELD_BYTES) this.#isPassing = true;
  }

  #judge(isRewritten: boolean): void {
    if (isRewritten) this.#hasRewritten = true;
    else if (!this.#hasRewritten) this.#isPassing = true;
  }
}
