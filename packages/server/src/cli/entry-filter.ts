import type { ListEntriesRequestInput, WireMatchBehavior, WireSelectorMatchInput } from '@signet/api';
import { errorText, type Flag, flag, flagError, type FlagValues } from '@signet/daemon';
import { selectorArgument, spiffeIdArgument } from './arguments.ts';
import { matchModeFlag, matchModeOf } from './match-mode.ts';
import { type ApiFlags, apiFlags } from './server-flags.ts';

/** The flags that `entry show` and `entry count` share. */
export interface EntryFilterFlags extends ApiFlags {
  readonly parentID: Flag<string>;
  readonly spiffeID: Flag<string>;
  readonly selector: Flag<readonly string[]>;
  readonly matchSelectorsOn: Flag<string>;
  readonly federatesWith: Flag<readonly string[]>;
  readonly matchFederatesWithOn: Flag<string>;
  readonly hint: Flag<string>;
  readonly downstream: Flag<boolean>;
}

/** Made once. */
export const entryFilterFlags: EntryFilterFlags = {
  ...apiFlags,
  parentID: flag.text('Only entries with this parent ID'),
  spiffeID: flag.text('Only entries with this SPIFFE ID'),
  selector: flag.list('Selector to look for, type:value; can be used more than once', {
    placeholder: 'selector',
  }),
  matchSelectorsOn: matchModeFlag('selectors', 'entry'),
  federatesWith: flag.list(
    'Trust domain to look for among those that an entry federates with; can be used more than once',
    {
      placeholder: 'domain',
    },
  ),
  matchFederatesWithOn: matchModeFlag('trust domains', 'entry'),
  hint: flag.text('Only entries with this hint'),
  downstream: flag.bool('Only entries of downstream servers'),
};

/** What the API filters entries by. */
export type EntryFilter = NonNullable<ListEntriesRequestInput['filter']>;

/** The filter that the flags describe. @throws when an ID, a selector or a mode cannot be read. */
export function entryFilterOf(flags: FlagValues<EntryFilterFlags>): EntryFilter {
  const { parentID, spiffeID, selector, federatesWith, hint, downstream } = flags;
  return {
    ...(parentID !== '' && {
      by_parent_id: named(`parent ID "${parentID}"`, () => spiffeIdArgument(parentID)),
    }),
    ...(spiffeID !== '' && {
      by_spiffe_id: named(`SPIFFE ID "${spiffeID}"`, () => spiffeIdArgument(spiffeID)),
    }),
    ...(selector.length > 0 && { by_selectors: selectorMatch(selector, flags.matchSelectorsOn) }),
    ...(federatesWith.length > 0 && {
      by_federates_with: { trust_domains: [...federatesWith], match: matchMode(flags.matchFederatesWithOn) },
    }),
    ...(hint !== '' && { by_hint: { value: hint } }),
    ...(downstream && { by_downstream: { value: true } }),
  };
}

function selectorMatch(selectors: readonly string[], mode: string): WireSelectorMatchInput {
  return { selectors: named('selectors', () => selectors.map(selectorArgument)), match: matchMode(mode) };
}

function matchMode(name: string): WireMatchBehavior {
  const mode = matchModeOf(name);
  if (mode === undefined) throw flagError(`match behavior ${JSON.stringify(name)} unknown`);
  return mode;
}

function named<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw flagError(`error parsing ${what}: ${errorText(error)}`);
  }
}
