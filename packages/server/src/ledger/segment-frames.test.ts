import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FrameBuffer, readFrames, type SegmentPart } from './segment-frames.ts';

const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 300 });
const texts = fc.array(text, { minLength: 1, maxLength: 12 });

interface Framed {
  readonly bytes: Uint8Array;
  /** Where each frame ends. */
  readonly ends: readonly number[];
}

function framed(values: readonly string[]): Framed {
  const frames = new FrameBuffer();
  let end = 0;
  const ends = values.map((value) => (end += frames.add(value)));
  return { bytes: Uint8Array.from(frames.take()), ends };
}

function read(bytes: Uint8Array, from = 0): readonly SegmentPart[] {
  return [...readFrames(bytes, from)];
}

const textsOf = (parts: readonly SegmentPart[]): readonly string[] =>
  parts.flatMap((part) => (part.kind === 'text' ? [part.text] : []));

describe('frames', () => {
  it('come back as they were added, with where they end', () => {
    fc.assert(
      fc.property(texts, (values) => {
        const { bytes, ends } = framed(values);
        expect(read(bytes)).toEqual(values.map((value, i) => ({ kind: 'text', text: value, end: ends[i] })));
      }),
    );
  });

  it('can be read from the end of any of them on', () => {
    fc.assert(
      fc.property(texts, fc.nat(), (values, seed) => {
        const { bytes, ends } = framed(values);
        const at = seed % values.length;
        expect(textsOf(read(bytes, ends[at]))).toEqual(values.slice(at + 1));
      }),
    );
  });

  it('that were cut anywhere lose the last one, and are not damaged', () => {
    fc.assert(
      fc.property(texts, fc.nat(), (values, seed) => {
        const { bytes, ends } = framed(values);
        const cut = seed % (bytes.length + 1);
        const parts = read(bytes.subarray(0, cut));
        expect(parts.every(({ kind }) => kind === 'text')).toBe(true);
        expect(textsOf(parts)).toEqual(values.filter((_, i) => (ends[i] ?? 0) <= cut));
      }),
    );
  });

  it('that end in zeros, as after a loss of power, are not damaged', () => {
    const { bytes } = framed(['a', 'b']);
    expect(textsOf(read(Buffer.concat([bytes, Buffer.alloc(5000)])))).toEqual(['a', 'b']);
    expect(read(Buffer.concat([bytes, Buffer.alloc(5000)])).every(({ kind }) => kind === 'text')).toBe(true);
  });

  it('with a changed octet lose the frame that it is in, and no other', () => {
    fc.assert(
      fc.property(texts, fc.nat(), fc.integer({ min: 1, max: 255 }), (values, seed, change) => {
        const { bytes, ends } = framed(values);
        const at = seed % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ change;
        const hit = ends.findIndex((end) => at < end);
        const parts = read(bytes);
        expect(textsOf(parts)).toEqual(values.filter((_, i) => i !== hit));
        const isLast = hit === values.length - 1;
        expect(parts.filter(({ kind }) => kind === 'damage')).toEqual(
          isLast ? [] : [{ kind: 'damage', from: ends[hit - 1] ?? 0, end: ends[hit] }],
        );
      }),
    );
  });

  it('come after octets that are no frame', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 5000 }), texts, (junk, values) => {
        const { bytes } = framed(values);
        expect(textsOf(read(Buffer.concat([junk, bytes])))).toEqual(values);
      }),
    );
  });
});
