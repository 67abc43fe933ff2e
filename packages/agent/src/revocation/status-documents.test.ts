import { describe, expect, it } from '@jest/globals';
import { silentLogger, systemClock } from '@signet/daemon';
import type { ServerConnection } from '../server-api/server-connection.ts';
import { StatusDocuments } from './status-documents.ts';

/** What workloads get when the server has these. */
async function taken(crls: readonly Buffer[]): Promise<{ crls: readonly Buffer[]; warnings: number }> {
  let warnings = 0;
  const logger = { ...silentLogger, warn: () => void (warnings += 1) };
  const connection = { use: () => Promise.resolve({ crls }) } as unknown as ServerConnection;
  return new Promise((resolve) => {
    const documents: StatusDocuments = new StatusDocuments({
      connection,
      clock: systemClock,
      logger,
      take: (got) => {
        documents.close();
        resolve({ crls: got, warnings });
      },
    });
    documents.fetch();
  });
}

describe('certificate revocation lists for workloads', () => {
  it('are all that the server has, up to 1 MiB', async () => {
    const crls = [Buffer.alloc(1024 * 1024 - 1), Buffer.alloc(1)];
    expect(await taken(crls)).toEqual({ crls, warnings: 0 });
  });

  it('are left out beyond, with a warning', async () => {
    const crls = [Buffer.alloc(1024 * 1024), Buffer.alloc(1)];
    expect(await taken(crls)).toEqual({ crls: [], warnings: 1 });
  });
});
