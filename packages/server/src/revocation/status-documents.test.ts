import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { noMetrics } from '@signet/daemon';
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
      metrics: noMetrics,
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

  it('says of an authority that cannot sign its CRL: once in the log, as a metric, to who watches health', async () => {
    const world = testWorld();
    const authority = testAuthority(world);
    await authority.start();
    const { authorityId } = authority.activeX509Authority();
    const key = { sign: () => Promise.reject(new Error('no such key')) };
    const broken = {
      authorities: () => authority.authorities().map((each) => ({ ...each, key: { ...each.key, ...key } })),
      onChange: () => () => undefined,
    };
    const [log, gauges]: [string[], string[]] = [[], []];
    let turns = 0;
    const documents = new SignedStatusDocuments({
      dataDir,
      statusListUri: undefined,
      store: { revokedSerials: () => Promise.resolve([]), revokedTokenIds: () => Promise.resolve([]) },
      revocations: { latest: 1, onChange: () => () => undefined },
      clock: world.time,
      metrics: { gauge: (name, value) => gauges.push(`${name.join('.')}=${value}`) },
      logger: lineLogger(log),
    });
    documents.onTurn(() => turns++);
    await documents.start(broken);
    expect(documents.crlFaults()).toEqual([{ authorityId, until: 0 }]);
    expect(log).toEqual([expect.stringMatching(`cannot be made.*authority_id=${authorityId}.*no such key`)]);
    expect([gauges, turns]).toEqual([['crls.failing=1'], 1]);
    await documents.close();
  });
});
