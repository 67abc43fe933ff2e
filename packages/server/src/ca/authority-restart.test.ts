import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSpiffeId, verifyX509Svid, x509BundleOf } from '@signet/core';
import { serverPlugins, type KeyManager } from '@signet/plugins/server';
import type { Datastore } from '../datastore/datastore.ts';
import { openSqliteDatastore } from '../datastore/sqlite/open-sqlite-datastore.ts';
import { createCertificateAuthority, type CertificateAuthority } from './certificate-authority.ts';
import { FakeTime } from './testdata/fake-time.ts';
import { TEST_NOW, lineLogger, testTrustDomain, testOrigin } from './testdata/test-authority.ts';
import { testCsr } from './testdata/test-csr.ts';

const spiffeId = parseSpiffeId('spiffe://example.org/web');
const order = { csrDer: testCsr({}), names: { spiffeId, dnsNames: [] }, ttl: 3600, origin: testOrigin };

interface Run {
  readonly authority: CertificateAuthority;
  readonly datastore: Datastore;
  readonly keyManager: KeyManager;
  readonly log: string[];
  close(): Promise<void>;
}

/** The authority over the real SQLite datastore and the real disk key manager. */
describe('an authority with SQLite and keys on disk', () => {
  let folder: string;
  let time: FakeTime;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'signet-authority-'));
    time = new FakeTime(TEST_NOW);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function run(): Promise<Run> {
    const log: string[] = [];
    const logger = lineLogger(log);
    const disk = serverPlugins.KeyManager.find(({ name }) => name === 'disk')!;
    const host = { clock: time, logger, trustDomain: testTrustDomain, dataDir: folder };
    const keyManager = await disk.create({ keys_path: join(folder, 'keys.json') }, host);
    const datastore = await openSqliteDatastore({ path: join(folder, 'datastore.sqlite3'), clock: time });
    const { bundles, caJournals: journals } = datastore;
    const authority = createCertificateAuthority(
      {
        trustDomain: testTrustDomain,
        serverId: 'server-1',
        caKeyType: 'ec-p256',
        jwtKeyType: 'rsa-2048',
        caTtl: 86_400,
        signWorkers: 1,
      },
      { keyManager, bundles, journals, clock: time, logger, after: time.after },
    );
    const close = async (): Promise<void> => {
      await authority.close();
      await datastore.close();
      await keyManager.close();
    };
    try {
      await authority.start();
    } catch (error) {
      await close();
      throw error;
    }
    return { authority, datastore, keyManager, log, close };
  }

  const idsOf = ({ authority }: Run): readonly string[] => [
    authority.activeX509Authority().authorityId,
    authority.activeJwtAuthority().authorityId,
  ];

  it('goes on with the same authorities after a restart, before and after a rotation', async () => {
    const first = await run();
    const ids = idsOf(first);
    await first.close();
    const second = await run();
    expect(idsOf(second)).toEqual(ids);
    expect(second.log).toEqual([]);
    time.pass(13 * 3600);
    await time.fireNext();
    time.pass(8 * 3600);
    await time.fireNext();
    const rotated = idsOf(second);
    expect(rotated).not.toEqual(ids);
    await second.close();
    const third = await run();
    expect(idsOf(third)).toEqual(rotated);
    const outcome = await third.authority.signX509Svid(order);
    if (!outcome.ok) throw new Error(outcome.fault.message);
    const bundle = x509BundleOf((await third.datastore.bundles.get(testTrustDomain))!);
    expect(bundle.authorities).toHaveLength(2);
    const at = Math.floor(time.nowMs() / 1000);
    expect(verifyX509Svid(outcome.svid.chainDer, { bundles: { x509Bundle: () => bundle }, at }).id.uri).toBe(
      spiffeId.uri,
    );
    await third.close();
  }, 60_000);

  it('R25: does not start over a truncated key file, and leaves it as it is', async () => {
    await (await run()).close();
    const path = join(folder, 'keys.json');
    const damaged = readFileSync(path, 'utf8').slice(0, 100);
    writeFileSync(path, damaged);
    await expect(run()).rejects.toMatchObject({ code: expect.stringMatching(/^ERR_/) as unknown });
    expect(readFileSync(path, 'utf8')).toBe(damaged);
  }, 60_000);
});
