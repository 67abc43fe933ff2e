import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Command,
  type Outcome,
  runCommand,
  RunningProgram,
  SIGNET_AGENT,
  SIGNET_SERVER,
  until,
} from './program.ts';

/** What a deployment is started with; everything has a default. */
export interface DeploymentOptions {
  /** The server program; default: this repository's. A SPIRE server understands the same configuration. */
  readonly server?: Command;
  readonly agent?: Command;
  readonly trustDomain?: string;
  /** Lines for the `server` block, such as `ca_ttl = "1m"`. */
  readonly serverSettings?: string;
  /** More plugin stanzas of the server. */
  readonly serverPlugins?: string;
  /** Lines for the `agent` block. */
  readonly agentSettings?: string;
  /** Whether the agent finds out a workload's executable and its hash; default true. */
  readonly discoverWorkloadPath?: boolean;
  /** Default DEBUG. */
  readonly logLevel?: string;
  /** `memory` or `disk`; default disk. */
  readonly keys?: 'disk' | 'memory';
}

/** An entry to create, by the CLI. */
export interface EntryOptions {
  readonly parentId: string;
  readonly spiffeId: string;
  readonly selectors: readonly string[];
  readonly more?: readonly string[];
}

/** A server and any number of agents as real processes in a folder of their own, driven by the real CLI. */
export class Deployment implements AsyncDisposable {
  readonly folder: string;
  readonly trustDomain: string;
  readonly port: number;
  readonly #options: DeploymentOptions;
  #server: RunningProgram | undefined;
  readonly #agents: RunningProgram[] = [];

  private constructor(folder: string, port: number, options: DeploymentOptions) {
    this.folder = folder;
    this.port = port;
    this.trustDomain = options.trustDomain ?? 'example.org';
    this.#options = options;
  }

  /** Starts a server, and waits until it answers. */
  static async start(options: DeploymentOptions = {}): Promise<Deployment> {
    const folder = await mkdtemp(join(tmpdir(), 'signet-'));
    const deployment = new Deployment(folder, await freePort(), options);
    await deployment.startServer();
    return deployment;
  }

  get serverSocket(): string {
    return join(this.folder, 'server', 'api.sock');
  }

