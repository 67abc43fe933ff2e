import type { WorkloadX509SVIDResponseOutput } from '@signet/api';
import { nowSeconds } from '@signet/core';
import { agentSocketFlags, type Command, defineCommand, systemClock } from '@signet/daemon';
import { securityHeader, withWorkloadApi } from './workload-call.ts';
import { readX509Answer, x509Report } from './x509-report.ts';

/** `signet-agent api watch` */
export const watchCommand: Command = defineCommand({
  path: 'api watch',
  summary: 'Prints X509-SVIDs whenever they change',
  long: 'Runs until it is interrupted, or until the agent ends the stream.',
  errorStyle: 'bare',
  flags: { ...agentSocketFlags },
  run: (context): Promise<void> =>
    withWorkloadApi(context, async (client) => {
      let waitingSince = performance.now();
      const stream = client.FetchX509SVID({}, securityHeader());
      const ending = new AbortController();
      const stop = (): void => {
        ending.abort();
        stream.cancel();
      };
      context.signal.addEventListener('abort', stop, { once: true });
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
      try {
        for await (const answer of stream as AsyncIterable<WorkloadX509SVIDResponseOutput>) {
          const elapsedMs = performance.now() - waitingSince;
          waitingSince = performance.now();
          context.out(x509Report(readX509Answer(answer, nowSeconds(systemClock)), elapsedMs, false));
        }
      } catch (error) {
        if (!ending.signal.aborted) throw error;
      }
    }),
});
