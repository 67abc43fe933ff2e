import { status } from '@grpc/grpc-js';
import type { WorkloadValidateJWTSVIDResponseOutput } from '@signet/api';
import { plainStruct } from '@signet/client';
import {
  answerOf,
  type Command,
  type CommandContext,
  defineCommand,
  flag,
  printOutput,
} from '@signet/daemon';
import { deadlineIn, fetchFlags, securityHeader, withWorkloadApi } from './workload-call.ts';

const flags = {
  ...fetchFlags,
  audience: flag.text('Audience that the token must be for'),
  svid: flag.text('JWT-SVID; "-" reads it from standard input, where no other user can see it'),
};

/** `signet-agent api validate jwt` */
export const validateJwtCommand: Command = defineCommand({
  path: 'api validate jwt',
  summary: 'Validates a JWT-SVID with the Workload API',
  examples: ['signet-agent api validate jwt -audience orders -svid - < token'],
  errorStyle: 'bare',
  flags,
  run: async (context) => {
    if (context.flags.audience === '') throw new Error('audience must be specified');
    if (context.flags.svid === '') throw new Error('svid must be specified');
    const svid = context.flags.svid === '-' ? (await context.readStdin()).trim() : context.flags.svid;
    const answer = await validate(context, svid);
    const claims = plainStruct(answer.claims);
    printOutput(context, { spiffe_id: answer.spiffe_id, claims }, () =>
      [
        'SVID is valid.',
        `SPIFFE ID : ${answer.spiffe_id}`,
        `Claims    : ${JSON.stringify(Object.fromEntries(Object.entries(claims).sort()))}`,
        '',
      ].join('\n'),
    );
  },
});

async function validate(
  context: CommandContext<typeof flags>,
  svid: string,
): Promise<WorkloadValidateJWTSVIDResponseOutput> {
  const options = { deadline: deadlineIn(context.flags.timeout) };
  try {
    return await withWorkloadApi(context, (client) =>
      answerOf<WorkloadValidateJWTSVIDResponseOutput>((done) =>
        client.ValidateJWTSVID({ audience: context.flags.audience, svid }, securityHeader(), options, done),
      ),
    );
  } catch (error) {
    const { code, details } = error as { code?: number; details?: string };
    if (code !== status.INVALID_ARGUMENT) throw error;
    throw new Error(`SVID is not valid: ${details ?? ''}`, { cause: error });
  }
}
