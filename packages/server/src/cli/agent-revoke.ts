import { type Command, defineCommand } from '@signet/daemon';
import { agentIdArgument, agentIdFlag } from './agent-id-flag.ts';
import { revokeFlags, runRevoke } from './revoke-flags.ts';
import { apiFlags } from './server-flags.ts';

/** `signet-server agent revoke` */
export const agentRevokeCommand: Command = defineCommand({
  path: 'agent revoke',
  summary: "Revokes an agent's own SVIDs and all that it fetched for its workloads",
  long: `The agent has to attest again; one that attested with a join token needs a new one. To keep it out for good, ban it
("agent ban"), which revokes as well.`,
  examples: ['signet-server agent revoke -spiffeID spiffe://example.org/spire/agent/x509pop/NODE'],
  flags: { ...apiFlags, ...agentIdFlag('revoke'), ...revokeFlags },
  run: async (context) => {
    const { trust_domain: domain, path } = agentIdArgument(context.flags.spiffeID);
    await runRevoke(context, { agent_id: `spiffe://${domain}${path}` });
  },
});
