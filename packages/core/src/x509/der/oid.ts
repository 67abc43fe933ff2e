// Nearly every identifier in a certificate is 2.5.29.n, an extension, or 1.3.6.1.5.5.7.3.n, a purpose.
const extensionOids = Array.from({ length: 0x80 }, (_, last) => `2.5.29.${last}`);
const purposeOids = Array.from({ length: 0x80 }, (_, last) => `1.3.6.1.5.5.7.3.${last}`);

/** The dotted form of the OBJECT IDENTIFIER whose content, from `start` to `end`, must be well-formed. */
export function decodeOid(bytes: Uint8Array, start: number, end: number): string {
  return wellKnown(bytes, start, end) ?? decodeArcs(bytes, start, end);
}

/** The content octets of an OBJECT IDENTIFIER given in dotted form. */
export function encodeOid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...others] = dotted.split('.').map(Number);
  return Uint8Array.from([first * 40 + second, ...others].flatMap(encodeArc));
}

function wellKnown(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (end - start === 3 && bytes[start] === 0x55 && bytes[start + 1] === 0x1d) {
    return extensionOids[bytes[start + 2] as number];
  }
  const isPurpose =
    end - start === 8 &&
    bytes[start] === 0x2b &&
    bytes[start + 1] === 6 &&
    bytes[start + 2] === 1 &&
    bytes[start + 3] === 5 &&
    bytes[start + 4] === 5 &&
    bytes[start + 5] === 7 &&
    bytes[start + 6] === 3;
  return isPurpose ? purposeOids[bytes[start + 7] as number] : undefined;
}

function decodeArcs(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  let arc = 0;
  for (let i = start; i < end; i++) {
    const octet = bytes[i] as number;
    arc = arc * 128 + (octet & 0x7f);
    if (octet > 0x7f) continue;
    text = text === '' ? firstArcs(arc) : `${text}.${arc}`;
    arc = 0;
  }
  return text;
}

// The first two arcs share one number: 40 × first + second, where only a first arc of 2 allows a second above 39.
function firstArcs(joined: number): string {
  const first = Math.min(Math.trunc(joined / 40), 2);
  return `${first}.${joined - first * 40}`;
}

function encodeArc(arc: number): number[] {
  const octets = [arc % 128];
  for (let left = Math.trunc(arc / 128); left > 0; left = Math.trunc(left / 128)) {
    octets.unshift((left % 128) | 0x80);
  }
  return octets;
}
