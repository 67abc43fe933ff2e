import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { serverConfigText } from '../kit/deployment-config.ts';
import { Deployment, freePort } from '../kit/deployment.ts';
import { runCommand, SIGNET_SERVER } from '../kit/program.ts';

const listening: Server[] = [];

/** Listens, as another program would. @returns the port. */
async function takePort(): Promise<number> {
  const port = await freePort();
  const server = createServer((socket) => socket.destroy());
  listening.push(server);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return port;
}

afterEach(() => {
  for (const server of listening.splice(0)) server.close();
});

describe('an agent whose port is taken', () => {
  let deployment: Deployment;

  beforeAll(async () => {
    deployment = await Deployment.start();
  }, 60_000);

  afterAll(async () => {
    await deployment[Symbol.asyncDispose]();
  });

  it('spends no join token', async () => {
    const taken = await takePort();
    const token = await deployment.newToken();
    const blocks = `health_checks { listener_enabled = true, bind_address = "127.0.0.1", bind_port = ${taken} }`;
    await deployment.prepareAgent('agent', { blocks });
    const flags = ['-joinTokenFile', await deployment.giveToken('agent', token)];
    const refused = await deployment.launchAgent('agent', flags);
    expect(await refused.exited).toBe(1);
    expect(refused.output).toContain(
      `cannot listen on 127.0.0.1:${taken}: address already in use; stop the program that listens there, or set another health_checks.bind_port`,
    );
    expect(refused.output).not.toContain('Node attestation');
    await deployment.prepareAgent('agent');
    await deployment.restartAgent('agent', flags);
    expect(await deployment.mustCli('agent', 'list')).toContain(deployment.joinTokenId(token));
  }, 60_000);
});

describe('a server that cannot start', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'signet-start-'));
  });

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  async function runServer(port: number, blocks = '', plugins = ''): Promise<string> {
    const config = join(folder, 'server.conf');
    const text = serverConfigText({
      folder,
      port,
      socketPath: join(folder, 'api.sock'),
      trustDomain: 'example.org',
      logLevel: 'INFO',
      keys: 'disk',
      settings: '',
      plugins,
    });
    await writeFile(config, `${text}\n${blocks}`);
    const { code, stdout } = await runCommand(SIGNET_SERVER, ['run', '-config', config]);
    expect(code).toBe(1);
    return stdout;
  }

  it('for a file of a plugin makes no authority, and names file, line and key', async () => {
    const stanza = 'NodeAttestor "x509pop" { plugin_data { ca_bundle_path = "/nope/ca.pem" } }';
    const output = await runServer(await freePort(), '', stanza);
    expect(output).toMatch(
      /server\.conf:\d+:\d+: plugins\.NodeAttestor\.x509pop\.plugin_data\.ca_bundle_path: \/nope\/ca\.pem cannot be read: no such file or directory/,
    );
    expect(output).not.toContain('X509 CA prepared');
    expect(existsSync(join(folder, 'data', 'keys.json'))).toBe(false);
    await rm(join(folder, 'data'), { recursive: true, force: true });
  });

  it.each([
    ['of the API', 'server.bind_port', (taken: number) => runServer(taken)],
    [
      'of metrics',
      'telemetry.Prometheus.port',
      async (taken: number) =>
        runServer(await freePort(), `telemetry { Prometheus { host = "127.0.0.1", port = ${taken} } }`),
    ],
  ])('for a port %s that is taken makes no data directory', async (_name, key, run) => {
    const taken = await takePort();
    const output = await run(taken);
    expect(output).toContain(`cannot listen on 127.0.0.1:${taken}: address already in use`);
    expect(output).toContain(`or set another ${key}`);
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });
});
