import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { jwtBundleOf, verifyJwtSvid } from '@signet/core';
import { inPortions } from '../../../../test/kit/portions.ts';
import { TEST_NOW, testAuthority, testTrustDomain, testWorld } from '../ca/testdata/test-authority.ts';
import { StatusListFiles } from './status-list-files.ts';
import { StatusListMaker } from './status-list-maker.ts';
import { encodeStatusList } from './status-list-token.ts';
import { STATUS_LIST_SIZE, statusPlaceOf, StatusLists } from './status-lists.ts';

const authority = { authorityId: 'key-1', expiresAt: TEST_NOW + 3600 };
const silent = { save: () => Promise.resolve() };
const opened = (): Promise<void> => Promise.resolve();

function partOf(token: string, part: number): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[part] ?? '', 'base64url').toString()) as Record<
    string,
    unknown
  >;
}

function bitsOf(token: string): Uint8Array {
  const { lst } = partOf(token, 1)['status_list'] as { lst: string };
  return inflateSync(Buffer.from(lst, 'base64url'));
}

function isSet(bits: Uint8Array, index: number): boolean {
  return ((bits[index >> 3] ?? 0) >> (index & 7)) % 2 === 1;
}

describe('encodeStatusList', () => {
  it('makes the example of the draft, §4.1', () => {
    const statuses = [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1];
    const revoked = statuses.flatMap((status, index) => (status === 1 ? [index] : []));
    expect(inflateSync(Buffer.from(encodeStatusList(revoked, 16), 'base64url')).toString('hex')).toBe('b9a3');
    expect(encodeStatusList(revoked, 16)).toBe('eNrbuRgAAhcBXQ');
  });
});

describe('StatusLists', () => {
  it('gives each token a place of its own, and another list when one is full', async () => {
    const lists = new StatusLists('https://status.example.org/status-lists', silent, opened);
    const places = new Map<string, Set<number>>();
    for (let token = 0; token < STATUS_LIST_SIZE + 10; token++) {
      const { index, uri } = await lists.next(authority);
      places.set(uri, (places.get(uri) ?? new Set()).add(index));
    }
    expect([...places.values()].map(({ size }) => size)).toEqual([STATUS_LIST_SIZE, 10]);
  });

  it('has a list on file, and made, before the first token of it, and one for each authority', async () => {
    const steps: string[] = [];
    const save = ({
      id,
      expiresAt,
      revoked,
    }: {
      id: string;
      expiresAt: number;
      revoked: readonly number[];
    }) => {
      steps.push(`saved ${id.length} ${expiresAt} ${revoked.length}`);
      return Promise.resolve();
    };
    const lists = new StatusLists('https://x', { save }, () => {
      steps.push('opened');
      return Promise.resolve();
    });
    const many = await Promise.all(Array.from({ length: 5 }, async () => lists.next(authority)));
    expect(new Set(many.map(({ uri }) => uri)).size).toBe(1);
    const other = await lists.next({ ...authority, authorityId: 'key-2' });
    expect(other.uri).not.toBe(many[0]?.uri);
    const saved = `saved 12 ${authority.expiresAt} 0`;
    expect(steps).toEqual([saved, 'opened', saved, 'opened']);
  });

  it('puts the place into the jti, where it is found again', () => {
    const lists = new StatusLists('https://x', silent, opened);
    return fc.assert(
      fc.asyncProperty(fc.base64String({ maxLength: 30 }), async (prefix) => {
        const { index, uri, suffix } = await lists.next(authority);
        expect(statusPlaceOf(`${prefix}${suffix}`)).toEqual({
          listId: uri.slice('https://x/'.length),
          index,
        });
      }),
    );
  });

  it.each(['', 'abc', '.AAAAAAAAAAAA.', '.AAAAAAAAAAAA.zzzz', '.AAAAAAAAAAA.1', 'x.AAAAAAAAAAAA.1 '])(
    'finds none in %j',
    (jti) => {
      expect(statusPlaceOf(jti)).toBeUndefined();
    },
  );
});

