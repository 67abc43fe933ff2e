import { AttestationError, type Selector } from '@signet/core';
import { definePlugin } from '../../config/define-plugin.ts';
import { flag, wholeNumber } from '../../config/setting.ts';
import type { AgentPluginHost } from '../../kinds/node-attestor.ts';
import type {
  WorkloadAttestor,
  WorkloadAttestorFactory,
  WorkloadProcess,
} from '../../kinds/workload-attestor.ts';
import { AccountSelectors, type Names } from './account-selectors.ts';
import { DigestCache } from './digest-cache.ts';
import { isServedByUser, openExecutable, type Executable } from './executable.ts';
import { FileHasher } from './file-hasher.ts';
import { NameDatabase } from './name-database.ts';
import { Places } from './places.ts';

const TYPE = 'unix';
const PASSWD = '/etc/passwd';
const GROUP = '/etc/group';
const NO_NAMES: Names = new Map();
/**
 * Programs that are looked at at once, and those on one file system. Each look has one of Node's four threads for files:
 * looks at a file system that hangs must not have all of them.
 */
const LOOKS = { total: 3, perKey: 2 };

/** Tells user, groups and, when asked to discover it, the program of a process. */
export const unixWorkloadAttestor: WorkloadAttestorFactory = definePlugin({
  kind: 'WorkloadAttestor',
  name: TYPE,
  settings: {
    discover_workload_path: flag(false),
    workload_size_limit: wholeNumber(0, { min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }),
  },
  create: (values, host: AgentPluginHost) =>
    Promise.resolve(
      new UnixWorkloadAttestor(host, {
        discoversPath: values.discover_workload_path,
        sizeLimit: values.workload_size_limit,
      }),
    ),
});

interface UnixOptions {
  readonly discoversPath: boolean;
  /** bytes; 0 for no limit, negative for no hash at all. */
  readonly sizeLimit: number;
}

class UnixWorkloadAttestor implements WorkloadAttestor {
  readonly type: string = TYPE;
  readonly #host: AgentPluginHost;
  readonly #options: UnixOptions;
  readonly #users = new NameDatabase(PASSWD);
  readonly #groups = new NameDatabase(GROUP);
  readonly #accounts = new AccountSelectors(TYPE);
  readonly #hasher = new FileHasher();
  readonly #digests: DigestCache;
  readonly #looks = new Places<bigint | undefined>(LOOKS);

  constructor(host: AgentPluginHost, options: UnixOptions) {
    this.#host = host;
    this.#options = options;
    this.#digests = new DigestCache(this.#hasher, host.clock);
  }

  async attest(workload: WorkloadProcess, { signal }: { signal: AbortSignal }): Promise<readonly Selector[]> {
    signal.throwIfAborted();
    return await untilAborted(signal, this.#selectors(workload));
  }

  async close(): Promise<void> {
    await this.#hasher.close();
  }

  async #selectors(workload: WorkloadProcess): Promise<readonly Selector[]> {
    const selectors = await this.#accountSelectors(workload);
    if (!this.#options.discoversPath) return selectors;
    const values = await this.#executableValues(workload);
    return [...selectors, ...values.map((value) => ({ type: TYPE, value }))];
  }

  async #accountSelectors(workload: WorkloadProcess): Promise<readonly Selector[]> {
    const users = await this.#names('user', this.#users);
    const groups = await this.#names('group', this.#groups);
    const supplementaryGids = await workload.supplementaryGids();
    return this.#accounts.of({ uid: workload.uid, gid: workload.gid, supplementaryGids }, users, groups);
  }

  async #names(kind: string, database: NameDatabase): Promise<Names> {
    try {
      return await database.current();
    } catch (error) {
      this.#host.logger.warn('Cannot look up names', {
        kind,
        reason: error instanceof Error ? error.message : '',
      });
      return NO_NAMES;
    }
  }

  async #executableValues(workload: WorkloadProcess): Promise<readonly string[]> {
    const values = await this.#claimedValues(workload);
    // Afterwards: a process can go into another namespace while it is looked at, but not come back out.
    if (await workload.hasCertainProgram()) return values;
    this.#host.logger.warn('The program of a workload is not certain; no path and no digest selector', {
      pid: workload.pid,
    });
    return [];
  }

  async #claimedValues(workload: WorkloadProcess): Promise<readonly string[]> {
    // Asks the process to speak for itself, which may take time; no place is kept for that.
    await workload.exePath();
    const executable = await this.#looks.run(workload.programDevice, () => openExecutable(workload));
    const { path } = executable;
    if (path === undefined) {
      this.#host.logger.warn('The program of a workload is not where the workload says; no path selector', {
        pid: workload.pid,
      });
    }
    const digest = await this.#digestOf(executable, workload.share);
    return [
      ...(path === undefined ? [] : [`path:${path}`]),
      ...(digest === undefined ? [] : [`sha256:${digest}`]),
    ];
  }

  async #digestOf({ file, stats }: Executable, owner: string): Promise<string | undefined> {
    let handedOver = false;
    try {
      if (this.#options.sizeLimit < 0 || (await isServedByUser(file))) return undefined;
      if (this.#options.sizeLimit > 0 && stats.size > BigInt(this.#options.sizeLimit)) {
        throw new AttestationError('ERR_ATTESTATION_FAILED', 'executable exceeds workload_size_limit');
      }
      handedOver = true;
      return await this.#digests.sha256(file, stats, owner);
    } finally {
      if (!handedOver) await file.close();
    }
  }
}

async function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (onAbort !== undefined) signal.removeEventListener('abort', onAbort);
  }
}
