import { credentials } from '@grpc/grpc-js';
import { createClient, type HealthCheckResponseOutput, type HealthClient, healthService } from '@signet/api';
import {
  agentSocketFlags,
  agentSocketPath,
  answerOf,
  type Command,
  defineCommand,
  errorText,
  flag,
  withLocalClient,
} from '@signet/daemon';

const TIMEOUT_MS = 5_000;

/** `signet-agent healthcheck` */
export const healthcheckCommand: Command = defineCommand({
  path: 'healthcheck',
  summary: 'Asks the running agent whether it is healthy',
  flags: {
    ...agentSocketFlags,
    shallow: flag.bool('Without effect; taken for scripts that give it'),
    verbose: flag.bool('Say what is being done'),
  },
  run: async (context) => {
    if (context.flags.verbose) context.out('Checking agent health...\n');
    const problem = await agentProblem(agentSocketPath(context));
    if (problem === undefined) {
      context.out('Agent is healthy.\n');
      return 0;
    }
    context.err(`Agent is unhealthy: ${problem}\n`);
    return 1;
  },
});

/** What is wrong with the agent behind a socket; undefined when it is healthy. */
async function agentProblem(socketPath: string): Promise<string | undefined> {
  try {
    const { status } = await withLocalClient({ socketPath, program: 'agent', open }, check);
    return status === 'SERVING' ? undefined : `agent returned status "${status}"`;
  } catch (error) {
    return `unable to determine health: ${errorText(error)}`;
  }
}

function open(target: string): HealthClient {
  return createClient<HealthClient>(healthService, target, credentials.createInsecure());
}

function check(client: HealthClient): Promise<HealthCheckResponseOutput> {
  const options = { deadline: Date.now() + TIMEOUT_MS };
  return answerOf((done) => client.Check({ service: '' }, options, done));
}
