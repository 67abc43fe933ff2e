import { verify } from 'node:crypto';
import {
  assembleSigned,
  AuthorityError,
  buildCrlTbs,
  type Clock,
  nowSeconds,
  prepareIssuer,
  type RevocationReason,
  revocationReasonOf,
  type RevokedCertificate,
  type Seconds,
  type UnixSeconds,
} from '@signet/core';
import type { Timer } from '@signet/daemon';
import { BACKDATE_SECONDS, type X509Authority } from '../ca/authority.ts';
import type { RevocationStore, RevokedSerial } from '../datastore/revocation-store.ts';
import type { CrlFiles, StoredCrl } from './crl-files.ts';
import { within } from './within.ts';

/** How long a CRL may be gone by. It is made anew when half of that is over, and when something is revoked. */
export const CRL_LIFETIME: Seconds = 600;
/** How long a signature may take, milliseconds. */
const SIGN_MS = 3_000;

/** A CRL that was made. */
export interface MadeCrl {
  /** Lower-case hex of the authority's subject key ID. */
  readonly authorityId: string;
  readonly der: Uint8Array;
  readonly number: number;
  readonly madeAt: UnixSeconds;
  /** Absent when another one was made in the same second: then the time tells them not apart. */
  readonly lastModified?: UnixSeconds;
  readonly nextUpdate: UnixSeconds;
  /** Newest revocation that it takes into account. */
  readonly revocation: number;
  /** What it lists. */
  readonly serials: ReadonlySet<string>;
}

/** What making CRLs needs. */
export interface CrlMakerDeps {
  readonly store: Pick<RevocationStore, 'revokedSerials'>;
  readonly latestRevocation: () => number;
  /** Those that sign or signed. */
  readonly authorities: () => readonly X509Authority[];
  readonly files: Pick<CrlFiles, 'load' | 'save' | 'remove'>;
  readonly clock: Clock;
  readonly after: (delayMs: number, run: () => void) => Timer;
  /** Hears of each authority whose CRL fails, once, and of its end: then without an error. */
  readonly onFault: (authorityId: string, error: unknown) => void;
}

/** Makes and keeps the CRL of each authority whose SVIDs may still be valid. */
export class CrlMaker {
  readonly #deps: CrlMakerDeps;
  readonly #made = new Map<string, MadeCrl>();
  /** What the last CRLs before the start listed. The database may lack it, after a restore. */
  readonly #former: Map<string, StoredCrl>;
  readonly #faults = new Set<string>();
  readonly #signing = new Set<string>();

  /** @throws what reading the files throws. */
  constructor(deps: CrlMakerDeps) {
    this.#deps = deps;
    this.#former = deps.files.load();
  }

