/** The dotted form of an OBJECT IDENTIFIER's content, which must be well-formed. */
export function decodeOid(content: Uint8Array): string {
  let text = '';
  let arc = 0;
  for (const byte of content) {
    arc = arc * 128 + (byte & 0x7f);
    if (byte > 0x7f) continue;
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

/** The content octets of an OBJECT IDENTIFIER given in dotted form. */
export function encodeOid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...others] = dotted.split('.').map(Number);
  return Uint8Array.from([first * 40 + second, ...others].flatMap(encodeArc));
}

function encodeArc(arc: number): number[] {
  const octets = [arc % 128];
  for (let left = Math.trunc(arc / 128); left > 0; left = Math.trunc(left / 128)) {
    octets.unshift((left % 128) | 0x80);
  }
  return octets;
}
