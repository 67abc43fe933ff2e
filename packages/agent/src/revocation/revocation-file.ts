import { appendFileSync, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { revocationFromWire, revocationToWire, workloadService } from '@signet/api';
import type { Revocation, TrustDomain } from '@signet/core';
import { type Logger, writeFileAtomicSync } from '@signet/daemon';
import type { AgentRevocations, RevocationChange } from './agent-revocations.ts';

/** What keeping revocations on file needs. */
export interface RevocationFileDeps {
  readonly revocations: AgentRevocations;
  readonly dataDir: string;
  readonly trustDomain: TrustDomain;
  readonly logger: Logger;
}

const FILE = 'revocations';
const MODE = 0o600;
const MAX_BYTES = 128 * 1024 * 1024;
/** More than a server lets hold one by one. */
const MAX_REVOCATIONS = 500_000;
const PER_LINE = 1_000;
/** Lines that say what others do, or what has expired, are bearable up to here. */
const SPARE = 20_000;

/**
 * Keeps on file what was revoked, so that an agent that starts while its server is away goes on to refuse it; and takes
 * over what an earlier run left there. Each line stands for itself: one that is damaged is passed over. Nothing in the file
 * makes the agent current, or its knowledge complete.
 *
 * @returns ends it.
 */
export function keepOnFile(deps: RevocationFileDeps): () => void {
  const file = new RevocationFile(deps);
  deps.revocations.apply(file.read(), { isFullState: false, latest: 0 });
  return deps.revocations.onChange((change) => file.keep(change));
}

class RevocationFile {
  readonly #deps: RevocationFileDeps;
  readonly #path: string;
  #count = 0;
  #isBroken = false;

  constructor(deps: RevocationFileDeps) {
    this.#deps = deps;
    this.#path = join(deps.dataDir, FILE);
  }

  read(): readonly Revocation[] {
    const { logger } = this.#deps;
    try {
      if (!existsSync(this.#path)) return [];
      if (statSync(this.#path).size > MAX_BYTES) throw new RangeError('the file is too large');
      const [head, ...lines] = readFileSync(this.#path, 'latin1').split('\n');
      if (head !== this.#head)
        throw new RangeError('the file is of another trust domain, or of another kind');
      const read = lines.filter((line) => line !== '').map(parseLine);
      const damaged = read.filter((line) => line === undefined).length;
      if (damaged > 0) logger.warn('Revocations on file are damaged', { path: this.#path, lines: damaged });
      this.#isBroken = damaged > 0;
      const revocations = read.flatMap((line) => line ?? []);
      this.#count = revocations.length;
      return revocations;
    } catch (error) {
      logger.warn('Revocations on file cannot be read', { path: this.#path, error });
      this.#isBroken = true;
      return [];
    }
  }

  keep({ revocations, isFullState }: RevocationChange): void {
    if (revocations.length === 0 && !isFullState) return;
    const { set } = this.#deps.revocations;
    this.#count += revocations.length;
    const isOutgrown = this.#count > 2 * set.size + SPARE;
    try {
      if (isFullState || isOutgrown || this.#isBroken || !existsSync(this.#path)) this.#write();
      else appendFileSync(this.#path, linesOf(revocations), { mode: MODE });
      this.#isBroken = false;
    } catch (error) {
      // Watchers are told all the same; only a restart without the server forgets.
      if (!this.#isBroken) this.#deps.logger.error('Revocations cannot be kept on file', { error });
      this.#isBroken = true;
    }
  }

  #write(): void {
    const { revocations, logger } = this.#deps;
    const newest = [...revocations.set.values()].sort((a, b) => b.sequence - a.sequence);
    if (newest.length > MAX_REVOCATIONS) {
      logger.warn('There are more revocations than are kept on file', { count: newest.length });
      newest.length = MAX_REVOCATIONS;
    }
    writeFileAtomicSync(this.#path, `${this.#head}\n${linesOf(newest)}`);
    this.#count = newest.length;
  }

  get #head(): string {
    return `signet revocations 1 ${this.#deps.trustDomain.name}`;
  }
}

const codec = workloadService.WatchRevocations;

function linesOf(revocations: readonly Revocation[]): string {
  let lines = '';
  for (let i = 0; i < revocations.length; i += PER_LINE) {
    const wire = { revocations: revocations.slice(i, i + PER_LINE).map(revocationToWire) };
    const bytes = codec.responseSerialize(wire);
    lines += `${crc32(bytes)} ${bytes.toString('base64')}\n`;
  }
  return lines;
}

function parseLine(line: string): readonly Revocation[] | undefined {
  try {
    const [sum, text = ''] = line.split(' ', 2);
    const bytes = Buffer.from(text, 'base64');
    if (crc32(bytes) !== Number(sum)) return undefined;
    return codec.responseDeserialize(bytes).revocations.map(revocationFromWire);
  } catch {
    return undefined;
  }
}
