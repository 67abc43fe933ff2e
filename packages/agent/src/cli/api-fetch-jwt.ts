import type { WorkloadJWTBundlesResponseOutput, WorkloadJWTSVIDResponseOutput } from '@signet/api';
import {
  answerOf,
  type Command,
  type CommandContext,
  defineCommand,
  flag,
  outputFlag,
  printOutput,
} from '@signet/daemon';
import {
  deadlineIn,
  fetchFlags,
  firstMessage,
  securityHeader,
  taskFlag,
  withWorkloadApi,
} from './workload-call.ts';

const flags = {
  ...fetchFlags,
  ...taskFlag,
  format: { ...outputFlag.output, doc: 'Old name of -output.', hidden: true },
  audience: flag.list('Who the token is for; several with commas between them'),
  spiffeID: flag.text('SPIFFE ID that the JWT-SVID is for; without it, one for each that this process has'),
};

/** `signet-agent api fetch jwt` */
export const fetchJwtCommand: Command = defineCommand({
  path: 'api fetch jwt',
  summary: 'Fetches JWT-SVIDs and the JWT bundles from the Workload API',
  examples: [
    'signet-agent api fetch jwt -audience orders',
    'signet-agent api fetch jwt -audience orders,billing -output json',
  ],
  errorStyle: 'bare',
  flags,
  run: async (context) => {
    const audience = audienceOf(context);
    const [tokens, bundles] = await fetch(context, audience);
    const output = context.isSet('format') && context.flags.format === 'json' ? 'json' : context.output;
    printOutput({ ...context, output }, [tokens, bundles], () => jwtReport(tokens, bundles));
  },
});

function audienceOf(context: CommandContext<typeof flags>): string[] {
  const audience = context.flags.audience
    .flatMap((value) => value.split(','))
    .filter((value) => value !== '');
  if (audience.length === 0) throw new Error('audience must be specified');
  return audience;
}

function fetch(
  context: CommandContext<typeof flags>,
  audience: string[],
): Promise<[WorkloadJWTSVIDResponseOutput, WorkloadJWTBundlesResponseOutput]> {
  const options = { deadline: deadlineIn(context.flags.timeout) };
  const request = { audience, spiffe_id: context.flags.spiffeID };
  const { task } = context.flags;
  return withWorkloadApi(context, async (client) => [
    await answerOf<WorkloadJWTSVIDResponseOutput>((done) =>
      client.FetchJWTSVID(request, securityHeader(task), options, done),
    ),
    await firstMessage(client.FetchJWTBundles({}, securityHeader(task), options)),
  ]);
}

/** The blocks that a person reads. */
export function jwtReport(
  tokens: WorkloadJWTSVIDResponseOutput,
  bundles: WorkloadJWTBundlesResponseOutput,
): string {
  const lines = tokens.svids.flatMap(({ spiffe_id: id, svid, hint }) => [
    `token(${id}):`,
    `\t${svid}`,
    ...(hint === '' ? [] : [`hint(${id}):`, `\t${hint}`]),
  ]);
  for (const [id, jwks] of Object.entries(bundles.bundles)) {
    lines.push(`bundle(${id}):`, `\t${JSON.stringify(JSON.parse(jwks.toString()), null, 4)}`);
  }
  return `${lines.join('\n')}\n`;
}
