import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { credentials } from '@grpc/grpc-js';
import { createClient, type OperatorTaskClient, taskService } from '@signet/api';
import { WorkloadApiClient } from '@signet/client';
import { Deployment } from '../kit/deployment.ts';
import { callUnary } from '../kit/grpc-call.ts';
import { type Command, type RunningProgram, SIGNET_AGENT, SIGNET_SERVER, until } from '../kit/program.ts';
import { TcpProxy } from '../kit/tcp-proxy.ts';
import { Crew } from './crew.ts';
import { type PeerReport, WORKER } from './messages.ts';
import type { Victims } from './stolen-task.ts';

/** How often agents and server let each other know that they are there. */
export const HEARTBEAT_MS = 1_000;
/** The agents. Each has a peer; tasks of one are tried at the peer and the agent of the other. */
export const AGENTS = ['one', 'two'] as const;
/** One of them. */
export type AgentName = (typeof AGENTS)[number];

/** Programs whose clocks can be stepped. */
export type Clocked = 'server' | 'agents';

const PEER = 'spiffe://example.org/peer';
const PATIENCE_MS = 60_000;

/** A server, two agents behind networks that can be cut, a peer on each, and workers. */
export class Stage implements AsyncDisposable {
  readonly deployment: Deployment;
  readonly #proxies = new Map<AgentName, TcpProxy>();
  readonly #agents = new Map<AgentName, RunningProgram>();
  readonly #peers = new Map<AgentName, { readonly process: ChildProcess; readonly port: number }>();
  readonly #validators = new Map<AgentName, WorkloadApiClient>();
  readonly #idle: Crew[] = [];
  readonly #crews: Crew[] = [];
  /** Whether clocks can be stepped. */
  readonly hasClocks: boolean;
  readonly #clocks: string;

  private constructor(deployment: Deployment, clocks: string, hasClocks: boolean) {
    this.deployment = deployment;
    this.#clocks = clocks;
    this.hasClocks = hasClocks;
  }

  /** @param options.faketime - library that lets clocks be stepped; without it they cannot be. */
  static async start({ faketime }: { readonly faketime?: string | undefined } = {}): Promise<Stage> {
    const clocks = mkdtempSync(join(tmpdir(), 'signet-clocks-'));
    const clocked = (name: Clocked, command: Command): Command =>
      faketime === undefined ? command : withClock(faketime, join(clocks, name), command);
    const deployment = await Deployment.start({
      logLevel: 'INFO',
      discoverWorkloadPath: false,
      server: clocked('server', SIGNET_SERVER),
      agent: clocked('agents', SIGNET_AGENT),
      serverSettings: `agent_feed_heartbeat = "${HEARTBEAT_MS / 1000}s"
        ratelimit {
          attestation = false
          signing = false
        }`,
    });
    const stage = new Stage(deployment, clocks, faketime !== undefined);
    try {
      for (const name of AGENTS) await stage.#startAgent(name);
      for (const name of AGENTS) await stage.#startPeer(name);
    } catch (error) {
      await stage[Symbol.asyncDispose]();
      throw error;
    }
    return stage;
  }

