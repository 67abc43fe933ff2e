/** Of several SVIDs with the same hint the first; those without a hint all. @spec WAPI-21, WAPI-22 */
export function firstOfEachHint<Svid extends { readonly hint: string }>(
  svids: readonly Svid[],
): readonly Svid[] {
  const seen = new Set<string>();
  return svids.filter(({ hint }) => hint === '' || (!seen.has(hint) && seen.add(hint)));
}
