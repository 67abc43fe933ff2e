import { join } from 'node:path';
import type { Clock } from '@signet/core';
import { after, type Logger, type Metrics, monotonicMs } from '@signet/daemon';
import type { CertificateAuthority } from '../ca/certificate-authority.ts';
import type { RevocationStore } from '../datastore/revocation-store.ts';
import type { StatusDocuments, StatusDocumentSource } from '../feed/status-documents.ts';
import { CrlFiles } from './crl-files.ts';
import { CRL_LIFETIME, CrlMaker, type MadeCrl } from './crl-maker.ts';
import type { CrlFault } from './crl-problem.ts';
import { Remaker } from './remaker.ts';
import type { ServerRevocations } from './server-revocations.ts';
import { StatusListFiles } from './status-list-files.ts';
import { type MadeStatusList, StatusListMaker } from './status-list-maker.ts';
import { StatusLists } from './status-lists.ts';

const CRL_DIRECTORY = 'crls';
const STATUS_LIST_DIRECTORY = 'status-lists';
/** Documents are looked at this often; each is made anew when half of its life is over. */
const LOOK_MS = (CRL_LIFETIME / 20) * 1000;
/** A CRL that could not be made is tried again this soon. */
const RETRY_MS = 5_000;

type SigningAuthorities = Pick<CertificateAuthority, 'authorities' | 'onChange'>;

/** What signed status documents are made of. */
export interface StatusDocumentDeps {
  readonly dataDir: string;
  /** Where verifiers find status lists; without it there are none. */
  readonly statusListUri: string | undefined;
  readonly store: Pick<RevocationStore, 'revokedSerials' | 'revokedTokenIds'>;
  readonly revocations: Pick<ServerRevocations, 'latest' | 'onChange'>;
  readonly clock: Clock;
  readonly metrics: Pick<Metrics, 'gauge'>;
  readonly logger: Pick<Logger, 'info' | 'error'>;
}

/** CRLs and status lists, for verifiers who hold no feed: always signed, always fresh. */
export class SignedStatusDocuments implements StatusDocumentSource {
  /** Gives JWT-SVIDs their places; undefined when no status lists are kept. */
  readonly statusLists: StatusLists | undefined;
  readonly #deps: StatusDocumentDeps;
  readonly #listeners = new Set<() => void>();
  readonly #turnListeners = new Set<() => void>();
  #crls: CrlMaker | undefined;
  #lists: StatusListMaker | undefined;
  #listFiles: StatusListFiles | undefined;
  #remaker: Remaker | undefined;

  constructor(deps: StatusDocumentDeps) {
    this.#deps = deps;
    if (deps.statusListUri === undefined) return;
    this.#listFiles = new StatusListFiles(join(deps.dataDir, STATUS_LIST_DIRECTORY));
    // The first token of a list finds it made.
    const opened = async (): Promise<void> => this.#remaker?.start();
    this.statusLists = new StatusLists(deps.statusListUri, this.#listFiles, opened);
  }

  /** Makes all documents, and makes them anew from now on. @throws what reading former ones throws. */
  async start(authority: SigningAuthorities): Promise<void> {
    const { store, revocations, clock, dataDir, logger } = this.#deps;
    this.#crls = new CrlMaker({
      store,
      latestRevocation: () => revocations.latest,
      authorities: () => signing(authority).filter((each) => each.kind === 'x509'),
      files: new CrlFiles(join(dataDir, CRL_DIRECTORY)),
      clock,
      after,
      onFault: (authorityId, error) => this.#hearFault(authorityId, error),
    });
    if (this.#listFiles !== undefined && this.statusLists !== undefined) {
      this.#lists = new StatusListMaker({
        store,
        lists: this.statusLists,
        files: this.#listFiles,
        authority: () =>
          signing(authority).find((each) => each.kind === 'jwt' && each.status === 'active') as never,
        clock,
      });
    }
    this.#remaker = new Remaker({
      after,
      nowMs: monotonicMs,
      make: () => this.#make(),
      onFailure: (error) => logger.error('CRLs and status lists could not be made', { error }),
    });
    await this.#remaker.start();
    const ask = (): void => this.#remaker?.ask();
    revocations.onChange(ask);
    authority.onChange(ask);
  }

  current(): Promise<StatusDocuments> {
    const crls = this.#crls?.all() ?? [];
    return Promise.resolve({
      crls: crls.map(({ der }) => der),
      statusLists: (this.#lists?.all() ?? []).map(({ token }) => token),
      revocation: crls.length === 0 ? 0 : Math.min(...crls.map(({ revocation }) => revocation)),
    });
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Calls the listener when a CRL cannot be made, and when it can be again. @returns ends it. */
  onTurn(listener: () => void): () => void {
    this.#turnListeners.add(listener);
    return () => void this.#turnListeners.delete(listener);
  }

  /** Authorities whose CRL cannot be made: lower-case hex of the subject key ID, and until when the last good one holds. */
  crlFaults(): readonly CrlFault[] {
    const faults = [...(this.#crls?.faults ?? [])];
    return faults.map((authorityId) => ({ authorityId, until: this.crl(authorityId)?.nextUpdate ?? 0 }));
  }

  crl(authorityId: string): MadeCrl | undefined {
    return this.#crls?.get(authorityId);
  }

  statusList(id: string): MadeStatusList | undefined {
    return this.#lists?.get(id);
  }

  async close(): Promise<void> {
    await this.#remaker?.close();
  }

  #hearFault(authorityId: string, error: unknown): void {
    const { metrics, logger } = this.#deps;
    metrics.gauge(['crls', 'failing'], this.#crls?.faults.size ?? 0);
    const authority = { authority_id: authorityId };
    if (error === undefined) logger.info('The CRL of an authority is made again', authority);
    else {
      logger.error('The CRL of an authority cannot be made; the last good one stays', {
        ...authority,
        error,
      });
    }
    for (const listener of this.#turnListeners) listener();
  }

  async #make(): Promise<number> {
    // Each by itself: one that fails keeps nobody from the others.
    const made = await Promise.allSettled([this.#crls?.make(), this.#lists?.make()]);
    const isNew = made.some((each) => each.status === 'fulfilled' && each.value === true);
    if (isNew) for (const listener of this.#listeners) listener();
    const failed = made.find((each) => each.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    return this.#crls?.faults.size === 0 ? LOOK_MS : RETRY_MS;
  }
}

function signing(authority: SigningAuthorities): ReturnType<CertificateAuthority['authorities']> {
  return authority.authorities().filter(({ status }) => status !== 'prepared');
}
