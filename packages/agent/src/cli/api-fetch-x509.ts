import { nowSeconds } from '@signet/core';
import {
  type Command,
  type CommandContext,
  defineCommand,
  flag,
  printOutput,
  systemClock,
} from '@signet/daemon';
import {
  deadlineIn,
  fetchFlags,
  firstMessage,
  securityHeader,
  taskFlag,
  withWorkloadApi,
} from './workload-call.ts';
import { writeX509Answer } from './write-x509.ts';
import { readX509Answer, x509Report } from './x509-report.ts';

const flags = {
  ...fetchFlags,
  ...taskFlag,
  silent: flag.bool('Do not print the SVIDs; only check them, and write them with -write'),
  write: flag.text(
    'Directory to write svid.N.pem, svid.N.key and bundle.N.pem to (not with -output json)',
    '',
    {
      placeholder: 'path',
    },
  ),
};

async function run(context: CommandContext<typeof flags>): Promise<void> {
  const started = performance.now();
  const answer = await withWorkloadApi(context, (client) =>
    firstMessage(
      client.FetchX509SVID({}, securityHeader(context.flags.task), {
        deadline: deadlineIn(context.flags.timeout),
      }),
    ),
  );
  const elapsedMs = performance.now() - started;
  const received = readX509Answer(answer, nowSeconds(systemClock));
  if (!context.flags.silent) printOutput(context, answer, () => x509Report(received, elapsedMs));
  if (context.flags.write !== '' && context.output === 'pretty') {
    await writeX509Answer(answer, context.flags.write, (text) => context.out(text));
  }
}

const CHECKED = 'Each SVID is checked against its bundle before it is shown or written.';
const OTHERS = `This is "api fetch x509"; "api fetch jwt" fetches JWT-SVIDs.\n\n${CHECKED}`;

function fetchCommand(path: string, summary: string, long: string): Command {
  return defineCommand({
    path,
    summary,
    long,
    examples: ['signet-agent api fetch x509', 'signet-agent api fetch x509 -write /run/identity -silent'],
    errorStyle: 'bare',
    flags,
    run,
  });
}

/** `signet-agent api fetch x509` */
export const fetchX509Command: Command = fetchCommand(
  'api fetch x509',
  'Fetches X509-SVIDs from the Workload API',
  CHECKED,
);
/** `signet-agent api fetch` is short for it. */
export const fetchDefaultCommand: Command = fetchCommand(
  'api fetch',
  'Fetches X509-SVIDs from the Workload API; "api fetch jwt" fetches JWT-SVIDs',
  OTHERS,
);
