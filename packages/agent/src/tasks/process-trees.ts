import {
  after,
  childrenByParent,
  holdChild,
  monotonicMs,
  type PidFd,
  type ProcessExits,
  type Timer,
} from '@signet/daemon';
import type { TaskOwner } from './task-owner.ts';

/** A tree that is followed. */
export interface FollowedTree {
  /** A process of it may be there now. */
  look(): void;
  stop(): void;
}

interface Followed {
  readonly owner: TaskOwner;
  readonly onGone: () => void;
  /** a child of the owner that lives. */
  child: PidFd | undefined;
  unwatch: () => void;
  wasSeen: boolean;
  misses: number;
  isStopped: boolean;
}

type Children = ReadonlyMap<number, readonly number[]>;

const LEAST_PAUSE_MS = 5;
/** Looks at /proc take at most this share of the time. */
const DUTY = 0.1;
/** One look is not one moment: a child may have been handed over behind its back. */
const MISSES = 2;

/**
 * Tells when a process that had children has none left.
 *
 * One child that lives is held, and its end heard of; only then is /proc looked at for another one. Children of children
 * need not be: when their parent ends they become the owner's own, where the owner adopts orphans, as `task run` does.
 */
export class ProcessTrees {
  readonly #exits: ProcessExits;
  readonly #waiting = new Set<(children: Children) => void>();
  #timer: Timer | undefined;
  #restUntilMs = 0;

  constructor(exits: ProcessExits) {
    this.#exits = exits;
  }

  /** Calls the listener once the owner has had a child and has none any more. */
  follow(owner: TaskOwner, onGone: () => void): FollowedTree {
    const tree: Followed = {
      owner,
      onGone,
      child: undefined,
      unwatch: () => undefined,
      wasSeen: false,
      misses: 0,
      isStopped: false,
    };
    const visit = (children: Children): void => this.#visit(tree, children, visit);
    const look = (): void => {
      if (tree.child === undefined && !tree.isStopped) this.#ask(visit);
    };
    look();
    return {
      look,
      stop: () => {
        tree.isStopped = true;
        this.#waiting.delete(visit);
        letGo(tree);
      },
    };
  }

  /** Whether the process has no child that lives. */
  async isAlone({ pid }: TaskOwner): Promise<boolean> {
    for (let look = 0; look < MISSES; look++) {
      const children = await new Promise<Children>((resolve) => this.#ask(resolve));
      const child = holdChild(children.get(pid) ?? [], pid);
      child?.close();
      if (child !== undefined) return false;
    }
    return true;
  }

  close(): void {
    this.#timer?.cancel();
    this.#waiting.clear();
  }

  #visit(tree: Followed, children: Children, visit: (children: Children) => void): void {
    // Another one that the same look is for may have had it stopped.
    if (tree.isStopped) return;
    const { pid } = tree.owner;
    tree.child = holdChild(children.get(pid) ?? [], pid);
    if (tree.child !== undefined) {
      tree.wasSeen = true;
      tree.misses = 0;
      tree.unwatch = this.#exits.watch(tree.child, () => {
        letGo(tree);
        this.#ask(visit);
      });
    } else if (tree.wasSeen) {
      tree.misses += 1;
      if (tree.misses >= MISSES) tree.onGone();
      else this.#ask(visit);
    }
  }

  #ask(visitor: (children: Children) => void): void {
    this.#waiting.add(visitor);
    this.#timer ??= after(Math.max(LEAST_PAUSE_MS, this.#restUntilMs - monotonicMs()), () => this.#look());
  }

  #look(): void {
    this.#timer = undefined;
    const beganAtMs = monotonicMs();
    const children = childrenByParent();
    this.#restUntilMs = monotonicMs() + (monotonicMs() - beganAtMs) / DUTY;
    const visitors = [...this.#waiting];
    this.#waiting.clear();
    for (const visit of visitors) visit(children);
  }
}

function letGo(tree: Followed): void {
  tree.unwatch();
  tree.unwatch = () => undefined;
  tree.child?.close();
  tree.child = undefined;
}
