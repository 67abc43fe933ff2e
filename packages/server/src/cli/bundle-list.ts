import { type WireBundleOutput } from '@signet/api';
import { type Command, defineCommand, flag, printOutput } from '@signet/daemon';
import { bundleFormatFlag, bundleText, type BundleFormat, readBundleFormat } from './bundle-text.ts';
import { callUnary, withServer } from './server-client.ts';
import { apiFlags } from './server-flags.ts';

const RULE = '*'.repeat(40);

/** `signet-server bundle list` */
export const bundleListCommand: Command = defineCommand({
  path: 'bundle list',
  summary: 'Lists federated bundle data',
  long: `The bundles of other trust domains, which entries may federate with. Without -id all of them, each below a banner
with its name. The server's own bundle is not one of them: see "bundle show".`,
  examples: ['signet-server bundle list', 'signet-server bundle list -id other.org -format spiffe'],
  flags: {
    ...apiFlags,
    ...bundleFormatFlag('listed'),
    id: flag.text('Trust domain whose bundle alone is listed, by its name or SPIFFE ID'),
  },
  run: async (context) => {
    const { id } = context.flags;
    const format = readBundleFormat(context.flags.format);
    await withServer(context, 'bundle', async (client) => {
      if (id !== '') {
        const bundle = await callUnary(client, 'GetFederatedBundle', { trust_domain: id });
        printOutput(context, bundle, () => bundleText(bundle, format));
        return;
      }
      const answer = await callUnary(client, 'ListFederatedBundles', {});
      printOutput(context, answer, () => bundleListText(answer.bundles, format));
    });
  },
});

/** What a person reads of a list of bundles. */
export function bundleListText(bundles: readonly WireBundleOutput[], format: BundleFormat): string {
  return bundles
    .map((bundle) => `${RULE}\n* ${bundle.trust_domain}\n${RULE}\n${bundleText(bundle, format)}`)
    .join('\n');
}