  get server(): RunningProgram {
    if (this.#server === undefined) throw new Error('the server is not running');
    return this.#server;
  }

  /** The address of an agent's Workload API. */
  endpoint(name = 'agent'): string {
    return `unix://${this.agentSocket(name)}`;
  }

  agentSocket(name = 'agent'): string {
    return join(this.folder, name, 'public', 'api.sock');
  }

  async startServer(): Promise<RunningProgram> {
    const folder = join(this.folder, 'server');
    await mkdir(join(folder, 'data'), { recursive: true, mode: 0o700 });
    const config = join(folder, 'server.conf');
    await writeFile(config, this.#serverConfig(folder));
    const program = this.#options.server ?? SIGNET_SERVER;
    this.#server = new RunningProgram(program, ['run', '-config', config], join(folder, 'server.log'));
    await this.#untilHealthy(this.#server, program, ['healthcheck', '-socketPath', this.serverSocket]);
    return this.#server;
  }

  /** Runs a server command, such as `entry show`. */
  cli(...args: string[]): Promise<Outcome> {
    return runCommand(this.#options.server ?? SIGNET_SERVER, [...args, '-socketPath', this.serverSocket]);
  }

  /** Runs a server command that must succeed, and answers with what it printed. */
  async mustCli(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.cli(...args);
    if (code !== 0) throw new Error(`${args.join(' ')}: exit code ${code}\n${stdout}${stderr}`);
    return stdout;
  }

  /** Runs an agent command, such as `api fetch x509`. */
  agentCli(args: readonly string[], name = 'agent'): Promise<Outcome> {
    return runCommand(this.#options.agent ?? SIGNET_AGENT, [...args, '-socketPath', this.agentSocket(name)]);
  }

  /** Starts an agent with a join token of its own, and waits until it answers. @returns its SPIFFE ID. */
  async startAgent(name = 'agent', more: readonly string[] = []): Promise<string> {
    const folder = join(this.folder, name);
    await mkdir(join(folder, 'data'), { recursive: true, mode: 0o700 });
    const token = /Token: (\S+)/.exec(await this.mustCli('token', 'generate'))?.[1];
    if (token === undefined) throw new Error('no token was printed');
    await writeFile(join(folder, 'token'), token, { mode: 0o600 });
    await writeFile(join(folder, 'bundle.pem'), await this.mustCli('bundle', 'show'));
    await this.restartAgent(name, ['-joinTokenFile', join(folder, 'token'), ...more]);
    return `spiffe://${this.trustDomain}/spire/agent/join_token/${token}`;
  }

  /** Starts an agent in a folder where one has run before. */
  async restartAgent(name = 'agent', more: readonly string[] = []): Promise<RunningProgram> {
    const folder = join(this.folder, name);
    const config = join(folder, 'agent.conf');
    await writeFile(config, this.#agentConfig(name, folder));
    const program = this.#options.agent ?? SIGNET_AGENT;
    const agent = new RunningProgram(program, ['run', '-config', config, ...more], join(folder, 'agent.log'));
    this.#agents.push(agent);
    await this.#untilHealthy(agent, program, ['healthcheck', '-socketPath', this.agentSocket(name)]);
    return agent;
  }

  /** The agent started last. */
  get agent(): RunningProgram {
    const agent = this.#agents.at(-1);
    if (agent === undefined) throw new Error('no agent is running');
    return agent;
  }

  /** Creates an entry. @returns its ID. */
  async createEntry({ parentId, spiffeId, selectors, more = [] }: EntryOptions): Promise<string> {
    const flags = selectors.flatMap((selector) => ['-selector', selector]);
    const printed = await this.mustCli(
      'entry',
      'create',
      '-parentID',
      parentId,
      '-spiffeID',
      spiffeId,
      ...flags,
      ...more,
    );
    const id = /Entry ID\s*: (\S+)/.exec(printed)?.[1];
    if (id === undefined) throw new Error(`no entry ID was printed:\n${printed}`);
    return id;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const programs = this.#server === undefined ? this.#agents : [...this.#agents, this.#server];
    await Promise.all(programs.map((program) => program.stop()));
    await rm(this.folder, { recursive: true, force: true });
  }

  async #untilHealthy(program: RunningProgram, command: Command, check: readonly string[]): Promise<void> {
    await until(
      async () => {
        if (!program.running) throw new Error(`ended while starting:\n${program.output.slice(-4000)}`);
        return (await runCommand(command, check)).code === 0;
      },
      60_000,
      'the program to be healthy',
    );
  }

  #serverConfig(folder: string): string {
    const { keys = 'disk', serverSettings = '', serverPlugins = '' } = this.#options;
    return `
server {
  bind_address = "127.0.0.1"
  bind_port = "${this.port}"
  socket_path = "${this.serverSocket}"
  trust_domain = "${this.trustDomain}"
  data_dir = "${join(folder, 'data')}"
  log_level = "${this.#options.logLevel ?? 'DEBUG'}"
  ${serverSettings}
}
plugins {
  DataStore "sql" {
    plugin_data {
      database_type = "sqlite3"
      connection_string = "${join(folder, 'data', 'datastore.sqlite3')}"
    }
  }
  KeyManager "${keys}" {
    plugin_data {
      ${keys === 'disk' ? `keys_path = "${join(folder, 'data', 'keys.json')}"` : ''}
    }
  }
  NodeAttestor "join_token" {
    plugin_data {}
  }
  ${serverPlugins}
}
`;
  }

  #agentConfig(name: string, folder: string): string {
    const { keys = 'disk', agentSettings = '' } = this.#options;
    return `
agent {
  data_dir = "${join(folder, 'data')}"
  log_level = "${this.#options.logLevel ?? 'DEBUG'}"
  server_address = "127.0.0.1"
  server_port = "${this.port}"
  socket_path = "${this.agentSocket(name)}"
  trust_domain = "${this.trustDomain}"
  trust_bundle_path = "${join(folder, 'bundle.pem')}"
  ${agentSettings}
}
plugins {
  NodeAttestor "join_token" {
    plugin_data {}
  }
  KeyManager "${keys}" {
    plugin_data {
      ${keys === 'disk' ? `directory = "${join(folder, 'data')}"` : ''}
    }
  }
  WorkloadAttestor "unix" {
    plugin_data {
      discover_workload_path = ${this.#options.discoverWorkloadPath ?? true}
    }
  }
}
`;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
