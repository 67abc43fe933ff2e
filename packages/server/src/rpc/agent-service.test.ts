import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import { type AttestAgentRequestInput, permissionDeniedReason } from '@signet/api';
import { bytes, callUnary, failureOf } from '../../../../test/kit/grpc-call.ts';
import { testCsr } from '../../../../test/kit/test-csr.ts';
import { attest, type TestAgent, type TestClients, TestServer } from '../../../../test/kit/test-server.ts';

const { INVALID_ARGUMENT, NOT_FOUND, INTERNAL, FAILED_PRECONDITION, PERMISSION_DENIED } = status;

describe('The Agent API', () => {
  let server: TestServer;
  let clients: TestClients;
  let anonymous: TestClients;

  beforeAll(async () => {
    server = await TestServer.start();
    clients = server.local;
    anonymous = await server.connect();
  }, 60_000);
  afterAll(() => server[Symbol.asyncDispose]());

  const agentId = (path: string) => ({ trust_domain: 'example.org', path });
  const idOf = (agent: TestAgent) => agentId(`/spire/agent/join_token/${agent.token}`);
  const newToken = async (ttl = 600): Promise<string> =>
    (await callUnary(clients.agent, clients.agent.CreateJoinToken, { ttl })).value;

  describe('GetAgent, DeleteAgent, BanAgent', () => {
    const methods = ['GetAgent', 'DeleteAgent', 'BanAgent'] as const;

    it.each(methods)('%s wants an agent ID', async (method) => {
      const cases = [
        [null, 'invalid agent ID: request must specify SPIFFE ID'],
        [
          agentId('/workload'),
          'invalid agent ID: "spiffe://example.org/workload" is not an agent in trust domain "example.org"; path is not in the agent namespace',
        ],
        [
          { trust_domain: 'other.org', path: '/spire/agent/x' },
          'invalid agent ID: "spiffe://other.org/spire/agent/x" is not a member of trust domain "example.org"',
        ],
      ] as const;
      for (const [id, expected] of cases) {
        const { code, details } = await failureOf(
          callUnary(clients.agent, clients.agent[method] as typeof clients.agent.GetAgent, { id }),
        );
        expect({ code, details }).toEqual({ code: INVALID_ARGUMENT, details: expected });
      }
    });

    it.each(methods)('%s does not find an unknown agent', async (method) => {
      const call = callUnary(clients.agent, clients.agent[method] as typeof clients.agent.GetAgent, {
        id: agentId('/spire/agent/none'),
      });
      expect(await failureOf(call)).toMatchObject({ code: NOT_FOUND, details: 'agent not found' });
    });

    it('shows an agent, its serial in decimal, cut to the mask', async () => {
      const agent = await server.attestAgent();
      const whole = await callUnary(clients.agent, clients.agent.GetAgent, { id: idOf(agent) });
      expect(whole).toMatchObject({
        id: idOf(agent),
        attestation_type: 'join_token',
        x509svid_serial_number: agent.serialNumber,
        banned: false,
        can_reattest: false,
        selectors: [],
      });
      const masked = await callUnary(clients.agent, clients.agent.GetAgent, {
        id: idOf(agent),
        output_mask: {},
      });
      expect(masked).toMatchObject({ id: idOf(agent), attestation_type: '', x509svid_serial_number: '' });
    });

    it('bans until evicted', async () => {
      const agent = await server.attestAgent();
      await callUnary(clients.agent, clients.agent.BanAgent, { id: idOf(agent) });
      const banned = await callUnary(clients.agent, clients.agent.GetAgent, { id: idOf(agent) });
      expect(banned).toMatchObject({ banned: true, x509svid_serial_number: '' });
      expect(server.log.some((line) => line['msg'] === 'Agent banned')).toBe(true);
      await callUnary(clients.agent, clients.agent.DeleteAgent, { id: idOf(agent) });
      expect(server.log.some((line) => line['msg'] === 'Agent deleted')).toBe(true);
      const gone = callUnary(clients.agent, clients.agent.GetAgent, { id: idOf(agent) });
      expect((await failureOf(gone)).code).toBe(NOT_FOUND);
    });
  });

  describe('ListAgents and CountAgents', () => {
    it('filter and page', async () => {
      const agents = [await server.attestAgent(), await server.attestAgent()];
      await callUnary(clients.agent, clients.agent.BanAgent, { id: idOf(agents[0]!) });
      const banned = await callUnary(clients.agent, clients.agent.ListAgents, {
        filter: { by_banned: { value: true } },
      });
      expect(banned.agents.map(({ id }) => id)).toContainEqual(idOf(agents[0]!));
      expect(banned.agents.map(({ id }) => id)).not.toContainEqual(idOf(agents[1]!));

      const all = await callUnary(clients.agent, clients.agent.ListAgents, {});
      expect(all.next_page_token).toBe('');
      const paged: unknown[] = [];
      let token = '';
      do {
        const page = await callUnary(clients.agent, clients.agent.ListAgents, {
          page_size: 1,
          page_token: token,
        });
        paged.push(...page.agents);
        token = page.next_page_token;
      } while (token !== '');
      expect(paged).toEqual(all.agents);

      const count = async (filter: object) =>
        (await callUnary(clients.agent, clients.agent.CountAgents, { filter })).count;
      expect(await count({})).toBe(all.agents.length);
      expect(await count({ by_attestation_type: 'x509pop' })).toBe(0);
      expect(await count({ by_can_reattest: { value: true } })).toBe(0);
      expect(await count({ by_expires_before: '2006-01-02 15:04:05 -0700 -07' })).toBe(0);
      expect(await count({ by_expires_before: '2106-01-02 15:04:05 +0000 +00' })).toBeGreaterThan(0);
      expect(await count({ by_expires_before: 'never' })).toBe(all.agents.length);
    });

    it('refuse a malformed selector, and an empty set', async () => {
      const malformed = { filter: { by_selector_match: { selectors: [{ type: '', value: 'x' }] } } };
      expect(await failureOf(callUnary(clients.agent, clients.agent.ListAgents, malformed))).toMatchObject({
        code: INVALID_ARGUMENT,
        details: 'failed to parse selectors: missing selector type',
      });
      const empty = { filter: { by_selector_match: { selectors: [] } } };
      expect(await failureOf(callUnary(clients.agent, clients.agent.ListAgents, empty))).toMatchObject({
        code: INTERNAL,
        details: 'failed to list agents: cannot list by empty selectors set',
      });
    });

    it('refuse a page token that is not ours', async () => {
      const { code } = await failureOf(
        callUnary(clients.agent, clients.agent.ListAgents, { page_size: 1, page_token: 'abc' }),
      );
      expect(code).toBe(INTERNAL);
    });
  });

  describe('CreateJoinToken', () => {
    it('wants a TTL', async () => {
      expect(
        await failureOf(callUnary(clients.agent, clients.agent.CreateJoinToken, { ttl: 0 })),
      ).toMatchObject({
        code: INVALID_ARGUMENT,
        details: 'ttl is required, you must provide one',
      });
    });

    it('wants a workload ID as alias', async () => {
      const call = callUnary(clients.agent, clients.agent.CreateJoinToken, {
        ttl: 1,
        agent_id: agentId('/spire/agent/x'),
      });
      expect(await failureOf(call)).toMatchObject({
        code: INVALID_ARGUMENT,
        details:
          'invalid agent ID: "spiffe://example.org/spire/agent/x" is not a workload in trust domain "example.org"; path is in the reserved namespace',
      });
    });

    it('refuses a token that is in use', async () => {
      const create = (token: string) =>
        callUnary(clients.agent, clients.agent.CreateJoinToken, {
          ttl: 600,
          token,
          agent_id: agentId('/alias'),
        });
      await create('taken');
      expect((await failureOf(create('taken'))).code).toBe(INTERNAL);
    });

    it.each(['a/b', '..', 'a//b', '/a', 'a/', '%2e', 'a b', 'ü', '\0'])(
      'refuses the token %j, which would be no segment of the ID of an agent',
      async (token) => {
        const { agent } = clients;
        const request = { ttl: 600, token };
        expect(await failureOf(callUnary(agent, agent.CreateJoinToken, request))).toMatchObject({
          code: INVALID_ARGUMENT,
          details: expect.stringMatching(/^failed to create join token ID: path /) as unknown,
        });
        const withAlias = { ...request, agent_id: agentId('/alias') };
        expect(await failureOf(callUnary(agent, agent.CreateJoinToken, withAlias))).toMatchObject({
          code: INTERNAL,
          details: expect.stringMatching(
            /^failed to create join token registration entry: failed to create join token ID: path /,
          ) as unknown,
        });
      },
    );

    it('chooses a UUID and tells when the token expires', async () => {
      const token = await callUnary(clients.agent, clients.agent.CreateJoinToken, { ttl: 60 });
      expect(token.value).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(Number(token.expires_at) - Date.now() / 1000).toBeGreaterThan(55);
    });

    it('creates the entry of the alias', async () => {
      await callUnary(clients.agent, clients.agent.CreateJoinToken, {
        ttl: 600,
        token: 'with-alias',
        agent_id: agentId('/node-alias'),
      });
      const node = agentId('/spire/agent/join_token/with-alias');
      const { entries } = await callUnary(clients.entry, clients.entry.ListEntries, {
        filter: { by_parent_id: node },
      });
      expect(entries).toHaveLength(1);
      expect(entries[0]).toMatchObject({
        parent_id: node,
        spiffe_id: agentId('/node-alias'),
        selectors: [{ type: 'spiffe_id', value: `spiffe://example.org${node.path}` }],
      });
    });
  });

  describe('AttestAgent', () => {
    const csr = testCsr();
    const withParams = (params: object): AttestAgentRequestInput => ({ params });
    const data = { type: 'join_token', payload: bytes('x') };

    it.each<[string, AttestAgentRequestInput]>([
      ['params', {}],
      ['params', { challenge_response: bytes('x') }],
      ['attestation data', withParams({ params: { csr: csr.der } })],
      ['X509-SVID parameters', withParams({ data })],
      ['CSR', withParams({ data, params: {} })],
      ['attestation data type', withParams({ data: { payload: bytes('x') }, params: { csr: csr.der } })],
      ['attestation data payload', withParams({ data: { type: 'join_token' }, params: { csr: csr.der } })],
    ])('says that %s are missing', async (what, message) => {
      expect(await failureOf(firstMessage(anonymous, message))).toMatchObject({
        code: INVALID_ARGUMENT,
        details: `malformed param: missing ${what}`,
      });
    });

    it('does not know other attestors than the configured ones', async () => {
      const message = withParams({ data: { type: 'x', payload: bytes('x') }, params: { csr: csr.der } });
      expect(await failureOf(firstMessage(anonymous, message))).toMatchObject({
        code: FAILED_PRECONDITION,
        details: 'error getting node attestor: could not find node attestor type "x"',
      });
    });

    it('T17: takes a join token once, whatever comes of it', async () => {
      const token = await newToken();
      const { result } = await attest(anonymous.agent, token, testCsr());
      expect(result).toMatchObject({ reattestable: false });
      const used = {
        code: INVALID_ARGUMENT,
        details: 'failed to attest: join token does not exist or has already been used',
      };
      expect(await failureOf(attest(anonymous.agent, token, testCsr()))).toMatchObject(used);

      const spoilt = await newToken();
      const message = withParams({
        data: { type: 'join_token', payload: bytes(spoilt) },
        params: { csr: bytes('no CSR') },
      });
      const { code, details } = await failureOf(firstMessage(anonymous, message));
      expect(code).toBe(INVALID_ARGUMENT);
      expect(details).toMatch(/^failed to parse CSR: /);
      expect(await failureOf(attest(anonymous.agent, spoilt, testCsr()))).toMatchObject(used);
    });

    it('T17: gives one of many racers the identity of a token', async () => {
      const token = await newToken();
      const racers = Array.from({ length: 50 }, () =>
        attest(anonymous.agent, token, csr).then(
          () => true,
          () => false,
        ),
      );
      expect((await Promise.all(racers)).filter((won) => won)).toHaveLength(1);
    });

    it('refuses an expired token, and consumes it', async () => {
      await using other = await TestServer.start();
      const { value: token } = await callUnary(other.local.agent, other.local.agent.CreateJoinToken, {
        ttl: 1,
      });
      other.advance(5_000);
      const stranger = await other.connect();
      expect(await failureOf(attest(stranger.agent, token, csr))).toMatchObject({
        code: INVALID_ARGUMENT,
        details: 'join token expired',
      });
      expect((await failureOf(attest(stranger.agent, token, csr))).details).toMatch(/does not exist/);
    }, 60_000);

    it('refuses a banned agent, without details', async () => {
      const token = 'again';
      const create = () => callUnary(clients.agent, clients.agent.CreateJoinToken, { ttl: 600, token });
      await create();
      await attest(anonymous.agent, token, testCsr());
      await callUnary(clients.agent, clients.agent.BanAgent, {
        id: agentId('/spire/agent/join_token/again'),
      });
      await create();
      const { code, details, error } = await failureOf(attest(anonymous.agent, token, testCsr()));
      expect({ code, details, reason: permissionDeniedReason(error.metadata) }).toEqual({
        code: PERMISSION_DENIED,
        details: 'failed to attest: agent is banned',
        reason: undefined,
      });
    });
  });

  describe('RenewAgent and PostStatus', () => {
    it('say what is missing', async () => {
      const agent = await server.connect(await server.attestAgent());
      const cases = [
        [{}, 'params cannot be nil'],
        [{ params: {} }, 'missing CSR'],
      ] as const;
      for (const [request, details] of cases) {
        expect(await failureOf(callUnary(agent.agent, agent.agent.RenewAgent, request))).toMatchObject({
          code: INVALID_ARGUMENT,
          details,
        });
      }
      const garbled = callUnary(agent.agent, agent.agent.RenewAgent, { params: { csr: bytes('x') } });
      expect((await failureOf(garbled)).details).toMatch(/^failed to parse CSR: /);
    });

    it('keep the version that the agent tells, up to 255 bytes', async () => {
      const agent = await server.attestAgent();
      const as = await server.connect(agent);
      await callUnary(as.agent, as.agent.PostStatus, { agent_version: 'v'.repeat(255) });
      await callUnary(as.agent, as.agent.PostStatus, { agent_version: '' });
      const { agent_version: version } = await callUnary(clients.agent, clients.agent.GetAgent, {
        id: idOf(agent),
      });
      expect(version).toBe('v'.repeat(255));
      const tooLong = callUnary(as.agent, as.agent.PostStatus, { agent_version: 'v'.repeat(256) });
      expect((await failureOf(tooLong)).code).toBe(INVALID_ARGUMENT);
    });

    it('refuse an SVID that expired while its connection was open', async () => {
      await using other = await TestServer.start({ server: 'agent_ttl = "10m"' });
      const as = await other.connect(await other.attestAgent());
      await callUnary(as.agent, as.agent.PostStatus, {});
      other.advance(11 * 60_000);
      const { error } = await failureOf(callUnary(as.agent, as.agent.PostStatus, {}));
      expect(permissionDeniedReason(error.metadata)).toBe('AGENT_EXPIRED');
    }, 60_000);
  });
});

function firstMessage(clients: TestClients, message: AttestAgentRequestInput): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const stream = clients.agent.AttestAgent();
    stream.on('data', resolve);
    stream.on('error', reject);
    stream.write(message);
    stream.end();
  });
}