  /** The newest of each authority. */
  all(): readonly MadeCrl[] {
    return [...this.#made.values()];
  }

  get(authorityId: string): MadeCrl | undefined {
    return this.#made.get(authorityId);
  }

  /** Authorities whose CRL could not be made when that was due; the last good one stays until it can. */
  get faults(): ReadonlySet<string> {
    return this.#faults;
  }

  /**
   * Makes what is due: CRLs whose content changed, and those that get old. Each by itself: an authority that cannot sign,
   * or does not come back from it, holds up no other.
   *
   * @returns whether there is any that was not there before.
   * @throws {StoreError} `ERR_STORE_*`: what is revoked cannot be read.
   */
  async make(): Promise<boolean> {
    const { store, latestRevocation, authorities, clock } = this.#deps;
    const at = nowSeconds(clock);
    const revocation = latestRevocation();
    const serials = groupByAuthority(await store.revokedSerials(at));
    const current = authorities().filter(({ certificate }) => certificate.notAfter >= at);
    this.#forgetOthers(new Set(current.map(({ authorityId }) => authorityId)));
    const made = current.map((authority) =>
      this.#attempt(authority, serials.get(authority.authorityId) ?? [], revocation),
    );
    return (await Promise.all(made)).includes(true);
  }

  async #attempt(
    authority: X509Authority,
    serials: readonly RevokedSerial[],
    revocation: number,
  ): Promise<boolean> {
    const { authorityId } = authority;
    try {
      const isMade = await this.#makeOne(authority, this.#revokedBy(authority, serials), revocation);
      if (this.#faults.delete(authorityId)) this.#deps.onFault(authorityId, undefined);
      return isMade;
    } catch (error) {
      const isServed = this.#serveFormer(authorityId);
      if (!this.#faults.has(authorityId)) {
        this.#faults.add(authorityId);
        this.#deps.onFault(authorityId, error);
      }
      return isServed;
    }
  }

  /** What was the last good one before the start is better than none. @returns whether it is served from now on. */
  #serveFormer(authorityId: string): boolean {
    const former = this.#former.get(authorityId);
    if (former === undefined || this.#made.has(authorityId)) return false;
    const { der, crl } = former;
    const { nextUpdate } = crl;
    const made = { number: Number(crl.number), madeAt: crl.thisUpdate + BACKDATE_SECONDS, nextUpdate };
    this.#made.set(authorityId, {
      authorityId,
      der,
      ...made,
      revocation: 0,
      serials: new Set(crl.revoked.keys()),
    });
    return true;
  }

  #forgetOthers(current: ReadonlySet<string>): void {
    for (const authorityId of this.#faults) if (!current.has(authorityId)) this.#faults.delete(authorityId);
    for (const authorityId of [...this.#made.keys(), ...this.#former.keys()]) {
      if (current.has(authorityId)) continue;
      this.#made.delete(authorityId);
      this.#former.delete(authorityId);
      this.#deps.files.remove(authorityId);
    }
  }

  #revokedBy(
    { authorityId }: X509Authority,
    serials: readonly RevokedSerial[],
  ): readonly RevokedCertificate[] {
    const revoked = new Map<string, RevokedCertificate>();
    for (const [serialHex, { revokedAt, reasonCode }] of this.#former.get(authorityId)?.crl.revoked ?? []) {
      revoked.set(serialHex, { serialHex, revokedAt, reason: reasonOf(reasonCode) });
    }
    for (const { serialHex, revokedAt, reason } of serials)
      revoked.set(serialHex, { serialHex, revokedAt, reason });
    return [...revoked.values()];
  }

  async #makeOne(
    authority: X509Authority,
    revoked: readonly RevokedCertificate[],
    revocation: number,
  ): Promise<boolean> {
    const { clock, files } = this.#deps;
    const { authorityId, certificate, key } = authority;
    const madeAt = nowSeconds(clock);
    const before = this.#made.get(authorityId);
    const isFresh =
      before !== undefined && madeAt < before.madeAt + CRL_LIFETIME / 2 && madeAt >= before.madeAt;
    if (isFresh && isSameList(before.serials, revoked)) {
      this.#made.set(authorityId, { ...before, revocation });
      return false;
    }
    const number = this.#nextNumber(authorityId);
    const nextUpdate = madeAt + CRL_LIFETIME;
    const issuer = prepareIssuer(certificate);
    // Clocks of those who verify may be behind ours.
    const thisUpdate = madeAt - BACKDATE_SECONDS;
    const tbs = buildCrlTbs(issuer, { number, thisUpdate, nextUpdate, revoked });
    const signature = await this.#sign(authorityId, () => key.sign(tbs));
    // Nobody could use it, and the former one would be gone.
    if (!verify(issuer.scheme.hash, tbs, certificate.publicKey, signature)) {
      throw new AuthorityError('ERR_SIGNING_FAILED', 'the signature of a CRL is not by the authority’s key');
    }
    const der = assembleSigned(tbs, issuer.scheme.algorithmDer, signature);
    await files.save(authorityId, der);
    const serials = new Set(revoked.map(({ serialHex }) => serialHex));
    const modified = before?.madeAt === madeAt ? {} : { lastModified: madeAt };
    const made = { authorityId, der, number, madeAt, ...modified, nextUpdate, revocation, serials };
    this.#made.set(authorityId, made);
    return true;
  }

  /** Bounded in time; and who does not come back is not asked again and again. */
  async #sign(authorityId: string, sign: () => Promise<Uint8Array>): Promise<Uint8Array> {
    if (this.#signing.has(authorityId)) throw tooSlow();
    this.#signing.add(authorityId);
    const signing = Promise.resolve()
      .then(sign)
      .finally(() => this.#signing.delete(authorityId));
    return within(signing, SIGN_MS, tooSlow, this.#deps.after);
  }

  /** Above the last one; and above what an older backup of the files may have lost, as long as time goes on. */
  #nextNumber(authorityId: string): number {
    const last =
      this.#made.get(authorityId)?.number ?? Number(this.#former.get(authorityId)?.crl.number ?? 0n);
    return Math.max(last + 1, this.#deps.clock.nowMs());
  }
}

function tooSlow(): AuthorityError {
  return new AuthorityError('ERR_SIGNING_FAILED', 'the key of the authority does not sign in time');
}

function groupByAuthority(serials: readonly RevokedSerial[]): Map<string, RevokedSerial[]> {
  const groups = new Map<string, RevokedSerial[]>();
  for (const serial of serials) {
    const group = groups.get(serial.authorityId);
    if (group === undefined) groups.set(serial.authorityId, [serial]);
    else group.push(serial);
  }
  return groups;
}

function isSameList(listed: ReadonlySet<string>, revoked: readonly RevokedCertificate[]): boolean {
  return listed.size === revoked.length && revoked.every(({ serialHex }) => listed.has(serialHex));
}

function reasonOf(code: number): RevocationReason {
  return revocationReasonOf(code) ?? 'unspecified';
}
