import { describe, expect, it } from '@jest/globals';
import { nextSerial } from './serial-source.ts';

describe('nextSerial', () => {
  it('T07: repeats none in 100,000, and gives every one octets of its own', () => {
    const serials = Array.from({ length: 100_000 }, nextSerial);
    expect(new Set(serials.map((serial) => Buffer.from(serial).toString('hex'))).size).toBe(serials.length);
    expect(serials.every((serial) => serial.length === 16 && serial.buffer.byteLength === 16)).toBe(true);
  });

  it('uses all 128 bits', () => {
    const seen = new Uint8Array(16);
    for (let i = 0; i < 2_000; i++) nextSerial().forEach((octet, at) => (seen[at]! |= octet));
    expect([...seen]).toEqual(Array.from({ length: 16 }, () => 0xff));
  });
});
