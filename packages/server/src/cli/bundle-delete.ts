import { type BatchDeleteFederatedBundleRequestInput } from '@signet/api';
import { type Command, defineCommand, errorText, flag, flagError, printOutput } from '@signet/daemon';
import { callUnary, withServer } from './server-client.ts';
import { apiFlags } from './server-flags.ts';

type Mode = NonNullable<BatchDeleteFederatedBundleRequestInput['mode']>;

const MODES: ReadonlyMap<string, Mode> = new Map([
  ['restrict', 'RESTRICT'],
  ['dissociate', 'DISSOCIATE'],
  ['delete', 'DELETE'],
]);

/** `signet-server bundle delete` */
export const bundleDeleteCommand: Command = defineCommand({
  path: 'bundle delete',
  summary: 'Deletes federated bundle data',
  long: `What becomes of the entries that federate with the trust domain is for -mode to say: restrict refuses to delete
while there is one, dissociate takes the trust domain from them, delete deletes them too.`,
  examples: [
    'signet-server bundle delete -id other.org',
    'signet-server bundle delete -id other.org -mode dissociate',
  ],
  flags: {
    ...apiFlags,
    id: flag.text('SPIFFE ID of the trust domain'),
    mode: flag.text('Deletion mode.', 'restrict', { choices: [...MODES.keys()] }),
  },
  run: async (context) => {
    const { id } = context.flags;
    if (id === '') throw flagError('id is required');
    const mode = MODES.get(context.flags.mode);
    if (mode === undefined) throw flagError(`unsupported mode ${JSON.stringify(context.flags.mode)}`);
    const answer = await withServer(context, 'bundle', (client) =>
      callUnary(client, 'BatchDeleteFederatedBundle', { trust_domains: [id], mode }),
    ).catch((error: unknown) => {
      throw new Error(`failed to delete federated bundle: ${errorText(error)}`, { cause: error });
    });
    const [result] = answer.results;
    if (context.output !== 'json' && result?.status?.code !== 0) {
      const name = JSON.stringify(result?.trust_domain ?? id);
      throw new Error(`failed to delete federated bundle ${name}: ${result?.status?.message ?? 'no status'}`);
    }
    printOutput(context, answer, () => 'bundle deleted.\n');
  },
});
