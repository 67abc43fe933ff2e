import { setImmediate as nextTurn } from 'node:timers/promises';

/** How many things are looked at in one turn of the event loop: some milliseconds of work. */
export const SLICE = 2_000;

/** Looks at many things; others have their turns of the event loop in between. */
export async function eachInSlices<Item>(items: Iterable<Item>, look: (item: Item) => void): Promise<void> {
  let left = SLICE;
  for (const item of items) {
    look(item);
    left -= 1;
    if (left > 0) continue;
    await nextTurn();
    left = SLICE;
  }
}

/** Brings work that comes back after each slice to its end, a slice in each turn. @returns what it comes to. */
export async function inTurns<Result>(work: Generator<undefined, Result, void>): Promise<Result> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    await nextTurn();
  }
}
