import { type WireX509SVIDOutput } from '@signet/api';
import { nowSeconds, parseSpiffeId } from '@signet/core';
import {
  CallFailure,
  type Command,
  type CommandContext,
  defineCommand,
  flag,
  flagError,
  systemClock,
} from '@signet/daemon';
import { capWarning, type MintTtl, mintTtl } from './mint-ttl.ts';
import { printMintedX509, writeMintedX509 } from './minted-x509.ts';
import { callUnary, withServer } from './server-client.ts';
import { apiFlags } from './server-flags.ts';

const flags = {
  ...apiFlags,
  spiffeID: flag.text('SPIFFE ID that the X509-SVID is for'),
  ttl: flag.duration("Lifetime of the X509-SVID; the server's default without it"),
  dns: flag.list('DNS name in the SVID; can be used more than once', { placeholder: 'name' }),
  write: flag.text('Directory to write to instead of standard output', '', { placeholder: 'path' }),
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
    const ttl = mintTtl(context.flags.ttl, nowSeconds(systemClock));
    // The library takes a while to load; no other command pays for it.
    const { makeMintRequest } = await import('./mint-request.ts');
    const { csrDer, keyPkcs8 } = await makeMintRequest(uri, context.flags.dns);
    const svid = await mint(context, csrDer, ttl);
    const rootCas = await fetchRoots(context);
    context.err(capWarning('X509-SVID', ttl, svid.expires_at));
    const minted = { x509_svid: svid.cert_chain, private_key: keyPkcs8, root_cas: rootCas };
    if (context.flags.write === '') printMintedX509(context, minted);
    else await writeMintedX509(context, minted, context.flags.write);
  },
});

async function mint(
  context: CommandContext<typeof flags>,
  csr: Uint8Array,
  { ttl }: MintTtl,
): Promise<WireX509SVIDOutput> {
  const { svid } = await withServer(context, 'svid', (client) =>
    callUnary(client, 'MintX509SVID', { csr, ttl }),
  ).catch((error: unknown) => {
    throw new CallFailure('unable to mint SVID', error);
  });
  if (svid === null || svid.cert_chain.length === 0) throw new Error('server response missing SVID chain');
  return svid;
}

async function fetchRoots(context: CommandContext<typeof flags>): Promise<Uint8Array[]> {
  const bundle = await withServer(context, 'bundle', (client) => callUnary(client, 'GetBundle', {})).catch(
    (error: unknown) => {
      throw new CallFailure('unable to get bundle', error);
    },
  );
  if (bundle.x509_authorities.length === 0) throw new Error('server response missing X509 Authorities');
  return bundle.x509_authorities.map(({ asn1 }) => asn1);
}
