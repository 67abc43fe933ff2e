import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agentConfigText, joinTokenStanza, serverConfigText } from './deployment-config.ts';
import { isServing } from './health.ts';
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
  /** More blocks of the server, such as `status_listener { … }`. */
  readonly serverBlocks?: string;
  /** Lines for the `agent` block. */
  readonly agentSettings?: string;
  /** Whether the agent finds out a workload's executable and its hash; default true. */
  readonly discoverWorkloadPath?: boolean;
  /** Default DEBUG. */
  readonly logLevel?: string;
  /** `memory` or `disk`; default disk. */
  readonly keys?: 'disk' | 'memory';
  /** User and group that folders and files belong to; default: the caller's. */
  readonly owner?: number;
}

/** How one agent differs from the others of its deployment. */
export interface AgentOptions {
  /** The stanza of its node attestor; default: join tokens. */
  readonly nodeAttestor?: string;
  /** More lines for its `agent` block. */
  readonly settings?: string;
  /** More blocks of its configuration, such as `health_checks { … }`. */
  readonly blocks?: string;
  /** Where it looks for the server; default: where the server is. */
  readonly serverPort?: number;
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
  readonly #agentOptions = new Map<string, AgentOptions>();
  #server: RunningProgram | undefined;
  readonly #agents: { readonly name: string; readonly program: RunningProgram }[] = [];

  private constructor(folder: string, port: number, options: DeploymentOptions) {
    this.folder = folder;
    this.port = port;
    this.trustDomain = options.trustDomain ?? 'example.org';
    this.#options = options;
  }

  /** Starts a server, and waits until it answers. */
  static async start(options: DeploymentOptions = {}): Promise<Deployment> {
    const folder = await mkdtemp(join(tmpdir(), 'signet-'));
    // Workloads of other users have to get as far as the agent's socket.
    await chmod(folder, 0o755);
    const deployment = new Deployment(folder, await freePort(), options);
    await deployment.#own(folder);
    try {
      await deployment.startServer();
    } catch (error) {
      await deployment[Symbol.asyncDispose]();
      throw error;
    }
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

  /** Starts the server, and waits until it answers. */
  async startServer(): Promise<RunningProgram> {
    const server = await this.launchServer();
    await this.#untilHealthy(server, this.serverSocket);
    return server;
  }

  /** Starts the server and does not wait for it. */
  async launchServer(): Promise<RunningProgram> {
    const folder = await this.#makeFolder('server');
    const config = join(folder, 'server.conf');
    await this.#write(config, this.#serverConfig(folder));
    const log = join(folder, 'server.log');
    this.#server = new RunningProgram(this.#serverProgram, ['run', '-config', config], log);
    return this.#server;
  }

  /** Runs a server command, such as `entry show`. */
  cli(...args: string[]): Promise<Outcome> {
    return this.cliWithInput(undefined, ...args);
  }

  /** Runs a server command that reads its standard input. */
  cliWithInput(input: string | undefined, ...args: string[]): Promise<Outcome> {
    return runCommand(this.#serverProgram, [...args, '-socketPath', this.serverSocket], { input });
  }

  /** Runs a server command that must succeed, and answers with what it printed. */
  async mustCli(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.cli(...args);
    if (code !== 0) throw new Error(`${args.join(' ')}: exit code ${code}\n${stdout}${stderr}`);
    return stdout;
  }

  /** Runs an agent command, such as `api fetch x509`. */
  agentCli(args: readonly string[], name = 'agent'): Promise<Outcome> {
    return runCommand(this.#agentProgram, [...args, '-socketPath', this.agentSocket(name)]);
  }

  /** Makes a join token. */
  async newToken(...flags: string[]): Promise<string> {
    const token = /Token: (\S+)/.exec(await this.mustCli('token', 'generate', ...flags))?.[1];
    if (token === undefined) throw new Error('no token was printed');
    return token;
  }

  /** Starts an agent with a join token of its own, and waits until it answers. @returns its SPIFFE ID. */
  async startAgent(
    name = 'agent',
    more: readonly string[] = [],
    options: AgentOptions = {},
  ): Promise<string> {
    const token = await this.newToken();
    await this.prepareAgent(name, options);
    await this.restartAgent(name, ['-joinTokenFile', await this.giveToken(name, token), ...more]);
    return this.joinTokenId(token);
  }

  /** SPIFFE ID of the agent that a join token is for. */
  joinTokenId(token: string): string {
    return `spiffe://${this.trustDomain}/spire/agent/join_token/${token}`;
  }

  /** Makes the folder that an agent starts from, with the server's present bundle in it. @returns the folder. */
  async prepareAgent(name: string, options: AgentOptions = {}): Promise<string> {
    this.#agentOptions.set(name, options);
    const folder = await this.#makeFolder(name);
    await this.#write(join(folder, 'bundle.pem'), await this.mustCli('bundle', 'show'));
    return folder;
  }

  /** Puts a token into an agent's folder. @returns the file. */
  async giveToken(name: string, token: string): Promise<string> {
    const file = join(this.folder, name, 'token');
    await this.#write(file, token, 0o600);
    return file;
  }

  /** Starts an agent in a folder that is prepared, or where one has run before, and waits until it answers. */
  async restartAgent(name = 'agent', more: readonly string[] = []): Promise<RunningProgram> {
    const agent = await this.launchAgent(name, more);
    await this.#untilHealthy(agent, this.agentSocket(name));
    return agent;
  }

  /** Starts an agent as {@link restartAgent} does, and does not wait for it. */
  async launchAgent(name = 'agent', more: readonly string[] = []): Promise<RunningProgram> {
    const folder = join(this.folder, name);
    const config = join(folder, 'agent.conf');
    await this.#write(config, this.#agentConfig(name, folder));
    const program = new RunningProgram(
      this.#agentProgram,
      ['run', '-config', config, ...more],
      join(folder, 'agent.log'),
    );
    this.#agents.push({ name, program });
    return program;
  }

  /** The agent started last. */
  get agent(): RunningProgram {
    const agent = this.#agents.at(-1);
    if (agent === undefined) throw new Error('no agent is running');
    return agent.program;
  }

  /** The last start of an agent. */
  agentNamed(name: string): RunningProgram {
    const agent = this.#agents.findLast((each) => each.name === name);
    if (agent === undefined) throw new Error(`no agent ${name} was started`);
    return agent.program;
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
    const programs = this.#agents.map(({ program }) => program);
    if (this.#server !== undefined) programs.push(this.#server);
    await Promise.all(programs.map((program) => program.stop()));
    await rm(this.folder, { recursive: true, force: true });
  }

  get #serverProgram(): Command {
    return this.#options.server ?? SIGNET_SERVER;
  }

  get #agentProgram(): Command {
    return this.#options.agent ?? SIGNET_AGENT;
  }

  async #makeFolder(name: string): Promise<string> {
    const folder = join(this.folder, name);
    await mkdir(folder, { recursive: true, mode: 0o755 });
    await this.#own(folder);
    return folder;
  }

  async #write(path: string, text: string, mode = 0o644): Promise<void> {
    await writeFile(path, text, { mode });
    await this.#own(path);
  }

