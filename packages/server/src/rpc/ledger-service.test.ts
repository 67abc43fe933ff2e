import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import { type LedgerClient, ledgerService, type ListSVIDsRequestInput } from '@signet/api';
import { callUnary, failureOf } from '../../../../test/kit/grpc-call.ts';
import { testCsr } from '../../../../test/kit/test-csr.ts';
import { type TestAgent, type TestClients, TestServer } from '../../../../test/kit/test-server.ts';

type Filter = NonNullable<ListSVIDsRequestInput['filter']>;

const TD = 'spiffe://example.org';
const id = (path: string) => ({ trust_domain: 'example.org', path });

describe('The Ledger API', () => {
  let server: TestServer;
  let ledger: LedgerClient;
  let agent: TestAgent;
  let as: TestClients;

  beforeAll(async () => {
    server = await TestServer.start();
    ledger = server.local.of<LedgerClient>(ledgerService);
    agent = await server.attestAgent();
    as = await server.connect(agent);
  }, 60_000);
  afterAll(() => server[Symbol.asyncDispose]());

  const list = (filter: Filter, page: Omit<ListSVIDsRequestInput, 'filter'> = {}) =>
    callUnary(ledger, ledger.ListSVIDs, { filter, ...page });
  const found = async (filter: Filter) => (await list(filter)).svids;
  const agentUri = () => `${TD}/spire/agent/join_token/${agent.token}`;

  const newEntry = async (path: string) => {
    const entry = {
      parent_id: id(`/spire/agent/join_token/${agent.token}`),
      spiffe_id: id(path),
      selectors: [
        { type: 'unix', value: 'uid:7' },
        { type: 'k8s', value: 'ns:a:b' },
      ],
    };
    const { entry: client } = server.local;
    const { results } = await callUnary(client, client.BatchCreateEntry, { entries: [entry] });
    return results[0]?.entry?.id ?? '';
  };
  const newX509 = async (entryId: string) => {
    const params = [{ entry_id: entryId, csr: testCsr().der }];
    const { results } = await callUnary(as.svid, as.svid.BatchNewX509SVID, { params });
    expect(results[0]?.status?.code).toBe(0);
  };
  const newJwt = async (entryId: string) => {
    const request = { entry_id: entryId, audience: ['db', 'cache'] };
    const { svid } = await callUnary(as.svid, as.svid.NewJWTSVID, request);
    const claims = JSON.parse(
      Buffer.from((svid?.token ?? '').split('.')[1] ?? '', 'base64url').toString(),
    ) as { jti: string };
    return { ...claims, svid };
  };

  it('knows what was issued the moment before, for whom, by whom and why', async () => {
    const entryId = await newEntry('/ledger/all');
    await newX509(entryId);
    const { jti, svid } = await newJwt(entryId);
    const common = {
      spiffe_id: `${TD}/ledger/all`,
      entry_id: entryId,
      agent_id: agentUri(),
      task_id: '',
      evidence: ['unix:uid:7', 'k8s:ns:a:b'],
      revocation: '0',
      revoked_at: '0',
    };
    expect(await found({ entry_id: entryId })).toMatchObject([
      {
        ...common,
        kind: 'SVID_KIND_JWT',
        jti,
        serial: '',
        audience: ['db', 'cache'],
        issued_at: svid?.issued_at,
        expires_at: svid?.expires_at,
      },
      {
        ...common,
        kind: 'SVID_KIND_X509',
        jti: '',
        serial: expect.stringMatching(/^[0-9a-f]+$/),
        audience: [],
      },
    ]);
  });

  it("knows the agent's own SVID and what was minted", async () => {
    expect(await found({ spiffe_id: agentUri() })).toMatchObject([
      { entry_id: '', agent_id: agentUri(), evidence: ['attestation'] },
    ]);
    await server.mint('/ledger/minted');
    expect(await found({ spiffe_id: `${TD}/ledger/minted` })).toMatchObject([
      { entry_id: '', agent_id: '', evidence: [`mint:local:uid:${process.getuid?.() ?? 0}`] },
    ]);
    expect(await found({ spiffe_id: `${TD}/spire/server` })).toMatchObject([{ evidence: ['server'] }]);
  });

  it('filters', async () => {
    const entryId = await newEntry('/filter/a/b');
    await newX509(entryId);
    const { jti } = await newJwt(entryId);
    const [x509] = await found({ entry_id: entryId, kind: 'SVID_KIND_X509' });
    const serial = x509?.serial ?? '';
    const kinds = async (filter: Filter) => (await found(filter)).map(({ kind }) => kind.slice(10));
    const cases: readonly (readonly [Filter, readonly string[]])[] = [
      [{ spiffe_id: `${TD}/filter/a/b` }, ['JWT', 'X509']],
      [{ spiffe_id: `${TD}/filter` }, []],
      [{ spiffe_id: `${TD}/filter`, is_prefix: true }, ['JWT', 'X509']],
      [{ spiffe_id: `${TD}/filter/a`, is_prefix: true, kind: 'SVID_KIND_JWT' }, ['JWT']],
      [{ entry_id: entryId, agent_id: agentUri() }, ['JWT', 'X509']],
      [{ entry_id: entryId, agent_id: `${TD}/spire/agent/x/y` }, []],
      [{ entry_id: entryId, task_id: 'none' }, []],
      [{ serial }, ['X509']],
      [{ serial: `00:${serial.toUpperCase()}` }, ['X509']],
      [{ jti }, ['JWT']],
      [{ serial, jti }, []],
      [{ entry_id: entryId, is_active: true }, ['JWT', 'X509']],
      [{ entry_id: entryId, issued_before: x509?.issued_at ?? 0 }, []],
    ];
    for (const [filter, expected] of cases) expect([filter, await kinds(filter)]).toEqual([filter, expected]);
  });

  it('gives pages', async () => {
    const entryId = await newEntry('/paged');
    for (let i = 0; i < 5; i++) await newJwt(entryId);
    const filter = { entry_id: entryId };
    const first = await list(filter, { page_size: 3 });
    const second = await list(filter, { page_size: 3, page_token: first.next_page_token });
    const positions = [...first.svids, ...second.svids].map(({ position }) => Number(position));
    expect(positions).toEqual([...positions].sort((a, b) => b - a));
    expect([first.svids.length, second.svids.length, second.next_page_token]).toEqual([3, 2, '']);
  });

  it.each<[string, Filter, RegExp]>([
    ['an ID that is none', { spiffe_id: 'web' }, /^malformed SPIFFE ID filter: /],
    ['a foreign ID', { spiffe_id: 'spiffe://other.org/x' }, /^malformed SPIFFE ID filter: .* not a member/],
    ['an agent that is no ID', { agent_id: 'a' }, /^malformed agent ID filter: /],
    ['a prefix of nothing', { is_prefix: true }, /^a prefix needs a SPIFFE ID$/],
    ['a serial that is none', { serial: 'xyz' }, /^malformed serial filter: /],
  ])('refuses %s', async (_, filter, message) => {
    expect(await failureOf(list(filter))).toMatchObject({
      code: status.INVALID_ARGUMENT,
      details: expect.stringMatching(message) as unknown,
    });
  });

  it('is not for agents', async () => {
    const client = as.of<LedgerClient>(ledgerService);
    expect(await failureOf(callUnary(client, client.ListSVIDs, {}))).toMatchObject({
      code: status.PERMISSION_DENIED,
    });
  });
});
