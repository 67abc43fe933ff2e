import { once } from 'node:events';
import { connect, createSecureContext, type SecureContext, type TLSSocket } from 'node:tls';
import { type WorkloadApiClient, type WorkloadApiError } from '@signet/client';
import { AUDIENCE, type TaskLoot } from './messages.ts';

/** What of a task is tried by somebody who stole its credentials. */
export interface Victims {
  /** Where a peer listens. */
  readonly port: number;
  /** An agent that validates tokens; not the one of the task. */
  readonly validator: WorkloadApiClient;
}

/** Longer than anything that is refused or accepted takes, milliseconds. */
const PATIENCE_MS = 10_000;

/** A task whose credentials somebody else has, and shows wherever they might be accepted. */
export class StolenTask {
  readonly loot: TaskLoot;
  readonly #context: SecureContext;

  constructor(loot: TaskLoot) {
    this.loot = loot;
    this.#context = createSecureContext({ cert: loot.chainPem, key: loot.keyPem, minVersion: 'TLSv1.3' });
  }

  /** Whether a peer takes a new connection. */
  async isWelcome({ port }: Victims): Promise<boolean> {
    const socket = this.#connect(port);
    const isWelcome = await greeted(socket, this.loot.id);
    socket.destroy();
    return isWelcome;
  }

  /** A connection that a peer has taken. */
  async connected({ port }: Victims): Promise<TLSSocket> {
    const socket = this.#connect(port);
    if (await greeted(socket, this.loot.id)) return socket;
    throw new Error(`the peer does not take task ${this.loot.id}`);
  }

  /** Whether the other agent finds the token valid. */
  async isValid({ validator }: Victims): Promise<boolean> {
    try {
      await validator.validateJwtSvid(this.loot.token, AUDIENCE);
      return true;
    } catch (error) {
      if (isVerdict(error as WorkloadApiError)) return false;
      throw error;
    }
  }

  #connect(port: number): TLSSocket {
    return connect({
      host: '127.0.0.1',
      port,
      secureContext: this.#context,
      minVersion: 'TLSv1.3',
      rejectUnauthorized: false,
    });
  }
}

/** Whether the peer says the name of the task before it hangs up. */
async function greeted(socket: TLSSocket, taskId: string): Promise<boolean> {
  let failure: NodeJS.ErrnoException | undefined;
  socket.on('error', (error: NodeJS.ErrnoException) => (failure = error));
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const said = once(socket, 'data', { signal }).then((data) => String(data[0]).trim());
  const closed = once(socket, 'close', { signal }).then(() => undefined);
  said.catch(() => undefined);
  closed.catch(() => undefined);
  const first = await Promise.race([said, closed]);
  // A peer that is not there refuses nobody.
  if (failure?.code === 'ECONNREFUSED') throw failure;
  return first === taskId;
}

/** Whether it was the token that was refused, and not the call. */
function isVerdict({ code, message }: WorkloadApiError): boolean {
  return code === 'ERR_INVALID_ARGUMENT' || message.includes('revoked lately');
}
