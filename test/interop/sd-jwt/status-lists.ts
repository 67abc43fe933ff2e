import { fileURLToPath } from 'node:url';
import { Deployment } from '../../kit/deployment.ts';
import { freePort } from '../../kit/free-port.ts';
import { runCommand } from '../../kit/program.ts';
import type { Score } from '../score.ts';

const PEER = fileURLToPath(new URL('peer.ts', import.meta.url));
const SPIFFE_ID = 'spiffe://example.org/shopper';

/** Holds status lists against a verifier of others: one JWT-SVID lives, one is revoked. */
export async function runStatusLists(score: Score): Promise<void> {
  const port = await freePort();
  await using deployment = await Deployment.start({
    serverSettings: `status_list_uri = "http://127.0.0.1:${port}/status-lists"`,
    serverBlocks: `status_listener { bind_port = ${port} }`,
  });
  const mint = async (): Promise<string> =>
    (await deployment.mustCli('jwt', 'mint', '-spiffeID', SPIFFE_ID, '-audience', 'shop')).trim();
  const [live, revoked] = [await mint(), await mint()];
  const { code: refusal } = await deployment.cliWithInput(revoked, 'svid', 'revoke', '-token', '-');
  if (refusal !== 0) throw new Error('the token could not be revoked');
  // What a verifier may go by until then is a second old at most.
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const jwks = JSON.parse(await deployment.mustCli('bundle', 'show', '-format', 'spiffe')) as unknown;
  const input = JSON.stringify({ jwks, live, revoked });
  const { code, stdout, stderr } = await runCommand([process.execPath], [PEER], { input });
  score.read(stdout);
  if (code !== 0) score.fail('the program ends well', `exit code ${code}: ${stdout}${stderr}`);
}
