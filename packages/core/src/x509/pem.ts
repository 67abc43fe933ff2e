import { X509Error } from '../errors.ts';

const LINE_LENGTH = 64;
const MAX_PEM_LENGTH = 4 * 1024 * 1024;
const DASHES = '-----';

/** The PEM text of DER bytes, with a newline at its end. */
export function encodePem(label: string, der: Uint8Array): string {
  const base64 = Buffer.from(der).toString('base64');
  const lines: string[] = [];
  for (let at = 0; at < base64.length; at += LINE_LENGTH) lines.push(base64.slice(at, at + LINE_LENGTH));
  return [`${DASHES}BEGIN ${label}${DASHES}`, ...lines, `${DASHES}END ${label}${DASHES}`, ''].join('\n');
}

/**
 * The contents of all PEM blocks with the given label, in order. Blocks with other labels and text between blocks are
 * passed over; what is inside a block of that label must be base64 and nothing else.
 *
 * @returns at least one block.
 * @throws {X509Error} `ERR_PEM_MALFORMED` no such block, one that does not end, or one that is not base64.
 * @spec RFC 7468 §2, §3
 */
export function decodePem(text: string, label: string): Uint8Array[] {
  if (text.length > MAX_PEM_LENGTH) malformed('PEM text is too long');
  const begin = `${DASHES}BEGIN ${label}${DASHES}`;
  const end = `${DASHES}END ${label}${DASHES}`;
  const blocks: Uint8Array[] = [];
  let body: string[] | undefined;
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (body === undefined) {
      if (line === begin) body = [];
    } else if (line === end) {
      blocks.push(decodeBase64(body.join('')));
      body = undefined;
    } else {
      body.push(line);
    }
  }
  if (body !== undefined) malformed(`a ${label} block does not end`);
  if (blocks.length === 0) malformed(`no ${label} block found`);
  return blocks;
}

// Node decodes leniently, so what it made of the text must give the same text again.
function decodeBase64(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'base64');
  if (text.length === 0 || bytes.toString('base64') !== text) malformed('a block is not base64');
  return new Uint8Array(bytes);
}

function malformed(message: string): never {
  throw new X509Error('ERR_PEM_MALFORMED', message);
}
