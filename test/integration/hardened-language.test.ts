import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Deployment } from '../kit/deployment.ts';
import { type Command, SIGNET_AGENT, SIGNET_SERVER, until } from '../kit/program.ts';
import { WorkloadTokens } from '../kit/workload-tokens.ts';
import { fetchOnce } from '../kit/workload-watcher.ts';

const WORKLOAD = 'spiffe://example.org/workload';

function withFlags(flags: readonly string[], [node, ...rest]: Command): Command {
  return [node, ...flags, ...rest];
}

describe.each([['--disable-proto=throw'], ['--frozen-intrinsics']])(
  'server and agent under Node with %s (T65)',
  (flag) => {
    let deployment: Deployment;

    beforeAll(async () => {
      deployment = await Deployment.start({
        server: withFlags([flag], SIGNET_SERVER),
        agent: withFlags([flag], SIGNET_AGENT),
        discoverWorkloadPath: false,
      });
    }, 60_000);

    afterAll(() => deployment[Symbol.asyncDispose](), 30_000);

    it('attest, issue and serve: nothing touches what every object inherits from', async () => {
      const parentId = await deployment.startAgent();
      const selectors = [`unix:uid:${process.getuid?.() ?? 0}`];
      await deployment.createEntry({ parentId, spiffeId: WORKLOAD, selectors });
      const isServed = (): Promise<boolean> =>
        fetchOnce(deployment.agentSocket()).then(
          () => true,
          () => false,
        );
      await until(isServed, 30_000, 'the first SVID');
      using tokens = new WorkloadTokens(deployment.agentSocket());
      expect(await tokens.validate('x', await tokens.fetch('x'))).toBe(WORKLOAD);
    }, 120_000);
  },
);
