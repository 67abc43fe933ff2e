/**
 * A text that is equal for two audience lists exactly when they hold the same set of values.
 *
 * Each value is preceded by its length, so that no two sets run together: {"ab","cd"} and {"a","bcd"} differ.
 */
export function audienceKey(audience: readonly string[]): string {
  const values = [...new Set(audience)].sort();
  return values.map((value) => `${value.length}:${value}`).join('');
}
