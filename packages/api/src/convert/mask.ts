/** A mask of the wire: a flag for each maskable field. Absent means all. */
export type WireMask<Field extends string> = Partial<Record<Field, boolean>> | null | undefined;

/** Whether the mask lets a field through. */
export function masked<Field extends string>(mask: WireMask<Field>, field: Field): boolean {
  return mask === null || mask === undefined || mask[field] === true;
}

/**
 * The value with only the fields that the mask lets through, and those that no mask can hide.
 *
 * @param always - fields that are never masked, such as an entry's `id`.
 */
export function applyMask<Wire extends object>(
  value: Wire,
  mask: WireMask<string>,
  always: readonly (keyof Wire & string)[],
): Wire {
  if (mask === null || mask === undefined) return value;
  const kept: Partial<Wire> = {};
  for (const field of Object.keys(value) as (keyof Wire & string)[]) {
    if (always.includes(field) || mask[field] === true) kept[field] = value[field];
  }
  return kept as Wire;
}
