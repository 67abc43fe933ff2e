import { AgentError, type Bundle, nowSeconds, type Clock, SignetError, TaskError } from '@signet/core';
import type { UnixPeer } from '@signet/daemon';
import type { AgentCache } from '../sync/agent-cache.ts';
import { forCaller } from '../tasks/server-refusal.ts';
import { taskEndedError } from '../tasks/task-end.ts';
import type { HeldTask } from '../tasks/held-task.ts';
import { noIdentity } from './entitlement.ts';
import {
  encodeJwtBundles,
  encodeX509Bundles,
  encodeX509Svids,
  federatedBundles,
} from './workload-messages.ts';
import type { Feed, Sendable } from './workload-view.ts';
import type { FeedSource, Workload } from './workload.ts';

/** What answering for tasks needs. */
export interface TaskWorkloadDeps {
  readonly cache: AgentCache;
  readonly clock: Clock;
}

/** Who asks on behalf of a task. */
export interface TaskCaller {
  readonly peer: UnixPeer;
  /** @throws {AttestationError} when it is no longer what it was. */
  readonly requireSame: () => void;
}

type SendableNow = Exclude<Sendable, { kind: 'none' }>;

const PENDING: SendableNow = { kind: 'pending' };

/** A task of the caller's: one identity, with credentials that end with the task. All of it ends as `ERR_TASK_ENDED`. */
export function taskWorkload(task: HeldTask, caller: TaskCaller, deps: TaskWorkloadDeps): Workload {
  return {
    peer: caller.peer,
    source: (feed) => taskSource(feed, task, caller, deps),
    jwtSvids: async ({ audience, spiffeId }) => {
      task.requireActive();
      const { entry } = task;
      if (spiffeId !== undefined && !spiffeId.equals(entry.spiffeId))
        throw noIdentity({ complete: true }, true);
      const token = await tokenOf(task, audience);
      // What was fetched took its time: it goes out only to the process that asked, and only while the task lasts.
      caller.requireSame();
      task.requireActive();
      return { svids: [{ spiffe_id: entry.spiffeId.uri, svid: token, hint: entry.hint }] };
    },
    bundles: () => bundlesOf(task, deps),
  };
}

async function tokenOf(task: HeldTask, audience: readonly string[]): Promise<string> {
  try {
    const { token } = await task.credentials.jwtSvid(audience);
    return token;
  } catch (cause) {
    task.requireActive();
    if (cause instanceof TaskError) throw cause;
    if (!(cause instanceof SignetError)) throw cause;
    throw ofTask(cause) ?? new AgentError('ERR_UNAVAILABLE', 'could not fetch JWT-SVID', { cause });
  }
}

/** What the server says of the task itself is for the caller. */
function ofTask(cause: SignetError): SignetError | undefined {
  const refusal = forCaller(cause);
  const isOfTask = refusal instanceof SignetError && refusal.code !== 'ERR_UNAVAILABLE' && refusal !== cause;
  return isOfTask ? refusal : undefined;
}

function bundlesOf({ entry }: HeldTask, { cache }: TaskWorkloadDeps): readonly Bundle[] {
  const own = cache.ownBundle;
  return own === undefined ? [] : [own, ...federatedBundles([entry], cache.bundles, cache.trustDomain)];
}

function taskSource(feed: Feed, task: HeldTask, caller: TaskCaller, deps: TaskWorkloadDeps): FeedSource {
  const messages = new TaskMessages(feed, task, deps);
  return {
    peer: caller.peer,
    requireSame: () => {
      caller.requireSame();
      task.requireActive();
    },
    sendable: () => {
      if (task.ending !== undefined) return taskEndedError(task.ending);
      const { failure } = task.credentials;
      if (feed === 'x509Svids' && failure !== undefined) return ofTask(failure) ?? failure;
      return messages.newest();
    },
    watch: (listener) => {
      const stops = [deps.cache.onChange(listener), task.onEnd(listener)];
      if (feed === 'x509Svids' && task.ending === undefined) stops.push(task.credentials.watchX509(listener));
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}

/** The messages of one stream of a task; the same object as long as the content does not change. */
class TaskMessages {
  readonly #feed: Feed;
  readonly #task: HeldTask;
  readonly #deps: TaskWorkloadDeps;
  #inputs: readonly unknown[] = [];
  #sendable: SendableNow = PENDING;

  constructor(feed: Feed, task: HeldTask, deps: TaskWorkloadDeps) {
    this.#feed = feed;
    this.#task = task;
    this.#deps = deps;
  }

  newest(): SendableNow {
    const { cache } = this.#deps;
    const bundles = bundlesOf(this.#task, this.#deps);
    const [own, ...federated] = bundles;
    if (own === undefined) return PENDING;
    switch (this.#feed) {
      case 'x509Bundles':
        return this.#make([cache.crls, ...bundles], () => encodeX509Bundles(bundles, cache.crls));
      case 'jwtBundles':
        return this.#make(bundles, () => encodeJwtBundles(bundles));
      case 'x509Svids': {
        const svid = this.#task.credentials.x509;
        if (svid === undefined || svid.notAfter <= nowSeconds(this.#deps.clock)) return PENDING;
        const { entry } = this.#task;
        return this.#make([cache.crls, svid, ...bundles], () =>
          encodeX509Svids([{ entry, svid }], own, federated, cache.crls),
        );
      }
    }
  }

  #make(inputs: readonly unknown[], encode: () => Buffer): SendableNow {
    const isSame =
      inputs.length === this.#inputs.length && inputs.every((input, i) => input === this.#inputs[i]);
    if (isSame && this.#sendable.kind === 'ready') return this.#sendable;
    this.#inputs = inputs;
    this.#sendable = { kind: 'ready', message: encode() };
    return this.#sendable;
  }
}
