import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import { type WireBundleInput } from '@signet/api';
import { parseCertificate } from '@signet/core';
import { bytes, callUnary, failureOf } from '../../../../test/kit/grpc-call.ts';
import { type TestClients, TestServer } from '../../../../test/kit/test-server.ts';

const {
  OK,
  INVALID_ARGUMENT,
  NOT_FOUND,
  ALREADY_EXISTS,
  FAILED_PRECONDITION,
  PERMISSION_DENIED,
  RESOURCE_EXHAUSTED,
} = status;

describe('The Bundle API', () => {
  let server: TestServer;
  let other: TestServer;
  let clients: TestClients;
  let foreignRoot: Uint8Array;

  beforeAll(async () => {
    [server, other] = await Promise.all([TestServer.start(), TestServer.start()]);
    clients = server.local;
    const bundle = await callUnary(other.local.bundle, other.local.bundle.GetBundle, {});
    foreignRoot = bundle.x509_authorities[0]!.asn1;
  }, 60_000);
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    await other[Symbol.asyncDispose]();
  });

  const jwtKey = (keyId: string) => ({
    key_id: keyId,
    public_key: newPublicKey(),
    expires_at: 2_000_000_000,
  });
  const bundleOf = (name: string, changes: WireBundleInput = {}): WireBundleInput => ({
    trust_domain: name,
    x509_authorities: [{ asn1: foreignRoot }],
    jwt_authorities: [jwtKey('k')],
    refresh_hint: 60,
    sequence_number: 7,
    ...changes,
  });
  const set = (...bundle: WireBundleInput[]) =>
    callUnary(clients.bundle, clients.bundle.BatchSetFederatedBundle, { bundle }).then(
      ({ results }) => results,
    );
  const get = (name: string, mask?: object) =>
    callUnary(clients.bundle, clients.bundle.GetFederatedBundle, {
      trust_domain: name,
      ...(mask && { output_mask: mask }),
    });

  describe('GetBundle and AppendBundle', () => {
    it('give the own bundle, cut to the mask', async () => {
      const bundle = await callUnary(clients.bundle, clients.bundle.GetBundle, {});
      expect(bundle).toMatchObject({ trust_domain: 'example.org', refresh_hint: '0' });
      expect(bundle.x509_authorities).toHaveLength(1);
      expect(bundle.jwt_authorities).toHaveLength(1);
      const masked = await callUnary(clients.bundle, clients.bundle.GetBundle, {
        output_mask: { jwt_authorities: true },
      });
      expect(masked).toMatchObject({ trust_domain: 'example.org', x509_authorities: [] });
    });

    const append = (request: object) => callUnary(clients.bundle, clients.bundle.AppendBundle, request);

    it.each<[object, RegExp]>([
      [{}, /^no authorities to append$/],
      [{ wit_authorities: [{ key_id: 'w' }] }, /^no authorities to append$/],
      [
        { jwt_authorities: [{ public_key: bytes('x') }] },
        /^failed to convert JWT authority: missing key ID$/,
      ],
      [{ jwt_authorities: [{ key_id: 'x', public_key: bytes('x') }] }, /^failed to convert JWT authority: /],
      [{ x509_authorities: [{ asn1: bytes('x') }] }, /^failed to convert X.509 authority: /],
    ])('refuse to append %j', async (request, details) => {
      const failure = await failureOf(append(request));
      expect(failure.code).toBe(INVALID_ARGUMENT);
      expect(failure.details).toMatch(details);
    });

    it('refuse to append an authority whose key cannot be used', async () => {
      const asn1 = Buffer.from(foreignRoot);
      const { spkiDer } = parseCertificate(foreignRoot);
      // The last octet of the point: it is on no curve any more.
      const last = asn1.indexOf(spkiDer) + spkiDer.length - 1;
      asn1[last] = (asn1[last] ?? 0) ^ 1;
      const failure = await failureOf(append({ x509_authorities: [{ asn1 }] }));
      expect(failure.code).toBe(INVALID_ARGUMENT);
      expect(failure.details).toMatch(/^failed to convert X.509 authority: malformed public key/);
    });

    it.each([
      ['an expiry beyond all time', { expires_at: '9223372036854775807' }, INVALID_ARGUMENT],
      ['a key ID of more than 1 KiB', { key_id: 'k'.repeat(1025) }, INVALID_ARGUMENT],
    ])('refuse a JWT authority with %s', async (_name, changes, code) => {
      const jwt_authorities = [{ ...jwtKey('odd'), ...changes }];
      const append = callUnary(clients.bundle, clients.bundle.AppendBundle, { jwt_authorities });
      expect(await failureOf(append)).toMatchObject({ code });
    });

    it('append until the bundle is full', async () => {
      const { bundle: api } = other.local;
      const key = jwtKey('k');
      const append = (...ids: string[]) => {
        const jwt_authorities = ids.map((key_id) => ({ ...key, key_id }));
        return callUnary(api, api.AppendBundle, { jwt_authorities, output_mask: {} });
      };
      await append(...Array.from({ length: 1022 }, (_, i) => `k${i}`));
      expect(await failureOf(append('one-more'))).toMatchObject({
        code: RESOURCE_EXHAUSTED,
        details: 'failed to append bundle: the bundle has 1024 authorities already',
      });
      // What is there already may be given again.
      await append('k1');
    });

    it('append what is new, once, never as tainted, and show it at once', async () => {
      const before = await callUnary(clients.bundle, clients.bundle.GetBundle, {});
      const added = await append({
        x509_authorities: [{ asn1: foreignRoot, tainted: true }],
        jwt_authorities: [jwtKey('new')],
      });
      expect(added.x509_authorities.map(({ tainted }) => tainted)).toEqual([false, false]);
      expect(added.jwt_authorities.map(({ key_id: keyId }) => keyId)).toContain('new');
      expect(BigInt(added.sequence_number)).toBe(BigInt(before.sequence_number) + 1n);
      const again = await append({ x509_authorities: [{ asn1: foreignRoot }] });
      expect(again.sequence_number).toBe(added.sequence_number);
      expect(await callUnary(clients.bundle, clients.bundle.GetBundle, {})).toEqual(again);
    });
  });

  describe('PublishJWTAuthority', () => {
    it('takes the key of a downstream server, and of nobody else', async () => {
      const as = await server.connect(await server.mint('/downstream'));
      const publish = (request: object) => callUnary(as.bundle, as.bundle.PublishJWTAuthority, request);
      expect((await failureOf(publish({ jwt_authority: jwtKey('down') }))).code).toBe(PERMISSION_DENIED);
      const entry = {
        parent_id: { trust_domain: 'example.org', path: '/p' },
        spiffe_id: { trust_domain: 'example.org', path: '/downstream' },
        selectors: [{ type: 'unix', value: 'uid:1' }],
        downstream: true,
      };
      await callUnary(clients.entry, clients.entry.BatchCreateEntry, { entries: [entry] });
      expect(await failureOf(publish({}))).toMatchObject({
        code: INVALID_ARGUMENT,
        details: 'missing JWT authority',
      });
      const malformed = await failureOf(publish({ jwt_authority: { public_key: bytes('x') } }));
      expect(malformed.code).toBe(INVALID_ARGUMENT);
      expect(malformed.details).toBe('invalid JWT authority: missing key ID');
      const { jwt_authorities: all } = await publish({ jwt_authority: jwtKey('down') });
      expect(all.map(({ key_id: keyId }) => keyId)).toContain('down');
      const bundle = await callUnary(clients.bundle, clients.bundle.GetBundle, {});
      expect(bundle.jwt_authorities).toEqual(all);
    });
  });

  describe('Federated bundles', () => {
    it.each([
      ['BatchCreateFederatedBundle', 'creating'],
      ['BatchUpdateFederatedBundle', 'updating'],
      ['BatchSetFederatedBundle', 'setting'],
    ] as const)('%s refuses what is no bundle of another domain', async (method, doing) => {
      const bundle = [
        bundleOf('Not A Domain'),
        bundleOf('example.org'),
        bundleOf('bad.org', { x509_authorities: [{ asn1: bytes('x') }] }),
      ];
      const call = clients.bundle[method];
      const { results } = await callUnary(clients.bundle, call, { bundle });
      expect(results.map((result) => result.status?.code)).toEqual([
        INVALID_ARGUMENT,
        INVALID_ARGUMENT,
        INVALID_ARGUMENT,
      ]);
      expect(results[0]?.status?.message).toMatch(/^trust domain argument is not valid: /);
      expect(results[1]?.status?.message).toBe(
        `${doing} a federated bundle for the server's own trust domain is not allowed`,
      );
      expect(results[2]?.status?.message).toMatch(/^failed to convert bundle: /);
    });

    it('are created once, as given but without taints', async () => {
      const bundle = [bundleOf('create.org', { x509_authorities: [{ asn1: foreignRoot, tainted: true }] })];
      const create = () => callUnary(clients.bundle, clients.bundle.BatchCreateFederatedBundle, { bundle });
      const { results } = await create();
      expect(results[0]).toMatchObject({
        status: { code: OK, message: 'OK' },
        bundle: {
          trust_domain: 'create.org',
          refresh_hint: '60',
          sequence_number: '7',
          x509_authorities: [{ tainted: false }],
        },
      });
      const second = await create();
      expect(second.results[0]).toEqual({
        status: { code: ALREADY_EXISTS, message: 'bundle already exists' },
        bundle: null,
      });
    });

    it.each([
      [
        '1,025 authorities',
        { jwt_authorities: [], x509_authorities: Array.from({ length: 1025 }, () => ({})) },
      ],
      ['a refresh hint beyond all time', { refresh_hint: '9223372036854775807' }],
    ])('are refused with %s, and no others', async (_name, changes) => {
      const [bad, good] = await set(bundleOf('limits.org', changes), bundleOf('limits.org'));
      expect([bad?.status?.code, good?.status?.code]).toEqual([INVALID_ARGUMENT, OK]);
    });

    it('are refused in batches of more than 10,000', async () => {
      const details = 'batch has 10001 items, at most 10000 are allowed';
      const bundle = Array.from({ length: 10_001 }, () => ({}));
      const names = bundle.map(() => 'x');
      const { bundle: api } = clients;
      for (const refused of [
        callUnary(api, api.BatchCreateFederatedBundle, { bundle }),
        callUnary(api, api.BatchUpdateFederatedBundle, { bundle }),
        callUnary(api, api.BatchSetFederatedBundle, { bundle }),
        callUnary(api, api.BatchDeleteFederatedBundle, { trust_domains: names }),
      ]) {
        expect(await failureOf(refused)).toMatchObject({ code: INVALID_ARGUMENT, details });
      }
    });

    it('are updated by mask, and must exist', async () => {
      await set(bundleOf('update.org'));
      const update = (bundle: WireBundleInput, inputMask?: object) =>
        callUnary(clients.bundle, clients.bundle.BatchUpdateFederatedBundle, {
          bundle: [bundle],
          ...(inputMask && { input_mask: inputMask }),
        });
      const masked = await update(
        bundleOf('update.org', { refresh_hint: 90, sequence_number: 1, jwt_authorities: [] }),
        { refresh_hint: true },
      );
      expect(masked.results[0]?.bundle).toMatchObject({
        refresh_hint: '90',
        sequence_number: '7',
        jwt_authorities: [{ key_id: 'k' }],
      });
      const whole = await update(bundleOf('update.org', { jwt_authorities: [] }));
      expect(whole.results[0]?.bundle).toMatchObject({ refresh_hint: '60', jwt_authorities: [] });
      const unknown = await update(bundleOf('nowhere.org'));
      expect(unknown.results[0]).toEqual({
        status: { code: NOT_FOUND, message: 'bundle not found' },
        bundle: null,
      });
    });

    it('are listed without our own, counted with it', async () => {
      await set(bundleOf('list.org'));
      const { bundles } = await callUnary(clients.bundle, clients.bundle.ListFederatedBundles, {});
      const names = bundles.map((bundle) => bundle.trust_domain);
      expect(names).toContain('list.org');
      expect(names).not.toContain('example.org');
      const { count } = await callUnary(clients.bundle, clients.bundle.CountBundles, {});
      expect(count).toBe(bundles.length + 1);
    });

    it('are found by name or ID of the domain', async () => {
      await set(bundleOf('get.org'));
      expect(await get('get.org')).toMatchObject({ trust_domain: 'get.org' });
      expect(await get('spiffe://get.org/path', {})).toMatchObject({
        trust_domain: 'get.org',
        x509_authorities: [],
      });
      expect(await failureOf(get('nowhere.org'))).toMatchObject({
        code: NOT_FOUND,
        details: 'bundle not found',
      });
      expect(await failureOf(get('example.org'))).toMatchObject({
        code: INVALID_ARGUMENT,
        details: "getting a federated bundle for the server's own trust domain is not allowed",
      });
      expect((await failureOf(get('NO'))).details).toMatch(/^trust domain argument is not valid: /);
    });

    it('may be fetched by agents too', async () => {
      await set(bundleOf('for-agents.org'));
      const agent = await server.connect(await server.attestAgent());
      const found = await callUnary(agent.bundle, agent.bundle.GetFederatedBundle, {
        trust_domain: 'for-agents.org',
      });
      expect(found.trust_domain).toBe('for-agents.org');
    });
  });

  describe('BatchDeleteFederatedBundle', () => {
    const remove = (names: string[], mode: 'RESTRICT' | 'DELETE' | 'DISSOCIATE' = 'RESTRICT') =>
      callUnary(clients.bundle, clients.bundle.BatchDeleteFederatedBundle, { trust_domains: names, mode });
    const federate = async (name: string) => {
      await set(bundleOf(name));
      const entry = {
        parent_id: { trust_domain: 'example.org', path: '/p' },
        spiffe_id: { trust_domain: 'example.org', path: `/federates/${name}` },
        selectors: [{ type: 'unix', value: 'uid:1' }],
        federates_with: [name],
      };
      const { results } = await callUnary(clients.entry, clients.entry.BatchCreateEntry, {
        entries: [entry],
      });
      expect(results[0]?.status?.code).toBe(OK);
      return results[0]!.entry!.id;
    };

    it('answers each name, echoed as sent', async () => {
      await set(bundleOf('delete.org'));
      const { results } = await remove(['NO', 'example.org', 'nowhere.org', 'spiffe://delete.org']);
      expect(results.map((result) => [result.trust_domain, result.status?.code])).toEqual([
        ['NO', INVALID_ARGUMENT],
        ['example.org', INVALID_ARGUMENT],
        ['nowhere.org', NOT_FOUND],
        ['spiffe://delete.org', OK],
      ]);
      expect(results[1]?.status?.message).toBe(
        'removing the bundle for the server trust domain is not allowed',
      );
      expect(results[2]?.status?.message).toBe('bundle not found');
    });

    it('refuses while entries federate', async () => {
      await federate('restrict.org');
      const { results } = await remove(['restrict.org']);
      expect(results[0]?.status).toEqual({
        code: FAILED_PRECONDITION,
        message:
          'failed to delete federated bundle: datastore-sql: cannot delete bundle; federated with 1 registration entries',
      });
    });

    it('deletes the entries, or takes the domain out of them', async () => {
      const gone = await federate('with-entries.org');
      await remove(['with-entries.org'], 'DELETE');
      expect((await failureOf(callUnary(clients.entry, clients.entry.GetEntry, { id: gone }))).code).toBe(
        NOT_FOUND,
      );
      const kept = await federate('dissociate.org');
      await remove(['dissociate.org'], 'DISSOCIATE');
      const entry = await callUnary(clients.entry, clients.entry.GetEntry, { id: kept });
      expect(entry.federates_with).toEqual([]);
    });

    it('refuses a mode that it does not know', async () => {
      const request = { trust_domains: ['delete.org'], mode: 9 as unknown as 0 };
      const call = callUnary(clients.bundle, clients.bundle.BatchDeleteFederatedBundle, request);
      expect((await failureOf(call)).code).toBe(INVALID_ARGUMENT);
    });
  });
});

function newPublicKey(): Uint8Array {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'der', type: 'spki' });
}
