import { after } from '../process/timer.ts';

/** How many lines are let through, and who is told of the others. */
export interface LineLimiterOptions {
  /** of one kind, in one period; default 20. */
  readonly most?: number;
  /** default 1 min. */
  readonly periodMs?: number;
  /** Hears at the end of a period how many lines of a kind were held back, if any were. */
  report(kind: string, heldBack: number): void;
}

const MOST_KINDS = 256;
const REST = 'other';
const MINUTE_MS = 60_000;

/** Holds back log lines that anybody can cause as often as he likes, so that they fill no disk and hide no other line. */
export class LineLimiter {
  readonly #options: Required<LineLimiterOptions>;
  readonly #lines = new Map<string, number>();

  constructor(options: LineLimiterOptions) {
    this.#options = { most: 20, periodMs: MINUTE_MS, ...options };
  }

  /**
   * Whether a line may be written.
   *
   * @param kind - of a closed set; beyond 256 of them all others count as one.
   */
  admit(kind: string): boolean {
    const counted = this.#lines.has(kind) || this.#lines.size < MOST_KINDS ? kind : REST;
    const lines = (this.#lines.get(counted) ?? 0) + 1;
    this.#lines.set(counted, lines);
    if (lines === 1) after(this.#options.periodMs, () => this.#endPeriod(counted));
    return lines <= this.#options.most;
  }

  #endPeriod(kind: string): void {
    const heldBack = (this.#lines.get(kind) ?? 0) - this.#options.most;
    this.#lines.delete(kind);
    if (heldBack > 0) this.#options.report(kind, heldBack);
  }
}
