import type { ProtoStructInput, ProtoValueInput } from '@signet/api';
import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type JwtSvid,
  type TrustDomain,
} from '@signet/core';

/** Claims of a foreign trust domain that are passed on whatever the operator says. */
const ALWAYS: readonly string[] = ['sub', 'exp', 'aud'];

/**
 * The claims of a verified JWT-SVID as ValidateJWTSVID gives them: the audience always as a list, and of a foreign trust
 * domain's token only `sub`, `exp`, `aud` and what the operator allows.
 *
 * @spec Workload API §5.2.4; SPIRE agent configuration, `allowed_foreign_jwt_claims`
 */
export function visibleClaims(
  svid: JwtSvid,
  own: TrustDomain,
  allowedForeign: readonly string[],
): ProtoStructInput {
  const isVisible = (name: string): boolean =>
    svid.id.memberOf(own) || ALWAYS.includes(name) || allowedForeign.includes(name);
  const visible = [...svid.claims].filter(([name]) => isVisible(name));
  return structOf(new Map([...visible, ['aud', svid.audience]]));
}

function structOf(object: JsonObject): ProtoStructInput {
  // A name like `__proto__` must become a member, not a prototype.
  const fields = Object.create(null) as Record<string, ProtoValueInput>;
  for (const [name, value] of object) fields[name] = valueOf(value);
  return { fields };
}

function valueOf(value: JsonValue): ProtoValueInput {
  if (value === null) return { nullValue: 'NULL_VALUE' };
  if (isJsonObject(value)) return { structValue: structOf(value) };
  if (isJsonArray(value)) return { listValue: { values: value.map(valueOf) } };
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  // The wire has doubles only.
  return { numberValue: Number(value) };
}
