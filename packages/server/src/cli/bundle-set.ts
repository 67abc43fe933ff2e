import {
  CallFailure,
  type Command,
  defineCommand,
  errorText,
  flag,
  flagError,
  printOutput,
} from '@signet/daemon';
import { readBundleData } from './bundle-data.ts';
import { bundleFormatFlag, readBundleFormat } from './bundle-text.ts';
import { readTextFile } from './data-file.ts';
import { callUnary, withServer } from './server-client.ts';
import { apiFlags } from './server-flags.ts';

/** `signet-server bundle set` */
export const bundleSetCommand: Command = defineCommand({
  path: 'bundle set',
  summary: 'Creates or updates federated bundle data',
  long: `Stores the bundle of another trust domain, read from -path or else from standard input. Entries can then name it
with -federatesWith, and their workloads get it. Who sets a bundle vouches for it: compare it by a second way.`,
  examples: [
    'signet-server bundle set -id other.org -path other.pem',
    'curl https://bundle.other.org | signet-server bundle set -id spiffe://other.org -format spiffe',
  ],
  flags: {
    ...apiFlags,
    ...bundleFormatFlag('read'),
    id: flag.text('Trust domain of the bundle, by its name or SPIFFE ID'),
    path: flag.text('File with the bundle; standard input without it', '', { placeholder: 'path' }),
  },
  run: async (context) => {
    const { id, path } = context.flags;
    if (id === '') throw flagError('id flag is required');
    const format = readBundleFormat(context.flags.format);
    const text = await readTextFile(path === '' ? '-' : path, context).catch((error: unknown) => {
      throw new Error(`unable to load bundle data: ${errorText(error)}`, { cause: error });
    });
    const bundle = readBundleData(text, id, format);
    const answer = await withServer(context, 'bundle', (client) =>
      callUnary(client, 'BatchSetFederatedBundle', { bundle: [bundle] }),
    ).catch((error: unknown) => {
      throw new CallFailure('failed to set federated bundle', error);
    });
    const status = answer.results[0]?.status;
    if (context.output !== 'json' && status?.code !== 0) {
      throw new Error(`failed to set federated bundle: ${status?.message ?? 'no status'}`);
    }
    printOutput(context, answer, () => 'bundle set.\n');
  },
});
