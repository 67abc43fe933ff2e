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
  return flag.text(
    `How ${what} are compared: exact (the same), superset (the ${one} has them all), subset (it has no others), any (it has one)`,
    'superset',
    { choices: [...MODES.keys()] },
  );
}

/** The mode of that name; undefined when there is none. */
export function matchModeOf(name: string): WireMatchBehavior | undefined {
  return MODES.get(name);
}
