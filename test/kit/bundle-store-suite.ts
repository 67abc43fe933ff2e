import { describe, expect, it } from '@jest/globals';
import { parseTrustDomain, type Bundle } from '@signet/core';
import { wholeList, type BundleStore } from '@signet/server/datastore';
import { sampleAuthority, sampleBundle, sampleEntry, sampleId, sampleJwtAuthority } from './store-samples.ts';
import { useEngine, type OpenEngine } from './store-engine.ts';

const NOTHING = { x509Authorities: false, jwtAuthorities: false, refreshHint: false, sequenceNumber: false };

/** What every bundle store must do. */
export function describeBundleStore(name: string, open: OpenEngine): void {
  describe(`BundleStore: ${name}`, () => {
    const opened = useEngine(open);
    const store = (): BundleStore => opened().datastore.bundles;
    const full = (name: string, keyId = 'k'): Bundle =>
      sampleBundle(name, {
        x509Authorities: [
          { der: sampleAuthority(100).der, tainted: true },
          { der: sampleAuthority(200).der, tainted: false },
        ],
        jwtAuthorities: [
          sampleJwtAuthority(keyId, 100),
          { ...sampleJwtAuthority(`${keyId}2`, 0), tainted: true },
        ],
        refreshHint: 77,
        sequenceNumber: 2n ** 64n - 2n,
      });

    describe('create, set, update', () => {
      it('keeps every part as given, up to the largest sequence number', async () => {
        const bundle = full('create.test');
        expect(await store().create(bundle)).toEqual(bundle);
        expect(await store().get(bundle.trustDomain)).toEqual(bundle);
        expect(await store().get(parseTrustDomain('unknown.test'))).toBeUndefined();
      });

      it('refuses to create what exists and to update what does not', async () => {
        await store().set(sampleBundle('exists.test'));
        await expect(store().create(full('exists.test'))).rejects.toMatchObject({
          code: 'ERR_ALREADY_EXISTS',
        });
        const update = store().update(full('unknown.test'), NOTHING);
        await expect(update).rejects.toMatchObject({ code: 'ERR_NOT_FOUND', message: 'bundle not found' });
      });

      it('sets over what was there, as given', async () => {
        await store().set(full('set.test'));
        const second = sampleBundle('set.test', {
          jwtAuthorities: [sampleJwtAuthority('new', 5)],
          sequenceNumber: 1n,
        });
        await store().set(second);
        expect(await store().get(second.trustDomain)).toEqual(second);
      });

      it.each(['x509Authorities', 'jwtAuthorities', 'refreshHint', 'sequenceNumber'] as const)(
        'updates %s and nothing else when only that is flagged',
        async (part) => {
          const before = sampleBundle(`mask-${part.toLowerCase()}.test`, {
            refreshHint: 1,
            sequenceNumber: 1n,
          });
          await store().set(before);
          const after = full(before.trustDomain.name);
          const expected = { ...before, [part]: after[part] };
          expect(await store().update(after, { ...NOTHING, [part]: true })).toEqual(expected);
          expect(await store().get(before.trustDomain)).toEqual(expected);
        },
      );
    });

    describe('append', () => {
      const td = parseTrustDomain('append.test');
      const root = { der: sampleAuthority(100).der, tainted: false };
      const key = sampleJwtAuthority('a', 100);

      it('starts a bundle with sequence number 0, counts what is new, drops what is there', async () => {
        const first = await store().append(td, { x509Authorities: [root, root], jwtAuthorities: [] });
        expect(first).toEqual(sampleBundle('append.test', { x509Authorities: [root] }));
        const second = await store().append(td, { x509Authorities: [root], jwtAuthorities: [key] });
        expect(second).toEqual({ ...first, jwtAuthorities: [key], sequenceNumber: 1n });
        const third = await store().append(td, {
          x509Authorities: [{ ...root, tainted: true }],
          jwtAuthorities: [key],
        });
        expect(third).toEqual(second);
        expect(await store().get(td)).toEqual(second);
      });

      it('refuses a key ID that belongs to another key', async () => {
        await store().append(td, { x509Authorities: [], jwtAuthorities: [key] });
        const other = { ...key, spkiDer: Uint8Array.of(9) };
        await expect(
          store().append(td, { x509Authorities: [], jwtAuthorities: [other] }),
        ).rejects.toMatchObject({
          code: 'ERR_BUNDLE_DUPLICATE_KEY_ID',
        });
      });

      it('loses none of many at once', async () => {
        const together = parseTrustDomain('together.test');
        const keys = Array.from({ length: 40 }, (_, i) => sampleJwtAuthority(`k${i}`, 0));
        await Promise.all(
          keys.map((one) => store().append(together, { x509Authorities: [], jwtAuthorities: [one] })),
        );
        const bundle = await store().get(together);
        expect(new Set(bundle?.jwtAuthorities.map(({ keyId }) => keyId)).size).toBe(40);
        expect(bundle?.sequenceNumber).toBe(39n);
      });
    });

    describe('prune', () => {
      it('removes what expired, never the last of a kind, and counts once', async () => {
        const [old, older] = [sampleAuthority(1_000_200), sampleAuthority(1_000_100)];
        const before = sampleBundle('prune.test', {
          x509Authorities: [older, old].map(({ der }) => ({ der, tainted: false })),
          jwtAuthorities: [
            sampleJwtAuthority('old', 100),
            sampleJwtAuthority('new', 5_000_000),
            sampleJwtAuthority('never', 0),
          ],
          sequenceNumber: 4n,
        });
        await store().set(before);
        expect(await store().prune(before.trustDomain, 2_000_000)).toBe(true);
        const after = (await store().get(before.trustDomain))!;
        expect(after.x509Authorities).toEqual([{ der: old.der, tainted: false }]);
        expect(after.jwtAuthorities.map(({ keyId }) => keyId)).toEqual(['new', 'never']);
        expect(after.sequenceNumber).toBe(5n);
        expect(await store().prune(before.trustDomain, 2_000_000)).toBe(false);
        expect((await store().get(before.trustDomain))?.sequenceNumber).toBe(5n);
      });

      it('refuses when there is no bundle', async () => {
        await expect(store().prune(parseTrustDomain('unknown.test'), 1)).rejects.toMatchObject({
          code: 'ERR_NOT_FOUND',
        });
      });
    });

    describe('taint and revoke', () => {
      it('of an X.509 authority: taint, then revoke, the number rising each time', async () => {
        const [bad, good] = [sampleAuthority(100), sampleAuthority(100)];
        const bundle = sampleBundle('taint.test', {
          x509Authorities: [bad, good].map(({ der }) => ({ der, tainted: false })),
        });
        await store().set(bundle);
        const td = bundle.trustDomain;
        const codeOf = (act: Promise<unknown>): Promise<unknown> =>
          act.then(
            () => 'done',
            (error: unknown) => (error as { code: string }).code,
          );
        expect(await codeOf(store().revokeX509Authority(td, bad.subjectKeyId))).toBe(
          'ERR_BUNDLE_NOT_TAINTED',
        );
        const tainted = await store().taintX509Authority(td, bad.subjectKeyId);
        expect(tainted.x509Authorities.map((authority) => authority.tainted)).toEqual([true, false]);
        expect(await codeOf(store().taintX509Authority(td, bad.subjectKeyId))).toBe(
          'ERR_BUNDLE_ALREADY_TAINTED',
        );
        const revoked = await store().revokeX509Authority(td, bad.subjectKeyId);
        expect(revoked.x509Authorities).toEqual([{ der: good.der, tainted: false }]);
        expect(await codeOf(store().revokeX509Authority(td, bad.subjectKeyId))).toBe(
          'ERR_BUNDLE_AUTHORITY_NOT_FOUND',
        );
        expect([tainted.sequenceNumber, revoked.sequenceNumber]).toEqual([1n, 2n]);
      });

      it('of a JWT authority likewise', async () => {
        const td = parseTrustDomain('taint-jwt.test');
        await store().set(
          sampleBundle(td.name, { jwtAuthorities: [sampleJwtAuthority('a', 0), sampleJwtAuthority('b', 0)] }),
        );
        await expect(store().revokeJwtAuthority(td, 'a')).rejects.toMatchObject({
          code: 'ERR_BUNDLE_NOT_TAINTED',
        });
        const tainted = await store().taintJwtAuthority(td, 'a');
        expect(tainted.jwtAuthorities.map((authority) => authority.tainted)).toEqual([true, false]);
        const revoked = await store().revokeJwtAuthority(td, 'a');
        expect(revoked.jwtAuthorities.map(({ keyId }) => keyId)).toEqual(['b']);
        expect(revoked.sequenceNumber).toBe(2n);
        await expect(store().taintJwtAuthority(td, 'a')).rejects.toMatchObject({
          code: 'ERR_BUNDLE_AUTHORITY_NOT_FOUND',
        });
      });
    });

    describe('delete', () => {
      const federated = async (name: string): Promise<string> => {
        await store().set(sampleBundle(`${name}.test`));
        await store().set(sampleBundle(`${name}-kept.test`));
        const [outcome] = await opened().datastore.entries.create([
          sampleEntry({
            spiffeId: sampleId(`/${name}`),
            federatesWith: [parseTrustDomain(`${name}.test`), parseTrustDomain(`${name}-kept.test`)],
          }),
        ]);
        return outcome?.outcome === 'created' ? outcome.entry.id : '';
      };

      it('refuses while entries federate, in restrict mode', async () => {
        await federated('restrict');
        const td = parseTrustDomain('restrict.test');
        await expect(store().delete(td, 'restrict')).rejects.toMatchObject({
          code: 'ERR_FAILED_PRECONDITION',
          message: 'datastore-sql: cannot delete bundle; federated with 1 registration entries',
        });
        expect(await store().get(td)).toBeDefined();
      });

      it('takes the domain out of the entries in dissociate mode, and raises their revision', async () => {
        const id = await federated('dissociate');
        await store().delete(parseTrustDomain('dissociate.test'), 'dissociate');
        const entry = await opened().datastore.entries.get(id);
        expect(entry?.federatesWith).toEqual([parseTrustDomain('dissociate-kept.test')]);
        expect(entry?.revisionNumber).toBe(1);
        expect(await store().get(parseTrustDomain('dissociate.test'))).toBeUndefined();
      });

      it('deletes the entries in delete mode', async () => {
        const id = await federated('deletion');
        await store().delete(parseTrustDomain('deletion.test'), 'delete');
        expect(await opened().datastore.entries.get(id)).toBeUndefined();
      });

      it('refuses what is not there', async () => {
        await expect(store().delete(parseTrustDomain('unknown.test'), 'delete')).rejects.toMatchObject({
          code: 'ERR_NOT_FOUND',
        });
      });
    });

    it('lists and counts all, page by page, each once', async () => {
      const { items } = await store().list(wholeList);
      expect(await store().count()).toBe(items.length);
      const found: Bundle[] = [];
      let token = '';
      do {
        const page = await store().list({ size: 3, token });
        found.push(...page.items);
        token = page.nextPageToken;
      } while (token !== '');
      expect(found).toEqual(items);
      expect(new Set(items.map(({ trustDomain }) => trustDomain.name)).size).toBe(items.length);
    });
  });
}