  async #own(path: string): Promise<void> {
    const { owner } = this.#options;
    if (owner !== undefined) await chown(path, owner, owner);
  }

  async #untilHealthy(program: RunningProgram, socket: string): Promise<void> {
    await until(
      async () => {
        if (!program.running) throw new Error(`ended while starting:\n${program.output.slice(-4000)}`);
        return isServing(socket);
      },
      60_000,
      'the program to be healthy',
    );
  }

  #serverConfig(folder: string): string {
    return serverConfigText({
      folder,
      port: this.port,
      socketPath: this.serverSocket,
      trustDomain: this.trustDomain,
      logLevel: this.#options.logLevel ?? 'DEBUG',
      keys: this.#options.keys ?? 'disk',
      settings: this.#options.serverSettings ?? '',
      plugins: this.#options.serverPlugins ?? '',
      blocks: this.#options.serverBlocks ?? '',
    });
  }

  #agentConfig(name: string, folder: string): string {
    const options = this.#agentOptions.get(name) ?? {};
    return agentConfigText({
      folder,
      serverPort: options.serverPort ?? this.port,
      socketPath: this.agentSocket(name),
      trustDomain: this.trustDomain,
      logLevel: this.#options.logLevel ?? 'DEBUG',
      keys: this.#options.keys ?? 'disk',
      settings: `${this.#options.agentSettings ?? ''}\n  ${options.settings ?? ''}`,
      blocks: options.blocks ?? '',
      nodeAttestor: options.nodeAttestor ?? joinTokenStanza,
      discoverWorkloadPath: this.#options.discoverWorkloadPath ?? true,
    });
  }
}

/** A TCP port of this host that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
