import type { ListAgentsRequestInput, WireSelectorMatchInput } from '@signet/api';
import { errorText, type Flag, flag, flagError, type FlagValues } from '@signet/daemon';
import { selectorArgument } from './arguments.ts';
import { matchModeFlag, matchModeOf } from './match-mode.ts';
import { type ApiFlags, apiFlags } from './server-flags.ts';

/** The flags that `agent list` and `agent count` share. */
export interface AgentFilterFlags extends ApiFlags {
  readonly selector: Flag<readonly string[]>;
  readonly matchSelectorsOn: Flag<string>;
  readonly attestationType: Flag<string>;
  readonly canReattest: Flag<string>;
  readonly banned: Flag<string>;
  readonly expiresBefore: Flag<string>;
}

/** Made once. */
export const agentFilterFlags: AgentFilterFlags = {
  ...apiFlags,
  selector: flag.list('Selector to look for, type:value; can be used more than once', {
    placeholder: 'selector',
  }),
  matchSelectorsOn: matchModeFlag('selectors', 'agent'),
  attestationType: flag.text('Only agents attested in this way, such as join_token or x509pop', '', {
    placeholder: 'type',
  }),
  canReattest: flag.text('Only agents that', '', {
    choices: ['true', 'false'],
    meanings: { true: 'can attest again by themselves', false: 'cannot, as those that used a join token' },
  }),
  banned: flag.text('Only agents that', '', {
    choices: ['true', 'false'],
    meanings: { true: 'are banned', false: 'are not banned' },
  }),
  expiresBefore: flag.text(
    'Only agents whose SVID expires before this time, written as "2027-01-31 15:04:05 +0000 +00"',
    '',
    { placeholder: 'time' },
  ),
};

/** What the API filters agents by. */
export type AgentFilter = NonNullable<ListAgentsRequestInput['filter']>;

// Go's layout `2006-01-02 15:04:05 -0700 -07`.
const TIME =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]) (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d [+-]\d{4} [+-]\d{2}$/;

/** The filter that the flags describe. @throws {ConfigError} `ERR_CONFIG_FLAG` for a selector, a mode or a time that cannot be read. */
export function agentFilterOf(flags: FlagValues<AgentFilterFlags>): AgentFilter {
  const banned = booleanOf(flags.banned);
  const canReattest = booleanOf(flags.canReattest);
  return {
    ...(flags.selector.length > 0 && {
      by_selector_match: selectorMatch(flags.selector, flags.matchSelectorsOn),
    }),
    ...(flags.attestationType !== '' && { by_attestation_type: flags.attestationType }),
    ...(banned !== undefined && { by_banned: { value: banned } }),
    ...(canReattest !== undefined && { by_can_reattest: { value: canReattest } }),
    ...(flags.expiresBefore !== '' && { by_expires_before: timeArgument(flags.expiresBefore) }),
  };
}

function booleanOf(text: string): boolean | undefined {
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

function selectorMatch(selectors: readonly string[], name: string): WireSelectorMatchInput {
  const match = matchModeOf(name);
  const parsed = selectors.map((text) => {
    try {
      return selectorArgument(text);
    } catch (error) {
      throw flagError(`error parsing selector ${JSON.stringify(text)}: ${errorText(error)}`);
    }
  });
  if (match === undefined) throw flagError('unsupported match behavior');
  return { selectors: parsed, match };
}

function timeArgument(text: string): string {
  if (TIME.test(text)) return text;
  throw flagError(
    `date is not valid: parsing time ${JSON.stringify(text)} as "2006-01-02 15:04:05 -0700 -07"`,
  );
}
