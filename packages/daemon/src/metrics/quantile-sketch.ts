const SMALLEST = 1e-4;
const GROWTH = 1.03;
const LOG_GROWTH = Math.log(GROWTH);
// Up to 1.4e9: milliseconds of two weeks, or nanoseconds of a second.
const BUCKETS = 1024;

/**
 * How values are distributed, within 1.5 % of each value: counts in buckets whose bounds grow by a constant factor.
 *
 * Adding a value is a logarithm and an increment, whatever was added before; values outside 1e-4 to 1.4e9 count as the
 * nearest of these.
 */
export class QuantileSketch {
  readonly #counts = new Uint32Array(BUCKETS);
  #total = 0;

  add(value: number): void {
    const at = bucketOf(value);
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    this.#total += 1;
  }

  /** What this one and the other were given. */
  mergedWith(other: QuantileSketch): QuantileSketch {
    const merged = new QuantileSketch();
    merged.#total = this.#total + other.#total;
    for (let at = 0; at < BUCKETS; at += 1) {
      merged.#counts[at] = (this.#counts[at] ?? 0) + (other.#counts[at] ?? 0);
    }
    return merged;
  }

  /** @param quantile - 0 to 1. @returns NaN when nothing was added. */
  quantile(quantile: number): number {
    const rank = Math.max(1, Math.ceil(quantile * this.#total));
    let seen = 0;
    for (let at = 0; at < BUCKETS; at += 1) {
      seen += this.#counts[at] ?? 0;
      if (seen >= rank) return middleOf(at);
    }
    return Number.NaN;
  }
}

function bucketOf(value: number): number {
  if (!(value > SMALLEST)) return 0;
  return Math.min(BUCKETS - 1, Math.ceil(Math.log(value / SMALLEST) / LOG_GROWTH));
}

/** The value that is off by the same factor from both bounds of the bucket. */
function middleOf(bucket: number): number {
  return bucket === 0 ? 0 : (2 * SMALLEST * GROWTH ** bucket) / (1 + GROWTH);
}
