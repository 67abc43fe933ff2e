import { parseHclText } from './hcl-parser.ts';
import type { HclObject } from './hcl-value.ts';
import { parseJsonText } from './json-parser.ts';
import { MAX_CONFIG_LENGTH, namingSource, syntaxError } from './syntax-error.ts';

/**
 * Parses a configuration file: JSON when its first character is `{`, HCL v1 otherwise.
 *
 * @param text - at most 1 MiB, nested at most 32 deep.
 * @param source - the file's name, for the text of errors.
 * @throws {ConfigError} `ERR_CONFIG_SYNTAX` with line and column.
 */
export function parseHcl(text: string, source?: string): HclObject {
  return source === undefined ? parse(text) : namingSource(source, () => parse(text));
}

function parse(text: string): HclObject {
  if (text.length > MAX_CONFIG_LENGTH) {
    throw syntaxError({ line: 1, column: 1 }, `longer than ${MAX_CONFIG_LENGTH} characters`);
  }
  return /^\uFEFF?[ \t\r\n]*\{/.test(text) ? parseJsonText(text) : parseHclText(text);
}
