import { createPrivateKey } from 'node:crypto';
import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Deployment, freePort } from '../kit/deployment.ts';
import {
  type AgentConfigText,
  agentConfigText,
  joinTokenStanza,
  serverConfigText,
} from '../kit/deployment-config.ts';
import { listeningPorts } from '../kit/listening-ports.ts';
import { isServing } from '../kit/health.ts';
import {
  type Command,
  runCommand,
  RunningProgram,
  SIGNET_AGENT,
  SIGNET_SERVER,
  until,
} from '../kit/program.ts';
import { filesBelow, filesWith, processesWith } from '../kit/secret-search.ts';
import { unprivileged } from '../kit/unprivileged.ts';

const user = unprivileged();
const programs: { readonly server: Command; readonly agent: Command } = {
  server: user?.as(SIGNET_SERVER) ?? SIGNET_SERVER,
  agent: user?.as(SIGNET_AGENT) ?? SIGNET_AGENT,
};
/** What only another user than root can show. */
const asUser = user === undefined ? it.skip : it;
const RACERS = 6;

describe('programs that hold keys, started with umask 000', () => {
  let deployment: Deployment;
  let agentId: string;
  let folder: string;

  const served = async (): Promise<boolean> =>
    (await deployment.agentCli(['api', 'fetch', 'x509'])).code === 0;
  /** Makes the programs' user the owner. */
  const give = (path: string): Promise<void> =>
    user?.owner === undefined ? Promise.resolve() : chown(path, user.owner, user.owner);
  /** A folder and a configuration for one more server. */
  const secondServer = async (
    name: string,
    changes: Partial<Parameters<typeof serverConfigText>[0]> = {},
  ): Promise<string> => {
    const own = join(folder, name);
    await mkdir(own, { recursive: true });
    await give(own);
    const config = {
      folder: own,
      port: await freePort(),
      socketPath: join(own, 'api.sock'),
      trustDomain: 'example.org',
      logLevel: 'DEBUG',
      keys: 'disk',
      settings: '',
      plugins: '',
    } as const;
    return write(join(own, 'server.conf'), serverConfigText({ ...config, ...changes }));
  };
  const write = async (path: string, text: string): Promise<string> => {
    await writeFile(path, text);
    return path;
  };
  const runServer = (config: string): RunningProgram =>
    new RunningProgram(programs.server, ['run', '-config', config], join(dirname(config), 'more.log'));

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'signet-more-'));
    await chmod(folder, 0o755);
    deployment = await Deployment.start({
      ...programs,
      ...(user?.owner !== undefined && { owner: user.owner }),
    });
    agentId = await deployment.startAgent();
    await deployment.createEntry({
      parentId: agentId,
      spiffeId: 'spiffe://example.org/workload',
      // An agent that is not root can look at programs of its own user only.
      selectors: [`unix:uid:${user?.uid ?? 0}`],
    });
    await until(served, 60_000, 'the first SVID');
  }, 120_000);

  afterAll(async () => {
    await deployment[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  }, 30_000);

  asUser(
    'let no program of the same user read their memory, environment or files (T34)',
    async () => {
      const uid = user?.uid ?? 0;
      const script = `
      const { openSync, readSync, readlinkSync, readdirSync } = require('node:fs');
      const attempts = {
        mem: (p) => openSync(p), maps: (p) => readSync(openSync(p), Buffer.alloc(9)), environ: (p) => readSync(openSync(p), Buffer.alloc(9)),
        exe: readlinkSync, fd: readdirSync,
      };
      console.log(JSON.stringify(process.argv.slice(1).map((pid) => Object.entries(attempts).map(([name, attempt]) => {
        try { attempt('/proc/' + pid + '/' + name); return 'open'; } catch (error) { return error.code; }
      }))));`;
      await using control = new RunningProgram(
        user?.as(['sleep']) ?? ['sleep'],
        ['60'],
        join(folder, 'control.log'),
      );
      const pids = [deployment.server, deployment.agent, control].map(({ process: { pid } }) => String(pid));
      const [shell, ...first] = user?.as([process.execPath]) ?? [process.execPath];
      // Not before the control is what it is going to be.
      await until(
        async () => (await readFile(`/proc/${pids[2] ?? ''}/cmdline`, 'latin1')).startsWith('sleep'),
        10_000,
      );
      const { stdout, stderr } = await runCommand([shell, ...first], ['-e', script, ...pids]);
      expect(stderr).toBe('');
      const closed = ['EACCES', 'EACCES', 'EACCES', 'EACCES', 'EACCES'];
      expect(JSON.parse(stdout)).toEqual([closed, closed, ['open', 'open', 'open', 'open', 'open']]);
      expect((await stat(`/proc/${pids[2] ?? ''}`)).uid).toBe(uid);
    },
    30_000,
  );

  it('leave no core file (T34)', async () => {
    for (const { process: program } of [deployment.server, deployment.agent]) {
      const limits = await readFile(`/proc/${program.pid ?? 0}/limits`, 'latin1');
      expect(limits).toMatch(/^Max core file size +0 +0 /m);
    }
  });

  asUser(
    'open no inspector on SIGUSR1 (F7)',
    async () => {
      const uid = user?.uid ?? 0;
      const before = await listeningPorts(uid);
      const node = user?.as([process.execPath]) ?? [process.execPath];
      const script = 'console.log("up"); setInterval(() => undefined, 1000)';
      await using control = new RunningProgram(
        node,
        ['--inspect-port=0', '-e', script],
        join(folder, 'control.log'),
      );
      await control.wrote('up');
      for (const program of [deployment.server, deployment.agent, control]) program.process.kill('SIGUSR1');
      // The control shows how long it takes, and that it would be seen.
      await control.wrote('Debugger listening');
      expect((await listeningPorts(uid)).length).toBe(before.length + 1);
      expect(await isServing(deployment.serverSocket)).toBe(true);
      expect(deployment.server.output + deployment.agent.output).not.toContain('Debugger listening');
    },
    30_000,
  );

  it('keep their files to themselves (T32)', async () => {
    for (const name of ['server', 'agent']) {
      const data = join(deployment.folder, name, 'data');
      expect((await stat(data)).mode & 0o777).toBe(0o700);
      const files = await filesBelow(data);
      expect(files).toContain(join(data, 'keys.json'));
      for (const file of files) {
        const { mode, uid } = await stat(file);
        expect([file, mode & 0o777, uid]).toEqual([file, 0o600, user?.uid]);
      }
    }
  });

  it('give their sockets the modes of SPIRE', async () => {
    const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);
    expect(await modeOf(deployment.serverSocket)).toBe('770');
    expect(await modeOf(deployment.agentSocket())).toBe('777');
    expect(await modeOf(dirname(deployment.agentSocket()))).toBe('755');
  });

  it('show no secret in logs, arguments, environments or the datastore (T31, T35, T38)', async () => {
    const written = join(folder, 'svid');
    await mkdir(written);
    await give(written);
    await deployment.agentCli(['api', 'fetch', 'x509', '-write', written]);
    await deployment.mustCli('x509', 'mint', '-spiffeID', 'spiffe://example.org/minted', '-write', written);
    const token = await deployment.newToken();
    const keys = [
      ...(await storedKeys(join(deployment.folder, 'server', 'data', 'keys.json'))),
      ...(await storedKeys(join(deployment.folder, 'agent', 'data', 'keys.json'))),
      ...(await pemKeys(written)),
    ];
    expect(keys.length).toBeGreaterThanOrEqual(5);
    const secrets = [token, ...keys.flatMap(formsOf)];
    const logs = (await filesBelow(deployment.folder)).filter((path) => !path.endsWith('keys.json'));
    expect(await filesWith(secrets, logs)).toEqual([]);
    expect(await processesWith(secrets)).toEqual([]);
  }, 30_000);

  it('do not share a data directory: a second server is refused (R28)', async () => {
    const config = await secondServer('same-data', { folder: join(deployment.folder, 'server') });
    const second = runServer(config);
    expect(await second.exited).toBe(1);
    expect(second.output).toContain('is in use by process ');
    expect(await isServing(deployment.serverSocket)).toBe(true);
  }, 30_000);

  it(`of ${RACERS} servers started at once on one data directory, one runs (R28)`, async () => {
    const shared = join(folder, 'shared');
    await secondServer('shared');
    const configs = await Promise.all(
      Array.from({ length: RACERS }, (_, i) => secondServer(`racer-${i}`, { folder: shared })),
    );
    const racers = configs.map(runServer);
    const up = (): readonly RunningProgram[] =>
      racers.filter(({ output }) => output.includes('Starting Server APIs'));
    await until(
      () => up().length > 0 && racers.filter(({ running }) => running).length === 1,
      60_000,
      'one to be left',
    );
    const codes = await Promise.all(racers.filter(({ running }) => !running).map(({ exited }) => exited));
    expect(codes).toEqual(Array.from({ length: RACERS - 1 }, () => 1));
    expect(up()).toHaveLength(1);
    expect(await up()[0]?.stop()).toBe(0);
  }, 120_000);

  it('do not share a socket: a second agent is refused (R28)', async () => {
    const own = await deployment.prepareAgent('second');
    const config: AgentConfigText = {
      folder: own,
      serverPort: deployment.port,
      socketPath: deployment.agentSocket(),
      trustDomain: 'example.org',
      logLevel: 'DEBUG',
      keys: 'disk',
      settings: '',
      blocks: '',
      nodeAttestor: joinTokenStanza,
      discoverWorkloadPath: true,
    };
    const file = await write(join(own, 'agent.conf'), agentConfigText(config));
    const token = await deployment.giveToken('second', await deployment.newToken());
    const second = new RunningProgram(
      programs.agent,
      ['run', '-config', file, '-joinTokenFile', token],
      join(own, 'agent.log'),
    );
    expect(await second.exited).toBe(1);
    expect(second.output).toContain('another program listens on');
    expect(await served()).toBe(true);
  }, 60_000);

  it.each<[string, string, (path: string) => Promise<unknown>]>([
    ['a link in its place', 'is a symbolic link', (path) => symlink('/tmp/elsewhere.sock', path)],
    ['a folder that everybody may write to', 'can be written to', (path) => chmod(dirname(path), 0o777)],
  ])(
    'do not take a socket path with %s (T28)',
    async (name, reason, prepare) => {
      const config = await secondServer(`unsafe-${name.length}`);
      const socketPath = join(dirname(config), 'place', 'api.sock');
      await mkdir(dirname(socketPath));
      await give(dirname(socketPath));
      await prepare(socketPath);
      const unsafe = runServer(await secondServer(`unsafe-${name.length}`, { socketPath }));
      expect(await unsafe.exited).toBe(1);
      expect(unsafe.output).toContain('ERR_SOCKET_PATH_UNSAFE');
      expect(unsafe.output).toContain(reason);
    },
    30_000,
  );

  it.each([
    ['--require=/dev/null', '--require'],
    ['--inspect=127.0.0.1:0', '--inspect'],
    ['--heapsnapshot-signal=SIGUSR2', '--heapsnapshot-signal'],
  ])(
    'do not run with NODE_OPTIONS=%s (T36)',
    async (options, named) => {
      const config = await secondServer('options');
      const env = { ...process.env, NODE_OPTIONS: options };
      const { code, stdout, stderr } = await runCommand(programs.server, ['run', '-config', config], { env });
      expect(code).toBe(1);
      expect(stdout + stderr).toContain(`refusing to run with node options ${named}`);
    },
    30_000,
  );
});

