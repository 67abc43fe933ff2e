import { CallFailure, type Command, defineCommand, flag, serverSocketFlags } from '@signet/daemon';
import { callUnary, withServer } from './server-client.ts';

/** `signet-server healthcheck` */
export const healthcheckCommand: Command = defineCommand({
  path: 'healthcheck',
  summary: 'Asks the running server whether it is healthy',
  flags: {
    ...serverSocketFlags,
    shallow: flag.bool('Without effect; taken for scripts that give it'),
    verbose: flag.bool('Say what is being done'),
  },
  run: async (context) => {
    if (context.flags.verbose) context.out('Checking server health...\n');
    const status = await withServer(context, 'health', async (client) =>
      callUnary(client, 'Check', { service: '' }),
    ).catch((error: unknown) => {
      throw new CallFailure('server is unhealthy: unable to determine health', error);
    });
    if (status.status !== 'SERVING')
      throw new Error(`server is unhealthy: server returned status "${status.status}"`);
    context.out('Server is healthy.\n');
  },
});
