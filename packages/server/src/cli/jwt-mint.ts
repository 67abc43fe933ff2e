import { type MintJWTSVIDResponseOutput, type SVIDClient } from '@signet/api';
import { nowSeconds } from '@signet/core';
import {
  CallFailure,
  type Command,
  type CommandContext,
  defineCommand,
  flag,
  flagError,
  printOutput,
  systemClock,
} from '@signet/daemon';
import { spiffeIdArgument } from './arguments.ts';
import { writeMintedFile } from './mint-file.ts';
import { capWarning, type MintTtl, mintTtl } from './mint-ttl.ts';
import { callUnary, withServer } from './server-client.ts';
import { apiFlags } from './server-flags.ts';

const flags = {
  ...apiFlags,
  spiffeID: flag.text('SPIFFE ID that the JWT-SVID is for'),
  audience: flag.list('Who the token is for; can be used more than once'),
  ttl: flag.duration("Lifetime of the JWT-SVID; the server's default without it"),
  write: flag.text('File to write the token to instead of standard output', '', { placeholder: 'path' }),
};

/** `signet-server jwt mint` */
export const jwtMintCommand: Command = defineCommand({
  path: 'jwt mint',
  summary: 'Mints a JWT-SVID',
  long: `Has the server sign a JWT-SVID, without an entry, an agent or a workload. Whoever holds the token is the SPIFFE ID
to its audience until it expires: keep the ttl short, and write it to a file (readable by you alone) rather than to a log.`,
  examples: [
    'signet-server jwt mint -spiffeID spiffe://example.org/tool -audience orders -ttl 1m -write token',
  ],
  flags,
  run: async (context) => {
    const { spiffeID, audience, write } = context.flags;
    if (spiffeID === '') throw flagError('spiffeID must be specified');
    if (audience.length === 0) throw flagError('at least one audience must be specified');
    const id = spiffeIdArgument(spiffeID);
    const ttl = mintTtl(context.flags.ttl, nowSeconds(systemClock));
    const answer = await mint(context, { id, audience: [...audience], ttl: ttl.ttl });
    const { token = '', expires_at: expiresAt = '0' } = answer.svid ?? {};
    if (token === '') throw new Error('server response missing token');
    context.err(capWarning('JWT-SVID', ttl, expiresAt));
    if (write === '') {
      printOutput(context, answer, () => `${token}\n`);
    } else {
      await writeMintedFile('token', write, token, 0o600);
      context.out(`JWT-SVID written to ${write}\n`);
    }
  },
});

async function mint(
  context: CommandContext<typeof flags>,
  request: Parameters<SVIDClient['MintJWTSVID']>[0] & { ttl: MintTtl['ttl'] },
): Promise<MintJWTSVIDResponseOutput> {
  try {
    return await withServer(context, 'svid', (client) => callUnary(client, 'MintJWTSVID', request));
  } catch (error) {
    throw new CallFailure('unable to mint SVID', error);
  }
}
