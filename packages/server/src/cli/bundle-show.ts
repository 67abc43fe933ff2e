import { type Command, defineCommand, printOutput } from '@signet/daemon';
import { bundleFormatFlag, bundleText, readBundleFormat } from './bundle-text.ts';
import { callUnary, withServer } from './server-client.ts';
import { apiFlags } from './server-flags.ts';

/** `signet-server bundle show` */
export const bundleShowCommand: Command = defineCommand({
  path: 'bundle show',
  summary: 'Prints the bundle of the server’s own trust domain to stdout',
  long: `The bundle holds the authorities that all SVIDs of the trust domain are verified with; none of it is secret.
As PEM it holds the X.509 authorities only: agents are bootstrapped with it. Format spiffe is the JWKS document
of the SPIFFE standard, with the JWT authorities.`,
  examples: ['signet-server bundle show > bundle.pem', 'signet-server bundle show -format spiffe'],
  flags: { ...apiFlags, ...bundleFormatFlag('shown') },
  run: async (context) => {
    const format = readBundleFormat(context.flags.format);
    const bundle = await withServer(context, 'bundle', (client) => callUnary(client, 'GetBundle', {}));
    printOutput(context, bundle, () => bundleText(bundle, format));
  },
});
