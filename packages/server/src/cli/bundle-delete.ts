import { type BatchDeleteFederatedBundleRequestInput } from '@signet/api';
import { CallFailure, type Command, defineCommand, flag, flagError, printOutput } from '@signet/daemon';
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
  examples: [
    'signet-server bundle delete -id other.org',
    'signet-server bundle delete -id other.org -mode dissociate',
  ],
  flags: {
    ...apiFlags,
    id: flag.text('Trust domain of the bundle, by its name or SPIFFE ID'),
    mode: flag.text('What becomes of entries that federate with the trust domain', 'restrict', {
      choices: [...MODES.keys()],
      meanings: {
        restrict: 'nothing is deleted while there is one',
        dissociate: 'they stay, and no longer federate with it',
        delete: 'they are deleted too',
      },
    }),
  },
  run: async (context) => {
    const { id } = context.flags;
    if (id === '') throw flagError('id is required');
    const mode = MODES.get(context.flags.mode);
    if (mode === undefined) throw flagError(`unsupported mode ${JSON.stringify(context.flags.mode)}`);
    const answer = await withServer(context, 'bundle', (client) =>
      callUnary(client, 'BatchDeleteFederatedBundle', { trust_domains: [id], mode }),
    ).catch((error: unknown) => {
      throw new CallFailure('failed to delete federated bundle', error);
    });
    const [result] = answer.results;
    if (context.output !== 'json' && result?.status?.code !== 0) {
      const name = JSON.stringify(result?.trust_domain ?? id);
      throw new Error(`failed to delete federated bundle ${name}: ${result?.status?.message ?? 'no status'}`);
    }
    printOutput(context, answer, () => 'bundle deleted.\n');
  },
});
