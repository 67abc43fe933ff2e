import { type FeedSession } from './feed-session.ts';

const NOBODY: ReadonlySet<FeedSession> = new Set();

/** The sessions that are open, by agent and by the parents of their entries. */
export class FeedRoster {
  readonly #byAgent = new Map<string, FeedSession>();
  readonly #byRoot = new Map<string, Set<FeedSession>>();

  get size(): number {
    return this.#byAgent.size;
  }

  all(): Iterable<FeedSession> {
    return this.#byAgent.values();
  }

  ofAgent(agentUri: string): FeedSession | undefined {
    return this.#byAgent.get(agentUri);
  }

  withRoot(uri: string): ReadonlySet<FeedSession> {
    return this.#byRoot.get(uri) ?? NOBODY;
  }

  /** Adds a session. @returns the one of the same agent that it takes the place of. */
  add(session: FeedSession): FeedSession | undefined {
    const before = this.#byAgent.get(session.agentId.uri);
    if (before !== undefined) this.remove(before);
    this.#byAgent.set(session.agentId.uri, session);
    this.#file(session, session.roots);
    return before;
  }

  /** @returns whether it was still there. */
  remove(session: FeedSession): boolean {
    if (this.#byAgent.get(session.agentId.uri) !== session) return false;
    this.#byAgent.delete(session.agentId.uri);
    this.#unfile(session);
    return true;
  }

  /** Takes over the roots that an agent has now. @returns whether they are others than before. */
  setRoots(session: FeedSession, roots: ReadonlySet<string>): boolean {
    if (isSameSet(roots, session.roots)) return false;
    this.#unfile(session);
    this.#file(session, roots);
    return true;
  }

  #file(session: FeedSession, roots: ReadonlySet<string>): void {
    session.roots = roots;
    for (const uri of roots) {
      const sessions = this.#byRoot.get(uri);
      if (sessions === undefined) this.#byRoot.set(uri, new Set([session]));
      else sessions.add(session);
    }
  }

  #unfile(session: FeedSession): void {
    for (const uri of session.roots) {
      const sessions = this.#byRoot.get(uri);
      sessions?.delete(session);
      if (sessions?.size === 0) this.#byRoot.delete(uri);
    }
  }
}

function isSameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a.size !== b.size) return false;
  for (const value of a) if (!b.has(value)) return false;
  return true;
}
