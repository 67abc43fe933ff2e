const LOWER_OR_DIGIT_OR_PUNCTUATION = 1;
const UPPERCASE = 2;

// One lookup per byte; anything past ASCII reads as undefined and is refused.
const CLASS: Uint8Array = buildClasses();

function buildClasses(): Uint8Array {
  const classes = new Uint8Array(128);
  for (const char of 'abcdefghijklmnopqrstuvwxyz0123456789.-_') {
    classes[char.charCodeAt(0)] = LOWER_OR_DIGIT_OR_PUNCTUATION;
  }
  for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') classes[char.charCodeAt(0)] = UPPERCASE;
  return classes;
}

/** `a-z 0-9 . - _`. @spec SPIFFE-ID §2.1 */
export function isTrustDomainByte(byte: number): boolean {
  return CLASS[byte] === LOWER_OR_DIGIT_OR_PUNCTUATION;
}

/** `a-z A-Z 0-9 . - _`. @spec SPIFFE-ID §2.2 */
export function isSegmentByte(byte: number): boolean {
  return byte < 128 && CLASS[byte] !== 0;
}

/** `A-Z`. */
export function isUppercaseByte(byte: number): boolean {
  return CLASS[byte] === UPPERCASE;
}
