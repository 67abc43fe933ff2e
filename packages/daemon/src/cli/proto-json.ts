const NOTHING: ReadonlySet<string> = new Set();

type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

function jsonOf(value: unknown, omit: ReadonlySet<string>): Json | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array)
    return Buffer.from(value.buffer, value.byteOffset, value.length).toString('base64');
  if (Array.isArray(value)) return value.map((item) => jsonOf(item, omit) ?? {});
  if (typeof value === 'object') return objectOf(value, omit);
  return value as string | number | boolean;
}

function objectOf(value: object, omit: ReadonlySet<string>): Json {
  const members = Object.entries(value)
    .filter(([key]) => !omit.has(key))
    .map(([key, member]) => [key, jsonOf(member, omit)] as const)
    .filter((member): member is readonly [string, Json] => member[1] !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members);
}

/**
 * A message as SPIRE's command line prints it: one line, proto field names in the order of the alphabet, no nulls.
 *
 * Takes proto-loader's object form (64-bit integers as text, enums by name): bytes become standard base64, bigint
 * text, what is null or undefined is left out.
 *
 * @param omit - keys that are no fields, such as the names of oneofs.
 * @spec SPIRE CLI, `-output json`
 */
export function toProtoJson(message: unknown, omit: ReadonlySet<string> = NOTHING): string {
  return JSON.stringify(jsonOf(message, omit) ?? {});
}
