import type { WireMatchBehavior } from '@signet/api';
import { type Flag, flag } from '@signet/daemon';

const MODES: ReadonlyMap<string, WireMatchBehavior> = new Map([
  ['exact', 'MATCH_EXACT'],
  ['any', 'MATCH_ANY'],
  ['superset', 'MATCH_SUPERSET'],
  ['subset', 'MATCH_SUBSET'],
]);

/** `-matchSelectorsOn` and `-matchFederatesWithOn` */
export function matchModeFlag(what: string, one: string): Flag<string> {
  return flag.text(`How the ${what} of the ${one} are compared with those given here`, 'superset', {
    choices: [...MODES.keys()],
    meanings: {
      exact: 'they are the same',
      any: `the ${one} has at least one of them`,
      superset: `the ${one} has all of them, and may have others`,
      subset: `the ${one} has no others`,
    },
  });
}

/** The mode of that name; undefined when there is none. */
export function matchModeOf(name: string): WireMatchBehavior | undefined {
  return MODES.get(name);
}
