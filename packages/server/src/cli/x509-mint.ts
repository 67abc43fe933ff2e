import { type BundleClient, bundleService, type SVIDClient, svidService, type WireX509SVIDOutput } from '@signet/api';
import { encodePem, parseSpiffeId } from '@signet/core';
import { type Command, type CommandContext, defineCommand, errorText, flag, flagError, printOutput, serverSocketPath } from '@signet/daemon';
import { join } from 'node:path';
import { writeMintedFile } from './mint-file.ts';
import { capWarning, type MintTtl, mintTtl } from './mint-ttl.ts';
import { callUnary, withServer } from './server-client.ts';
import { apiFlags } from './server-flags.ts';

const flags = {
  ...apiFlags,
  spiffeID: flag.text('SPIFFE ID of the X509-SVID'),
  ttl: flag.duration('TTL of the X509-SVID'),
  dns: flag.list('DNS name that will be included in SVID. Can be used more than once.'),
  write: flag.text('Directory to write output to instead of stdout', '', { placeholder: 'path' }),
};

/** `signet-server x509 mint` */
export const x509MintCommand: Command = defineCommand({
  path: 'x509 mint',
  summary: 'Mints an X509-SVID',
  long: `Makes a key here, and has the server sign an X509-SVID for it: without an entry, an agent or a workload. For tests,
and for the rare program that no agent can serve; nothing renews what is minted. The key never goes to the server.
With -write the files svid.pem, key.pem (readable by you alone) and bundle.pem are written to a directory that exists.`,
  examples: [
    'signet-server x509 mint -spiffeID spiffe://example.org/tool -ttl 1h -write /run/tool',
    'signet-server x509 mint -spiffeID spiffe://example.org/tool -dns tool.example.org -output json',
  ],
  flags,
  run: async (context) => {
    if (context.flags.spiffeID === '') throw flagError('spiffeID must be specified');
    const { uri } = parseSpiffeId(context.flags.spiffeID);
    const ttl = mintTtl(context.flags.ttl);
    // The library takes a while to load; no other command pays for it.
    const { makeMintRequest } = await import('./mint-request.ts');
    const { csrDer, keyPkcs8 } = await makeMintRequest(uri, context.flags.dns);
    const svid = await mint(context, csrDer, ttl);
    const rootCas = await fetchRoots(context);
    context.err(capWarning('X509-SVID', ttl, svid.expires_at));
    await deliver(context, { x509_svid: svid.cert_chain, private_key: keyPkcs8, root_cas: rootCas });
  },
});

async function mint(context: CommandContext<typeof flags>, csr: Uint8Array, { ttl }: MintTtl): Promise<WireX509SVIDOutput> {
  const { svid } = await withServer(serverSocketPath(context), svidService, (client: SVIDClient) =>
    callUnary(client, client.MintX509SVID, { csr, ttl }),
  ).catch((error: unknown) => {
    throw new Error(`unable to mint SVID: ${errorText(error)}`, { cause: error });
  });
  if (svid === null || svid.cert_chain.length === 0) throw new Error('server response missing SVID chain');
  return svid;
}

async function fetchRoots(context: CommandContext<typeof flags>): Promise<Uint8Array[]> {
  const bundle = await withServer(serverSocketPath(context), bundleService, (client: BundleClient) =>
    callUnary(client, client.GetBundle, {}),
  ).catch((error: unknown) => {
    throw new Error(`unable to get bundle: ${errorText(error)}`, { cause: error });
  });
  if (bundle.x509_authorities.length === 0) throw new Error('server response missing X509 Authorities');
  return bundle.x509_authorities.map(({ asn1 }) => asn1);
}

interface Minted {
  readonly x509_svid: readonly Uint8Array[];
  readonly private_key: Uint8Array;
  readonly root_cas: readonly Uint8Array[];
}

async function deliver(context: CommandContext<typeof flags>, minted: Minted): Promise<void> {
  const svid = certificates(minted.x509_svid);
  const key = encodePem('PRIVATE KEY', minted.private_key);
  const roots = certificates(minted.root_cas);
  const { write } = context.flags;
  if (write === '') {
    printOutput(context, minted, () => `X509-SVID:\n${svid}\nPrivate key:\n${key}\nRoot CAs:\n${roots}\n`);
    return;
  }
  const files = [
    ['SVID', 'X509-SVID', 'svid.pem', svid, 0o644],
    ['key', 'Private key', 'key.pem', key, 0o600],
    ['bundle', 'Root CAs', 'bundle.pem', roots, 0o644],
  ] as const;
  for (const [noun, title, name, content, mode] of files) {
    const path = join(write, name);
    await writeMintedFile(noun, path, content, mode);
    context.out(`${title} written to ${path}\n`);
  }
}

function certificates(chain: readonly Uint8Array[]): string {
  return chain.map((der) => encodePem('CERTIFICATE', der)).join('');
}
