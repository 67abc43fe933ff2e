import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { parseCrl, verifyCrl } from '@signet/core';
import type { ManagedKey } from '@signet/plugins';
import type { X509Authority } from '../ca/authority.ts';
import { TEST_NOW, testAuthority, testWorld } from '../ca/testdata/test-authority.ts';
import type { RevokedSerial } from '../datastore/revocation-store.ts';
import { CrlFiles } from './crl-files.ts';
import { CRL_LIFETIME, CrlMaker } from './crl-maker.ts';

const codeOf = (error: unknown): string => (error === undefined ? 'undefined' : 'error');
const untilTimers = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('CrlMaker', () => {
  const folders: string[] = [];
  afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

  async function setUp() {
    const folder = mkdtempSync(join(tmpdir(), 'signet-crls-'));
    folders.push(folder);
    const world = testWorld();
    const ca = testAuthority(world);
    await ca.start();
    const { authorityId } = ca.activeX509Authority();
    const serials: RevokedSerial[] = [];
    const revoke = (serialHex: string, of = authorityId): void => {
      serials.push({ authorityId: of, serialHex, revokedAt: TEST_NOW, reason: 'keyCompromise' });
    };
    let latest = 0;
    const faults: string[] = [];
    const start = (
      authorities: () => readonly X509Authority[] = () => [ca.activeX509Authority()],
    ): CrlMaker =>
      new CrlMaker({
        store: { revokedSerials: () => Promise.resolve([...serials]) },
        latestRevocation: () => latest,
        authorities,
        files: new CrlFiles(folder),
        clock: world.time,
        after: world.time.after,
        onFault: (id, error) => faults.push(`${id} ${codeOf(error)}`),
      });
    const setLatest = (sequence: number): void => {
      latest = sequence;
    };
    return { world, ca, authorityId, serials, revoke, start, setLatest, faults };
  }

  it('lists what the authority issued and was revoked, verifiably, and says how much it takes into account', async () => {
    const { ca, authorityId, revoke, start, setLatest } = await setUp();
    const maker = start();
    revoke('0a0b');
    revoke('0a0b');
    revoke('0c', 'ee'.repeat(20));
    setLatest(9);
    expect(await maker.make()).toBe(true);
    const made = maker.get(authorityId);
    const crl = parseCrl(made?.der ?? new Uint8Array());
    verifyCrl(crl, ca.activeX509Authority().certificate, { at: TEST_NOW });
    expect([...crl.revoked]).toEqual([['0a0b', { revokedAt: TEST_NOW, reasonCode: 1 }]]);
    expect(crl).toMatchObject({ thisUpdate: TEST_NOW - 10, nextUpdate: TEST_NOW + CRL_LIFETIME });
    expect([made?.revocation, maker.all().length]).toEqual([9, 1]);
  });

  it('is made anew when something is revoked or it gets old, and only then, with rising numbers', async () => {
    const { world, authorityId, revoke, start, setLatest } = await setUp();
    const maker = start();
    const numbers: number[] = [];
    const make = async (): Promise<boolean> => {
      const isMade = await maker.make();
      numbers.push(maker.get(authorityId)?.number ?? 0);
      return isMade;
    };
    expect([await make(), await make()]).toEqual([true, false]);
    revoke('01');
    setLatest(1);
    expect([await make(), await make()]).toEqual([true, false]);
    // A revocation of a token changes no CRL; it is taken into account all the same.
    setLatest(2);
    expect([await make(), maker.get(authorityId)?.revocation]).toEqual([false, 2]);
    world.time.pass(CRL_LIFETIME / 2);
    expect([await make(), await make()]).toEqual([true, false]);
    // A clock that was set back makes what was made from the future.
    world.time.set(-3600);
    expect(await make()).toBe(true);
    const distinct = [...new Set(numbers)];
    expect(distinct).toEqual(distinct.toSorted((a, b) => a - b));
    expect(distinct).toHaveLength(4);
  });

  it('goes on with higher numbers after a restart, and forgets nothing that the database has lost', async () => {
    const { authorityId, serials, revoke, start } = await setUp();
    const before = start();
    revoke('01');
    await before.make();
    const { number = Infinity } = before.get(authorityId) ?? {};
    serials.length = 0;
    revoke('02');
    const maker = start();
    await maker.make();
    const made = maker.get(authorityId);
    expect(made?.number).toBeGreaterThan(number);
    expect([...parseCrl(made?.der ?? new Uint8Array()).revoked.keys()].sort()).toEqual(['01', '02']);
  });

  it('has one for each authority until it expires', async () => {
    const { world, ca, authorityId, start } = await setUp();
    const former = ca.activeX509Authority();
    const other = testAuthority(testWorld());
    await other.start();
    const maker = start(() => [former, other.activeX509Authority()]);
    await maker.make();
    expect(maker.all()).toHaveLength(2);
    for (const { der } of maker.all()) {
      const ofIt = [former, other.activeX509Authority()].filter(({ certificate }) => {
        try {
          verifyCrl(parseCrl(der), certificate, { at: TEST_NOW });
          return true;
        } catch {
          return false;
        }
      });
      expect(ofIt).toHaveLength(1);
    }
    world.time.pass(former.certificate.notAfter - TEST_NOW + 1);
    await maker.make();
    expect(maker.get(authorityId)).toBeUndefined();
    expect(start().all()).toEqual([]);
  });

  describe('an authority whose key', () => {
    const broken = (authority: X509Authority, sign: ManagedKey['sign']): X509Authority => ({
      ...authority,
      key: { ...authority.key, sign },
    });

    it.each<[string, () => Promise<Uint8Array>]>([
      ['cannot sign', () => Promise.reject(new Error('no such key'))],
      ['signs with another key', () => Promise.resolve(new Uint8Array(64))],
      [
        'throws at once',
        () => {
          throw new Error('closed');
        },
      ],
      ['does not come back', () => new Promise(() => undefined)],
    ])('%s holds up no other, keeps its last good CRL, and is tried again', async (_name, sign) => {
      const { world, ca, authorityId, revoke, start, faults } = await setUp();
      const other = testAuthority(testWorld());
      await other.start();
      const [failing, good] = [ca.activeX509Authority(), other.activeX509Authority()];
      let isBroken = false;
      const maker = start(() => [isBroken ? broken(failing, sign) : failing, good]);
      await maker.make();
      const last = maker.get(authorityId);
      isBroken = true;
      revoke('01');
      revoke('02', good.authorityId);
      for (let i = 0; i < 2; i++) {
        const making = maker.make();
        await untilTimers();
        world.time.fireDueSync(10);
        await making;
      }
      expect(maker.get(authorityId)).toBe(last);
      expect(maker.get(good.authorityId)?.serials).toEqual(new Set(['02']));
      expect([faults.length, [...maker.faults]]).toEqual([1, [authorityId]]);
      if (_name === 'does not come back') return;
      isBroken = false;
      await maker.make();
      expect(maker.get(authorityId)?.serials).toEqual(new Set(['01']));
      expect([faults.at(-1), maker.faults.size]).toEqual([`${authorityId} undefined`, 0]);
    });

    it('is lost with a restart has its CRL of before', async () => {
      const { ca, authorityId, revoke, start } = await setUp();
      revoke('01');
      const before = start();
      await before.make();
      const maker = start(() => [broken(ca.activeX509Authority(), () => Promise.reject(new Error('gone')))]);
      expect(await maker.make()).toBe(true);
      const { der, number, madeAt, nextUpdate } = before.get(authorityId) ?? {};
      const made = maker.get(authorityId);
      expect(made).toMatchObject({ number, madeAt, nextUpdate, serials: new Set(['01']) });
      expect(Buffer.from(made?.der ?? [])).toEqual(Buffer.from(der ?? []));
      expect(await maker.make()).toBe(false);
    });
  });

  it('refuses to start over a file that is no CRL', async () => {
    const { authorityId, start } = await setUp();
    await new CrlFiles(folders.at(-1) ?? '').save(authorityId, Buffer.from('x'));
    expect(() => start()).toThrow(expect.objectContaining({ code: 'ERR_CRL_MALFORMED' }));
  });
});
