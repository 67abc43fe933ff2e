/** Rows removed in one transaction, so that others are written in between. */
const PORTION = 1000;

/** Calls `prune` until it finds less than a full portion; how many it removed. */
export async function pruneInPortions(prune: (limit: number) => Promise<number>): Promise<number> {
  let total = 0;
  for (;;) {
    const removed = await prune(PORTION);
    total += removed;
    if (removed < PORTION) return total;
  }
}
