import { readFileSync, type Stats, statSync } from 'node:fs';
import { monotonicMs } from '../process/clock.ts';

/** So many user IDs make one user namespace with the user IDs that programs expect. */
const BLOCK = 65_536;
const MAX_FILE_BYTES = 1 << 20;
const LOOK_EVERY_MS = 5_000;
const MAX_KNOWN = 4_096;
const LINE = /^[^:\n]+:([0-9]{1,10}):([0-9]{1,10})$/gm;

interface Range {
  readonly start: number;
  readonly count: number;
}

/**
 * Tells whose share a user has of what is divided fairly among users.
 *
 * An ordinary user can be given a range of other user IDs for user namespaces, and then run processes as any of them: with
 * 65,536 IDs it would have as many shares. A block of a range that `/etc/subuid` lists has one share; whoever has an ID
 * of its own has its own. A file with a range of several blocks, as Kubernetes has, means one for each pod.
 */
export class UserShares {
  readonly #path: string;
  readonly #nowMs: () => number;
  #ranges: readonly Range[] = [];
  readonly #known = new Map<number, string>();
  #seen: Stats | undefined;
  #lookedAtMs = -Infinity;

  /** @param nowMs - monotonic. */
  constructor(path = '/etc/subuid', nowMs: () => number = monotonicMs) {
    this.#path = path;
    this.#nowMs = nowMs;
  }

  /** The name of the share: equal for users who share one. */
  of(uid: number): string {
    this.#look();
    const known = this.#known.get(uid);
    if (known !== undefined) return known;
    if (this.#known.size >= MAX_KNOWN) this.#known.clear();
    const share = shareIn(this.#ranges, uid);
    this.#known.set(uid, share);
    return share;
  }

  /** Takes over the file when it has changed; as long as it cannot be read, what it said before holds. */
  #look(): void {
    if (this.#nowMs() - this.#lookedAtMs < LOOK_EVERY_MS) return;
    this.#lookedAtMs = this.#nowMs();
    try {
      const stats = statSync(this.#path, { throwIfNoEntry: false });
      if (stats?.mtimeMs === this.#seen?.mtimeMs && stats?.ino === this.#seen?.ino) return;
      this.#seen = stats;
      this.#known.clear();
      this.#ranges = stats === undefined || stats.size > MAX_FILE_BYTES ? [] : rangesIn(this.#path);
    } catch {
      // Nothing else follows: each user has a share of its own then.
    }
  }
}

function shareIn(ranges: readonly Range[], uid: number): string {
  const range = ranges.find(({ start, count }) => uid >= start && uid - start < count);
  return range === undefined ? String(uid) : `${uid - ((uid - range.start) % BLOCK)}+`;
}

function rangesIn(path: string): readonly Range[] {
  const lines = readFileSync(path, 'latin1').matchAll(LINE);
  return Array.from(lines, ([, start, count]) => ({ start: Number(start), count: Number(count) }));
}
