const PLAIN = /^[\x20-\x7e]*$/u;
const UNEVEN_SPACE = /^\s|\s$|\s\s|[^\S ]/u;
/* eslint-disable no-control-regex, no-misleading-character-class -- each of these characters stands for itself */
const IGNORED =
  /[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u06dd\u070f\u1806\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2063\u206a-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffc\u{1d173}-\u{1d17a}\u{e0001}\u{e0020}-\u{e007f}]/gu;
/* eslint-enable no-control-regex, no-misleading-character-class */

// To put a long run of them in order takes quadratic time, and no language needs as many.
const TOO_MANY_MARKS = /\p{M}{17}/u;

/**
 * Text as it counts in a name: without regard to case, to how characters are composed, to characters that show nothing,
 * and to the number of spaces between words.
 *
 * @spec RFC 4518 §2
 */
export function foldText(text: string): string {
  const folded = PLAIN.test(text) ? text.toLowerCase() : foldUnicode(text);
  return UNEVEN_SPACE.test(folded) ? folded.trim().replaceAll(/\s+/gu, ' ') : folded;
}

function foldUnicode(text: string): string {
  const shown = text.replaceAll(IGNORED, '');
  if (TOO_MANY_MARKS.test(shown)) return shown.toLowerCase();
  // The final sigma and the sharp s are what is left of the difference between lower case and folded case.
  const lower = shown.normalize('NFKC').toLowerCase().replaceAll('ς', 'σ').replaceAll('ß', 'ss');
  return lower.normalize('NFKC');
}