describe('a hostile configuration', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'signet-config-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const SERVER = `
    server {
      trust_domain = "not a domain"
      trust_domian = "example.org"
      bind_port = "eighty"
      ca_ttl = "tomorrow"
      ca_key_type = "dsa-512"
      audit_log_enabled = "perhaps"
      admin_ids = ["nobody"]
      data_dir = ["/tmp"]
      ratelimit { atestation = true }
    }
    plugins {
      KeyManager "dsk" { plugin_data {} }
      NodeAttestor "join_token" { plugin_data { tokens = 1 } }
      NodeAttestor "x509pop" { plugin_cmd = "/bin/sh" plugin_data {} }
    }
    telemetri {}`;
  const SERVER_PROBLEMS = [
    'server.trust_domain',
    'server.trust_domian',
    'server.bind_port',
    'server.ca_ttl',
    'server.ca_key_type',
    'server.audit_log_enabled',
    'server.admin_ids',
    'server.data_dir',
    'server.ratelimit.atestation',
    'plugins.KeyManager.dsk',
    'plugins.DataStore',
    'plugins.NodeAttestor.join_token.plugin_data.tokens',
    'plugins.NodeAttestor.x509pop',
    'telemetri',
  ];
  const AGENT = `
    agent {
      trust_domain = "EXAMPLE.ORG"
      server_adress = "127.0.0.1"
      server_port = 123456
      trust_bundle_url = "http://127.0.0.1/bundle"
      workload_x509_svid_key_type = "rsa-1024"
      log_level = "LOUD"
      experimental { sync_interval = "0s" }
    }
    plugins {
      NodeAttestor "join_tokn" { plugin_data {} }
      KeyManager "memory" { plugin_data { directory = "/tmp" } }
    }`;
  const AGENT_PROBLEMS = [
    'agent.trust_domain',
    'agent.server_adress',
    'agent.server_port',
    'agent.trust_bundle_url',
    'agent.workload_x509_svid_key_type',
    'agent.log_level',
    'agent.experimental.sync_interval',
    'plugins.NodeAttestor.join_tokn',
    'plugins.KeyManager.memory.plugin_data.directory',
    'plugins.WorkloadAttestor',
  ];

  it.each<[string, Command, string, readonly string[]]>([
    ['a server', SIGNET_SERVER, SERVER, SERVER_PROBLEMS],
    ['an agent', SIGNET_AGENT, AGENT, AGENT_PROBLEMS],
  ])(
    'does not start %s, and all that is wrong is listed at once',
    async (name, program, text, problems) => {
      const file = join(folder, `${name}.conf`);
      await writeFile(file, text);
      for (const command of ['validate', 'run']) {
        const { code, stdout, stderr } = await runCommand(program, [command, '-config', file]);
        expect([command, code]).toEqual([command, 1]);
        const listed = `${stdout}${stderr}`;
        expect(problems.filter((path) => !listed.includes(`: ${path}`))).toEqual([]);
      }
    },
    30_000,
  );

  it.each([
    ['no file', undefined],
    ['an empty file', ''],
    ['a block that does not end', 'server {'],
    ['bytes that are no text', '\0\u0001\ufffd'],
    ['brackets without end', 'a '.padEnd(100_000, '[')],
  ])(
    'that is %s is an error, not a crash',
    async (name, text) => {
      const file = join(folder, `${name}.conf`);
      if (text !== undefined) await writeFile(file, text);
      const { code, stdout, stderr } = await runCommand(SIGNET_SERVER, ['run', '-config', file]);
      expect(code).toBe(1);
      expect(stdout + stderr).not.toMatch(/^\s+at .*\(/m);
    },
    30_000,
  );
});

/** PKCS #8 keys of a key manager's file. */
async function storedKeys(path: string): Promise<readonly Buffer[]> {
  const { keys } = JSON.parse(await readFile(path, 'utf8')) as { keys: Record<string, string> };
  return Object.values(keys).map((text) => Buffer.from(text, 'base64'));
}

/** PKCS #8 keys of the PEM files in a folder. */
async function pemKeys(folder: string): Promise<readonly Buffer[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.key') || name.startsWith('key'));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.map((text) => createPrivateKey(text).export({ format: 'der', type: 'pkcs8' }));
}

/** The forms in which a key could show up: its number in hex and base64url, and a piece of its base64. */
function formsOf(pkcs8: Buffer): readonly string[] {
  const { d = '' } = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }).export({ format: 'jwk' });
  return [d, Buffer.from(d, 'base64url').toString('hex'), pkcs8.toString('base64').slice(48, 88)];
}
