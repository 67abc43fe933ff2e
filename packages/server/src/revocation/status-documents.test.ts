import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lineLogger, testAuthority, testWorld } from '../ca/testdata/test-authority.ts';
import { SignedStatusDocuments } from './status-documents.ts';

describe('SignedStatusDocuments', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'signet-documents-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('has status lists also while CRLs cannot be made, and says so', async () => {
    const world = testWorld();
    const authority = testAuthority(world);
    await authority.start();
    const log: string[] = [];
    const documents = new SignedStatusDocuments({
      dataDir,
      statusListUri: 'https://status.example.org/l',
      store: {
        revokedSerials: () => Promise.reject(new Error('disk I/O error')),
        revokedTokenIds: () => Promise.resolve([]),
      },
      revocations: { latest: 1, onChange: () => () => undefined },
      clock: world.time,
      logger: lineLogger(log),
    });
    let told = 0;
    documents.onChange(() => told++);
    await documents.start(authority);
    await documents.statusLists?.next(authority.activeJwtAuthority());
    expect(await documents.current()).toMatchObject({ crls: [], statusLists: [expect.any(String)] });
    expect(told).toBeGreaterThan(0);
    expect(log.join()).toContain('could not be made');
    await documents.close();
  });
});
