/** Writes a measured figure below the test's name. */
export function figure(text: string): void {
  process.stdout.write(`    ◦ ${text}\n`);
}

/** The value that a share of the values does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

/** `p50 12, p95 20, most 31 ms of 40`, for times in milliseconds. */
export function timesText(values: readonly number[]): string {
  const at = (share: number): string => percentile(values, share).toFixed(0);
  return `p50 ${at(0.5)}, p95 ${at(0.95)}, most ${at(1)} ms of ${values.length}`;
}
