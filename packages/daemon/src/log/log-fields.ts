import { errorFields } from './error-fields.ts';
import { boundedText } from './safe-text.ts';

/** The fields of a line. A value is text, number, truth value, bigint, Error, or a list of texts. */
export type LogFields = Readonly<Record<string, unknown>>;

/** A value as it is written. */
export type LogValue = string | number | boolean;

const MAX_LIST = 32;
const MAX_KEY_LENGTH = 64;
const RESERVED: ReadonlySet<string> = new Set(['level', 'msg', 'time']);

function listText(values: readonly unknown[]): string {
  const shown = values.slice(0, MAX_LIST).map((value) => (Array.isArray(value) ? '[list]' : valueOf(value)));
  return boundedText(`[${shown.join(' ')}${values.length > MAX_LIST ? ' …' : ''}]`);
}

function valueOf(value: unknown): LogValue {
  if (typeof value === 'string') return boundedText(value);
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return listText(value);
  // A Uint8Array could be a key, an object could hold one: only their kind is shown.
  return value === null ? 'null' : `[${typeof value}]`;
}

function keyOf(key: string): string {
  const safe = key.slice(0, MAX_KEY_LENGTH).replace(/[^A-Za-z0-9_.-]/g, '_');
  return RESERVED.has(safe) ? `fields.${safe}` : safe;
}

/** The fields as they are written: bounded, escaped, errors spread out, undefined left out. */
export function writtenFields(fields: LogFields): Record<string, LogValue> {
  const written: Record<string, LogValue> = {};
  for (const [key, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    if (value instanceof Error) Object.assign(written, errorFieldsAs(key, value));
    else
      written[keyOf(key)] =
        key === 'error' && typeof value !== 'string' ? (errorFields(value)['error'] ?? '') : valueOf(value);
  }
  return written;
}

/** `error` spreads to error, error_code and cause; under another name only the message is kept. */
function errorFieldsAs(key: string, error: Error): Record<string, string> {
  const fields = errorFields(error);
  return key === 'error' ? { ...fields } : { [keyOf(key)]: fields['error'] ?? '' };
}
