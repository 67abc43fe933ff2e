import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Deployment } from '../kit/deployment.ts';
import { until } from '../kit/program.ts';
import { fetchOnce } from '../kit/workload-watcher.ts';

const SELECTORS = [`unix:uid:${process.getuid?.() ?? 0}`];
const INNER = 'spiffe://example.org/spire/agent/x509pop/east/vm-7';

describe('an agent that shows the SVID of another agent (x509pop, mode spiffe)', () => {
  let deployment: Deployment;
  let outer: string;

  beforeAll(async () => {
    deployment = await Deployment.start({
      discoverWorkloadPath: false,
      serverPlugins: 'NodeAttestor "x509pop" { plugin_data { mode = "spiffe" } }',
      agentSettings: 'experimental { sync_interval = "1s" }',
    });
    outer = await deployment.startAgent('outer');
    const nodeAttestor = `NodeAttestor "x509pop" {
      plugin_data { spiffe_endpoint_socket = "${deployment.endpoint('outer')}" }
    }`;
    await deployment.prepareAgent('inner', { nodeAttestor });
  }, 120_000);

  afterAll(() => deployment[Symbol.asyncDispose](), 30_000);

  it('waits for an identity there, attests with it, and serves', async () => {
    const inner = await deployment.launchAgent('inner');
    await inner.wrote('unable to fetch SVID from workload API');
    await deployment.createEntry({
      parentId: outer,
      spiffeId: 'spiffe://example.org/spire-exchange/east/vm-7',
      selectors: SELECTORS,
    });
    await deployment.createEntry({
      parentId: INNER,
      spiffeId: 'spiffe://example.org/in-the-vm',
      selectors: SELECTORS,
    });
    await inner.wrote(`Node attestation was successful`, 60_000);
    const ids = async (): Promise<string> =>
      fetchOnce(deployment.agentSocket('inner')).then(
        ({ svids }) => svids.map(({ spiffeId }) => spiffeId).join(),
        () => '',
      );
    await until(async () => (await ids()) === 'spiffe://example.org/in-the-vm', 60_000, 'the SVID inside');
    expect(await deployment.mustCli('agent', 'list')).toContain(INNER);
  }, 180_000);
});
