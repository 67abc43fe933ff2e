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
  selector: flag.list('A colon-delimited type:value selector. Can be used more than once'),
  matchSelectorsOn: matchModeFlag('selectors', 'agent'),
  attestationType: flag.text('Filter by attestation type, like join_token or x509pop.'),
  canReattest: flag.text(
    'Filter by whether the agent can attest again: true or false. Anything else is no filter.',
  ),
  banned: flag.text('Filter by whether the agent is banned: true or false. Anything else is no filter.'),
  expiresBefore: flag.text('Filter by expiration time (format: "2006-01-02 15:04:05 -0700 -07")'),
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
