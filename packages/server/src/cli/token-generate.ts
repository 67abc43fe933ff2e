import { type Command, defineCommand, flag, printOutput } from '@signet/daemon';
import { int32Argument, spiffeIdArgument } from './arguments.ts';
import { callUnary, withServer } from './server-client.ts';
import { apiFlags } from './server-flags.ts';

/** `signet-server token generate` */
export const tokenGenerateCommand: Command = defineCommand({
  path: 'token generate',
  summary: 'Generates a join token',
  long: `A join token lets one agent attest, once, within its lifetime. Give it to the agent on its command line
(-joinTokenFile keeps it out of the process list). With -spiffeID the agent also gets that name: an entry is
made whose parent is the agent, and entries of workloads can then name it as their parent.`,
  examples: [
    'signet-server token generate -spiffeID spiffe://example.org/node1',
    'signet-server token generate -ttl 60 -output json',
  ],
  flags: {
    ...apiFlags,
    ttl: flag.int('How long the token may be used, in seconds', 600, { unit: 'seconds' }),
    spiffeID: flag.text(
      'SPIFFE ID that the agent is given beside its own, for entries to name as their parent',
    ),
  },
  run: async (context) => {
    const { spiffeID, ttl } = context.flags;
    const request = {
      ttl: int32Argument('TTL', ttl),
      ...(spiffeID !== '' && { agent_id: spiffeIdArgument(spiffeID) }),
    };
    const token = await withServer(context, 'agent', (client) =>
      callUnary(client, 'CreateJoinToken', request),
    );
    const warning = spiffeID === '' ? 'Warning: Missing SPIFFE ID.\n' : '';
    printOutput(context, token, () => `Token: ${token.value}\n${warning}`);
  },
});
