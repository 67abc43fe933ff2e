import { credentials, type ServiceError } from '@grpc/grpc-js';
import { createClient, type HealthCheckResponseOutput, type HealthClient, healthService } from '@signet/api';
import {
  agentSocketFlags,
  agentSocketPath,
  type Command,
  defineCommand,
  errorText,
  flag,
} from '@signet/daemon';

const TIMEOUT_MS = 5_000;

/** `signet-agent healthcheck` */
export const healthcheckCommand: Command = defineCommand({
  path: 'healthcheck',
  summary: 'Asks the running agent whether it is healthy',
  flags: {
    ...agentSocketFlags,
    shallow: flag.bool('Has no effect; kept for old scripts'),
    verbose: flag.bool('Says what is being done'),
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
  const client = createClient<HealthClient>(
    healthService,
    `unix:${socketPath}`,
    credentials.createInsecure(),
  );
  try {
    const { status } = await check(client);
    return status === 'SERVING' ? undefined : `agent returned status "${status}"`;
  } catch (error) {
    return `unable to determine health: ${errorText(error)}`;
  } finally {
    client.close();
  }
}

function check(client: HealthClient): Promise<HealthCheckResponseOutput> {
  return new Promise((resolve, reject) => {
    const done = (error: ServiceError | null, response?: HealthCheckResponseOutput): void => {
      if (error !== null) reject(error);
      else resolve(response as HealthCheckResponseOutput);
    };
    client.Check({ service: '' }, { deadline: Date.now() + TIMEOUT_MS }, done);
  });
}
