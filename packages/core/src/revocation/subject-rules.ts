import type { UnixSeconds } from '../time.ts';
import type { Revocation } from './revocation.ts';
import { markOf, type RevocationMark, unmark } from './revocation-mark.ts';

interface SubjectRule extends RevocationMark {
  readonly issuedUntil: UnixSeconds;
}

type Rules = Map<string, readonly SubjectRule[]>;

const SLASH = '/';
const SCHEME_LENGTH = 'spiffe://'.length;

/** Revocations by SPIFFE ID or path prefix, and by the time of issue. */
export class SubjectRules {
  readonly #ids: Rules = new Map();
  readonly #prefixes: Rules = new Map();
  /** Longest prefix held; what an ID has beyond it need not be looked up. */
  #longestPrefix = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(revocation: Revocation): void {
    const { target } = revocation;
    if (target.kind !== 'subject') return;
    if (target.isPrefix) this.#longestPrefix = Math.max(this.#longestPrefix, target.spiffeId.length);
    const rules = target.isPrefix ? this.#prefixes : this.#ids;
    const held = rules.get(target.spiffeId) ?? [];
    const kept = withRule(held, { ...markOf(revocation), issuedUntil: target.issuedUntil });
    rules.set(target.spiffeId, kept);
    this.#size += kept.length - held.length;
  }

  /** A rule that covers what was issued to an ID at a time; without a time, any rule for the ID. */
  find(spiffeId: string, issuedAt: UnixSeconds | undefined): Revocation | undefined {
    const rule = covering(this.#ids.get(spiffeId), issuedAt);
    if (rule !== undefined) return revocationOf(rule, spiffeId, false);
    return this.#prefixes.size === 0 ? undefined : this.#findPrefix(spiffeId, issuedAt);
  }

  forgetExpired(now: UnixSeconds): void {
    this.#size -= dropExpiredRules(this.#ids, now) + dropExpiredRules(this.#prefixes, now);
    this.#longestPrefix = 0;
    for (const { length } of this.#prefixes.keys())
      this.#longestPrefix = Math.max(this.#longestPrefix, length);
  }

  *values(): Iterable<Revocation> {
    for (const [id, rules] of this.#ids) for (const rule of rules) yield revocationOf(rule, id, false);
    for (const [id, rules] of this.#prefixes) for (const rule of rules) yield revocationOf(rule, id, true);
  }

  #findPrefix(spiffeId: string, issuedAt: UnixSeconds | undefined): Revocation | undefined {
    for (let end = segmentEnd(spiffeId, SCHEME_LENGTH); end <= this.#longestPrefix;) {
      const prefix = spiffeId.slice(0, end);
      const rule = covering(this.#prefixes.get(prefix), issuedAt);
      if (rule !== undefined) return revocationOf(rule, prefix, true);
      if (end === spiffeId.length) return undefined;
      end = segmentEnd(spiffeId, end + 1);
    }
    return undefined;
  }
}

function segmentEnd(spiffeId: string, from: number): number {
  const slash = spiffeId.indexOf(SLASH, from);
  return slash === -1 ? spiffeId.length : slash;
}

function covering(
  rules: readonly SubjectRule[] | undefined,
  issuedAt: UnixSeconds | undefined,
): SubjectRule | undefined {
  return rules?.find(({ issuedUntil }) => issuedAt === undefined || issuedAt <= issuedUntil);
}

// One that covers no more and holds no longer than another adds nothing: an ID that is revoked again and again takes
// the room of once.
function withRule(held: readonly SubjectRule[], rule: SubjectRule): readonly SubjectRule[] {
  if (held.some((other) => outdoes(other, rule))) return held;
  return [...held.filter((other) => !outdoes(rule, other)), rule];
}

function outdoes(one: SubjectRule, other: SubjectRule): boolean {
  return one.issuedUntil >= other.issuedUntil && one.expiresAt >= other.expiresAt;
}

function dropExpiredRules(rules: Rules, now: UnixSeconds): number {
  let dropped = 0;
  for (const [id, held] of rules) {
    const kept = held.filter(({ expiresAt }) => expiresAt > now);
    if (kept.length === held.length) continue;
    dropped += held.length - kept.length;
    if (kept.length === 0) rules.delete(id);
    else rules.set(id, kept);
  }
  return dropped;
}

function revocationOf(rule: SubjectRule, spiffeId: string, isPrefix: boolean): Revocation {
  return unmark(rule, { kind: 'subject', spiffeId, isPrefix, issuedUntil: rule.issuedUntil });
}