describe('StatusListMaker', () => {
  const folders: string[] = [];
  afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

  async function setUp() {
    const folder = mkdtempSync(join(tmpdir(), 'signet-lists-'));
    folders.push(folder);
    const world = testWorld();
    const ca = testAuthority(world);
    await ca.start();
    const revoked: string[] = [];
    const start = () => {
      const files = new StatusListFiles(folder);
      const lists = new StatusLists('https://status.example.org/l', files, opened);
      const store = { revokedTokenIds: () => inPortions(revoked) };
      const maker = new StatusListMaker({
        store,
        lists,
        files,
        authority: () => ca.activeJwtAuthority(),
        clock: world.time,
      });
      return { lists, maker };
    };
    return { world, ca, revoked, start };
  }

  it('sets the bits of revoked tokens and of no others, signed by the JWT authority', async () => {
    const { ca, revoked, start } = await setUp();
    const { lists, maker } = start();
    const places = await Promise.all(
      Array.from({ length: 50 }, async () => lists.next(ca.activeJwtAuthority())),
    );
    revoked.push(`id${places[7]?.suffix}`, `id${places[30]?.suffix}`, 'of no list');
    expect(await maker.make()).toBe(true);
    const [made] = maker.all();
    const token = made?.token ?? '';
    expect(partOf(token, 0)).toEqual({
      alg: 'ES256',
      kid: ca.activeJwtAuthority().authorityId,
      typ: 'statuslist+jwt',
    });
    expect(partOf(token, 1)).toMatchObject({
      sub: places[0]?.uri,
      iat: TEST_NOW,
      exp: TEST_NOW + 600,
      ttl: 60,
    });
    const set = places.map(({ index }) => isSet(bitsOf(token), index));
    expect(set.flatMap((bit, at) => (bit ? [at] : []))).toEqual([7, 30]);
    expect(bitsOf(token).reduce((sum, octet) => sum + octet.toString(2).replaceAll('0', '').length, 0)).toBe(
      2,
    );
  });

  it('is made anew when something changes or it gets old, and only then', async () => {
    const { world, ca, revoked, start } = await setUp();
    const { lists, maker } = start();
    const place = await lists.next(ca.activeJwtAuthority());
    expect([await maker.make(), await maker.make()]).toEqual([true, false]);
    revoked.push(`x${place.suffix}`);
    expect([await maker.make(), await maker.make()]).toEqual([true, false]);
    world.time.pass(300);
    expect([await maker.make(), await maker.make()]).toEqual([true, false]);
  });

  it('forgets nothing that was revoked, when the database of before a restart does', async () => {
    const { ca, revoked, start } = await setUp();
    const before = start();
    const place = await before.lists.next(ca.activeJwtAuthority());
    revoked.push(`x${place.suffix}`);
    await before.maker.make();
    revoked.length = 0;
    const { maker } = start();
    await maker.make();
    expect(maker.all().map(({ token }) => isSet(bitsOf(token), place.index))).toEqual([true]);
  });

  it('goes when the authority of its tokens has expired', async () => {
    const { world, ca, start } = await setUp();
    const { lists, maker } = start();
    const { expiresAt } = ca.activeJwtAuthority();
    await lists.next({ ...ca.activeJwtAuthority(), expiresAt });
    await maker.make();
    world.time.pass(expiresAt - TEST_NOW + 299);
    await maker.make();
    expect(maker.all()).toHaveLength(1);
    world.time.pass(1);
    await maker.make();
    expect([maker.all().length, start().maker.all().length]).toEqual([0, 0]);
  });

  it('is no JWT-SVID, whoever shows it', async () => {
    const { world, ca, start } = await setUp();
    const { lists, maker } = start();
    await lists.next(ca.activeJwtAuthority());
    await maker.make();
    const bundle = await world.bundles.get(testTrustDomain);
    if (bundle === undefined) throw new Error('no bundle');
    const token = maker.all()[0]?.token ?? '';
    expect(() =>
      verifyJwtSvid(token, { bundles: jwtBundleOf(bundle), audience: ['x'], at: TEST_NOW }),
    ).toThrow(expect.objectContaining({ code: 'ERR_JWT_TYPE' }));
  });
});
