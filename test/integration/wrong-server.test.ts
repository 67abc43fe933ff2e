import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodePem } from '@signet/core';
import { Deployment } from '../kit/deployment.ts';
import { agentConfigText, joinTokenStanza } from '../kit/deployment-config.ts';
import { RunningProgram, SIGNET_AGENT, until } from '../kit/program.ts';
import { RecordingServer } from '../kit/recording-server.ts';
import { TestCa, type TestX509Svid } from '../kit/test-ca.ts';

const TOKEN = 'c0ffee00-1111-4222-8333-444455556666';
const SERVER_ID = 'spiffe://example.org/spire/server';
const TLS_HANDSHAKE = 0x16;

describe('an agent that meets a wrong server (T23)', () => {
  let folder: string;
  let known: TestCa;
  let unknown: TestCa;
  let agents = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'signet-wrong-'));
    known = await TestCa.create('example.org');
    unknown = await TestCa.create('example.org');
  });

  afterAll(() => rm(folder, { recursive: true }));

  /** Starts an agent that knows the one CA, with a token that must not get into wrong hands. */
  const startAgent = async (serverPort: number): Promise<RunningProgram> => {
    const own = join(folder, `agent-${agents++}`);
    const config = agentConfigText({
      folder: own,
      serverPort,
      socketPath: join(own, 'public', 'api.sock'),
      trustDomain: 'example.org',
      logLevel: 'DEBUG',
      keys: 'memory',
      settings: '',
      blocks: '',
      nodeAttestor: joinTokenStanza,
      discoverWorkloadPath: false,
    }).replace(join(own, 'bundle.pem'), join(folder, 'bundle.pem'));
    const [file, token] = [`${own}.conf`, join(folder, 'token')];
    await Promise.all([
      writeFile(file, config),
      writeFile(token, TOKEN),
      writeFile(join(folder, 'bundle.pem'), encodePem('CERTIFICATE', known.der)),
    ]);
    return new RunningProgram(SIGNET_AGENT, ['run', '-config', file, '-joinTokenFile', token], `${own}.log`);
  };

  it.each<[string, () => Promise<TestX509Svid>]>([
    ['the right ID of an unknown authority', () => unknown.issueX509Svid('/spire/server')],
    ['the ID of a workload', () => known.issueX509Svid('/workload')],
    ['the ID of an agent', () => known.issueX509Svid('/spire/agent/join_token/x')],
    [
      "another trust domain's server ID",
      () => known.issueX509Svid('/', { uris: ['spiffe://other.org/spire/server'] }),
    ],
    ['a DNS name only', () => known.issueX509Svid('/', { uris: [], dnsNames: ['localhost'] })],
    ['two IDs', () => known.issueX509Svid('/', { uris: [SERVER_ID, 'spiffe://example.org/workload'] })],
    ['an SVID that has expired', () => known.issueX509Svid('/spire/server', { ttl: -60 })],
    ['the certificate of an authority', () => known.issueX509Svid('/spire/server', { isCa: true })],
  ])(
    'sends nothing to one that shows %s',
    async (_, issue) => {
      await using server = await RecordingServer.tls(await issue());
      await using agent = await startAgent(server.port);
      await agent.wrote('Failed to attest node');
      expect(server.connections).toBeGreaterThan(0);
      expect(server.received).toHaveLength(0);
      expect(agent.running).toBe(true);
    },
    60_000,
  );

  it('names the trust domain of one that is of another', async () => {
    const issued = await unknown.issueX509Svid('/', { uris: ['spiffe://other.org/spire/server'] });
    await using server = await RecordingServer.tls(issued);
    await using agent = await startAgent(server.port);
    await agent.wrote('it is the server of trust domain');
    expect(agent.output).toMatch(
      /trust domain \\*"other\.org\\*", which is not the trust_domain of this agent/,
    );
    expect(agent.output).not.toContain('does not vouch for');
  }, 60_000);

  it('begins TLS and sends nothing else to one that does not speak it', async () => {
    await using server = await RecordingServer.plain();
    await using agent = await startAgent(server.port);
    await agent.wrote('Failed to attest node', 60_000);
    expect(server.received[0]).toBe(TLS_HANDSHAKE);
    expect(server.received.includes(TOKEN)).toBe(false);
  }, 90_000);

  it('control: sends its token to the right one', async () => {
    await using server = await RecordingServer.tls(await known.issueX509Svid('/spire/server'));
    await using agent = await startAgent(server.port);
    await until(() => server.received.includes(TOKEN), 30_000, 'the token');
    expect(agent.output).not.toContain('Failed to attest node');
  }, 90_000);

  it('sends nothing either when it has attested before', async () => {
    await using deployment = await Deployment.start();
    await deployment.startAgent();
    await deployment.agent.stop();
    await using server = await RecordingServer.tls(await unknown.issueX509Svid('/spire/server'));
    await deployment.prepareAgent('agent', { serverPort: server.port });
    const agent = await deployment.launchAgent();
    await agent.wrote('SVID loaded');
    await agent.wrote('Failed to synchronize');
    expect(server.connections).toBeGreaterThan(0);
    expect(server.received).toHaveLength(0);
  }, 90_000);
});
