import type { ProtoStructOutput, ProtoValueOutput } from '@signet/api';

/** A `google.protobuf.Struct` as a plain object. */
export function plainStruct(struct: ProtoStructOutput | null): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(struct?.fields ?? {}).map(([name, value]) => [name, plainValue(value)]),
  );
}

function plainValue(value: ProtoValueOutput): unknown {
  switch (value.kind) {
    case 'numberValue':
      return value.numberValue;
    case 'stringValue':
      return value.stringValue;
    case 'boolValue':
      return value.boolValue;
    case 'structValue':
      return plainStruct(value.structValue ?? null);
    case 'listValue':
      return (value.listValue?.values ?? []).map(plainValue);
    case 'nullValue':
    case undefined:
    default:
      return null;
  }
}
