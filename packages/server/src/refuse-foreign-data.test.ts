import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSpiffeId, parseTrustDomain } from '@signet/core';
import { systemClock } from '@signet/daemon';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Datastore, openSqliteDatastore } from './datastore/index.ts';
import { refuseForeignData } from './refuse-foreign-data.ts';

let folder: string;
let datastore: Datastore;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'signet-foreign-'));
  datastore = await openSqliteDatastore({
    path: join(folder, 'db.sqlite3'),
    clock: systemClock,
    onLost: () => undefined,
  });
});

afterEach(async () => {
  await datastore.close();
  rmSync(folder, { recursive: true });
});

describe('refuseForeignData', () => {
  it('passes on an empty datastore', async () => {
    await expect(refuseForeignData(datastore, parseTrustDomain('example.org'))).resolves.toBeUndefined();
  });

  it('refuses entries of another trust domain', async () => {
    await datastore.entries.create([entry]);
    await expect(refuseForeignData(datastore, parseTrustDomain('example.org'))).resolves.toBeUndefined();
    await expect(refuseForeignData(datastore, parseTrustDomain('changed.org'))).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      message: expect.stringContaining("trust domain 'example.org' has been detected") as unknown,
    });
  });
});

const entry = {
  id: '',
  parentId: parseSpiffeId('spiffe://example.org/node'),
  spiffeId: parseSpiffeId('spiffe://example.org/orders'),
  selectors: [{ type: 'unix', value: 'uid:1' }],
  x509SvidTtl: 0,
  jwtSvidTtl: 0,
  federatesWith: [],
  admin: false,
  downstream: false,
  expiresAt: 0,
  dnsNames: [],
  storeSvid: false,
  hint: '',
  disableX509SvidPrefetch: false,
  jwtSvidIncludeJti: false,
};