  /** Who is to refuse the tasks of an agent. */
  victims(agent: AgentName): Victims {
    const [peer, validator] = [this.#peers.get(other(agent)), this.#validators.get(other(agent))];
    if (peer === undefined || validator === undefined) throw new Error('the stage is not set');
    return { port: peer.port, validator };
  }

  /** A process that holds no tasks. */
  async crew(agent: AgentName): Promise<Crew> {
    const at = this.#idle.findIndex((crew) => crew.agent === agent && crew.isAlive);
    const [idle] = at < 0 ? [] : this.#idle.splice(at, 1);
    if (idle !== undefined) return idle;
    const crew = await Crew.start(agent, this.deployment.endpoint(agent));
    this.#crews.push(crew);
    return crew;
  }

  /** Takes back a process whose tasks have ended. */
  giveBack(crew: Crew): void {
    if (crew.isAlive) this.#idle.push(crew);
  }

  /** The network between an agent and the server. */
  network(agent: AgentName): TcpProxy {
    const proxy = this.#proxies.get(agent);
    if (proxy === undefined) throw new Error('the stage is not set');
    return proxy;
  }

  killAgent(name: AgentName): void {
    this.#agents.get(name)?.process.kill('SIGKILL');
  }

  /** Starts an agent that was killed. */
  async restartAgent(name: AgentName): Promise<void> {
    await this.#agents.get(name)?.exited;
    this.#agents.set(name, await this.deployment.restartAgent(name));
    await this.#untilServed(name);
  }

  killServer(): void {
    this.deployment.server.process.kill('SIGKILL');
  }

  /** Starts the server that was killed. */
  async restartServer(): Promise<void> {
    await this.deployment.server.exited;
    await this.deployment.startServer();
  }

  /** Starts the peers anew, where they were. */
  async restartPeers(): Promise<void> {
    for (const name of AGENTS) {
      const peer = this.#peers.get(name);
      await kill(peer?.process);
      await this.#startPeer(name, peer?.port);
    }
  }

  /** Ends a task as an operator does. */
  async endAsOperator(id: string): Promise<void> {
    const address = `unix:${this.deployment.serverSocket}`;
    const client = createClient<OperatorTaskClient>(taskService, address, credentials.createInsecure(), {});
    await callUnary(client, client.EndTask, { id, detail: 'driver' });
    client.close();
  }

  /** Steps the clock of programs, from the right time. */
  stepClock(of: Clocked, seconds: number): void {
    if (!this.hasClocks) throw new Error('clocks cannot be stepped');
    setClock(join(this.#clocks, of), seconds);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const crew of this.#crews) crew.kill();
    for (const validator of this.#validators.values()) validator.close();
    await Promise.all([...this.#peers.values()].map((peer) => kill(peer.process)));
    await this.deployment[Symbol.asyncDispose]();
    await Promise.all([...this.#proxies.values()].map((proxy) => proxy[Symbol.asyncDispose]()));
    rmSync(this.#clocks, { recursive: true });
  }

  async #startAgent(name: AgentName): Promise<void> {
    const proxy = await TcpProxy.inFrontOf(this.deployment.port);
    this.#proxies.set(name, proxy);
    const parentId = await this.deployment.startAgent(name, [], { serverPort: proxy.port });
    this.#agents.set(name, this.deployment.agent);
    const selectors = [`unix:uid:${process.getuid?.() ?? 0}`];
    for (const spiffeId of [WORKER, PEER]) {
      await this.deployment.createEntry({ parentId, spiffeId, selectors });
    }
    this.#validators.set(name, new WorkloadApiClient({ endpoint: this.deployment.endpoint(name) }));
    await this.#untilServed(name);
  }

  async #untilServed(name: AgentName): Promise<void> {
    await until(
      async () => {
        const { svids } = (await this.#validators
          .get(name)
          ?.fetchX509Context()
          .catch(() => undefined)) ?? { svids: [] };
        return svids.length === 2;
      },
      PATIENCE_MS,
      `the SVIDs of agent ${name}`,
    );
  }

  async #startPeer(name: AgentName, port = 0): Promise<void> {
    const child = fork(fileURLToPath(new URL('./peer.ts', import.meta.url)), [PEER, String(port)], {
      execArgv: ['--no-warnings'],
      env: { PATH: process.env['PATH'] ?? '', SPIFFE_ENDPOINT_SOCKET: this.deployment.endpoint(name) },
    });
    const [report] = (await once(child, 'message', { signal: AbortSignal.timeout(PATIENCE_MS) })) as [
      PeerReport,
    ];
    this.#peers.set(name, { process: child, port: report.port });
  }
}

/** The agent that is not this one. */
export function other(agent: AgentName): AgentName {
  return agent === 'one' ? 'two' : 'one';
}

async function kill(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** A program that reads its time through libfaketime, which reads the step from a file. */
function withClock(library: string, file: string, command: Command): Command {
  setClock(file, 0);
  const env = [
    `LD_PRELOAD=${library}`,
    `FAKETIME_TIMESTAMP_FILE=${file}`,
    'FAKETIME_NO_CACHE=1',
    // A clock that is set is not one that runs otherwise.
    'FAKETIME_DONT_FAKE_MONOTONIC=1',
  ];
  return ['/usr/bin/env', ...env, ...command];
}

function setClock(file: string, seconds: number): void {
  writeFileSync(file, `${seconds < 0 ? '' : '+'}${seconds}s`);
}
