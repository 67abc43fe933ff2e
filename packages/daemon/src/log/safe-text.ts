/** Most characters of one field. */
export const MAX_FIELD_LENGTH: number = 1024;

// C0, DEL, C1, soft hyphen, zero-width and bidirectional controls, line separators, byte order mark, lone surrogates.
const UNSAFE =
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Surrogate}/gu;

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** The text, cut after 1,024 characters. */
export function boundedText(text: string): string {
  return text.length > MAX_FIELD_LENGTH ? `${text.slice(0, MAX_FIELD_LENGTH)}…` : text;
}

/** A JSON string, in quotes, that no terminal can be moved by. */
export function quotedText(text: string): string {
  return JSON.stringify(text).replace(UNSAFE, escapeCharacter);
}

/**
 * Text for a terminal or log that can neither end a line, nor move the cursor, nor turn the reading direction.
 *
 * Such characters are spelt as escapes; text is cut after 1,024 characters.
 */
export function safeText(text: string): string {
  return boundedText(text).replace(UNSAFE, escapeCharacter);
}
