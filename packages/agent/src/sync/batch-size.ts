/** How many SVIDs are asked for in one call: never more than the server's burst. */
export const MAX_BATCH = 500;

/** The size of the next batch: doubled after a good call, halved after a failed one, always within 1 and 500. */
export function nextBatchSize(size: number, succeeded: boolean): number {
  const next = succeeded ? size * 2 : Math.floor(size / 2);
  return Math.min(MAX_BATCH, Math.max(1, next));
}
