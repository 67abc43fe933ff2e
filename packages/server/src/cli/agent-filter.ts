import type { ListAgentsRequestInput } from '@signet/api';
import { type Flag, flag, type FlagValues } from '@signet/daemon';
import { selectorMatch } from './entry-filter.ts';
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
  matchSelectorsOn: flag.text(
    'How selectors are compared: exact (the same), superset (the agent has them all), subset (it has no others), any (it has one)',
    'superset',
    { choices: ['exact', 'any', 'superset', 'subset'] },
  ),
  attestationType: flag.text('Filter by attestation type, like join_token or x509pop.'),
  canReattest: flag.text('Filter by whether the agent can attest again: true or false. Anything else is no filter.'),
  banned: flag.text('Filter by whether the agent is banned: true or false. Anything else is no filter.'),
  expiresBefore: flag.text('Filter by expiration time (format: "2006-01-02 15:04:05 -0700 -07")'),
};

/** What the API filters agents by. */
export type AgentFilter = NonNullable<ListAgentsRequestInput['filter']>;

/** The filter that the flags describe. @throws when a selector, the mode or the time cannot be read. */
export function agentFilterOf(flags: FlagValues<AgentFilterFlags>): AgentFilter {
  const banned = booleanOf(flags.banned);
  const canReattest = booleanOf(flags.canReattest);
  return {
    ...(flags.selector.length > 0 && { by_selector_match: selectorMatch(flags.selector, flags.matchSelectorsOn) }),
    ...(flags.attestationType !== '' && { by_attestation_type: flags.attestationType }),
    ...(banned !== undefined && { by_banned: { value: banned } }),
    ...(canReattest !== undefined && { by_can_reattest: { value: canReattest } }),
    ...(flags.expiresBefore !== '' && { by_expires_before: flags.expiresBefore }),
  };
}

function booleanOf(text: string): boolean | undefined {
  return text === 'true' ? true : text === 'false' ? false : undefined;
}
