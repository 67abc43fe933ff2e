import { AuthorityError, nowSeconds, type Clock, type UnixSeconds } from '@signet/core';
import type { Logger, Metrics, Timer } from '@signet/daemon';
import type { KeyManager } from '@signet/plugins';
import type { BundleStore } from '../datastore/bundle-store.ts';
import type { CaJournalStore } from '../datastore/ca-journal-store.ts';
import type { AuthoritySettings } from './authority-settings.ts';
import type { Authority, AuthorityKind, JwtSigningAuthority, X509Authority } from './authority.ts';
import { noIssuingGate, type IssuingGate, type Passage } from './issuing-gate.ts';
import type { IssuedCredential, IssuedHook } from './issued-credential.ts';
import { signJwtWith, type SignJwt } from './jwt-signer.ts';
import { taskOf } from './issuance-origin.ts';
import { faulty } from './leaf-order.ts';
import { jwtAuthorityMaker, selfSignedCaMaker, type AuthorityMaker } from './make-authority.ts';
import { startRotationLoop } from './rotation-loop.ts';
import { Rotator, type AuthorityEvent } from './rotator.ts';
import {
  credentialOf,
  leafOrderOf,
  signingOutcome,
  type IssuedJwtSvid,
  type IssuedX509Svid,
  type JwtSvidOrder,
  type SigningOutcome,
  type X509SvidOrder,
} from './svid-order.ts';
import type { StatusLists } from '../revocation/status-lists.ts';
import { DEFAULT_SIGN_WORKERS, openX509Signer, type X509Signer } from './x509-signer.ts';

export type { IssuedJwtSvid, IssuedX509Svid, JwtSvidOrder, SigningOutcome, X509SvidOrder };

/** Hears of an authority right after it was published (`prepared`) or began to sign (`activated`). */
export type AuthorityListener = (change: {
  readonly event: AuthorityEvent;
  readonly authority: Authority;
}) => void;

/** The signing side of a trust domain: two slots per kind, kept fresh, and the signers that use the active ones. */
export interface CertificateAuthority {
  /**
   * Restores the slots, makes what is missing, and starts rotation. Nothing can be signed before.
   *
   * @throws {AuthorityError} `ERR_AUTHORITY_JOURNAL` the journal is damaged; no new authority was made in its place.
   */
  start(): Promise<void>;
  signX509Svid(order: X509SvidOrder): Promise<SigningOutcome>;
  /** One outcome per order, in order. */
  signX509Svids(orders: readonly X509SvidOrder[]): Promise<readonly SigningOutcome[]>;
  /** @throws {AuthorityError} `ERR_AUTHORITY_NOT_READY`, `ERR_AUTHORITY_EXPIRED`, `ERR_SIGNING_FAILED`. */
  signJwtSvid(order: JwtSvidOrder): Promise<IssuedJwtSvid>;
  /** @throws {AuthorityError} `ERR_AUTHORITY_NOT_READY` there is none yet. */
  activeX509Authority(): X509Authority;
  /** @throws {AuthorityError} `ERR_AUTHORITY_NOT_READY` there is none yet. */
  activeJwtAuthority(): JwtSigningAuthority;
  /** All that sign, signed, or are about to. */
  authorities(): readonly Authority[];
  /** @returns a function that stops listening. */
  onChange(listener: AuthorityListener): () => void;
  close(): Promise<void>;
}

export interface CertificateAuthorityDeps {
  readonly keyManager: KeyManager;
  readonly bundles: Pick<BundleStore, 'get' | 'append' | 'prune'>;
  readonly journals: Pick<CaJournalStore, 'load' | 'save'>;
  readonly clock: Clock;
  /** Bound to SPIRE's subsystem name `ca_manager`. */
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error' | 'debug'>;
  readonly after: (delayMs: number, run: () => void) => Timer;
  /** Hears of every credential before its answer leaves. */
  readonly issued?: IssuedHook;
  /** default: none. */
  readonly metrics?: Metrics;
  /** Holds what is revoked while it is issued. */
  readonly gate?: IssuingGate;
  /** Gives each JWT-SVID that has a `jti` its place in a status list. */
  readonly statusLists?: Pick<StatusLists, 'next'>;
}

/** An authority that has not started yet. */
export function createCertificateAuthority(
  settings: AuthoritySettings,
  deps: CertificateAuthorityDeps,
): CertificateAuthority {
  return new SlottedAuthority(settings, deps);
}

class SlottedAuthority implements CertificateAuthority {
  readonly #settings: AuthoritySettings;
  readonly #deps: CertificateAuthorityDeps;
  readonly #rotator: Rotator;
  readonly #signer: X509Signer;
  readonly #gate: IssuingGate;
  readonly #listeners = new Set<AuthorityListener>();
  #x509: X509Authority | undefined;
  #jwt: { readonly authority: JwtSigningAuthority; readonly sign: SignJwt } | undefined;
  #loop: { stop(): Promise<void> } | undefined;

  constructor(settings: AuthoritySettings, deps: CertificateAuthorityDeps) {
    this.#settings = settings;
    this.#deps = deps;
    this.#gate = deps.gate ?? noIssuingGate;
    const { trustDomain, serverId, signWorkers: workers = DEFAULT_SIGN_WORKERS } = settings;
    this.#signer = openX509Signer({ trustDomain, workers }, deps);
    const onChange = this.#changed.bind(this);
    this.#rotator = new Rotator({
      ...deps,
      trustDomain,
      serverId,
      makers: makersOf(settings, deps),
      onChange,
    });
  }

  async start(): Promise<void> {
    await this.#rotator.rotate();
    this.#loop = startRotationLoop({
      ...this.#deps,
      trustDomain: this.#settings.trustDomain,
      rotator: this.#rotator,
    });
  }

  async signX509Svid(order: X509SvidOrder): Promise<SigningOutcome> {
    const [outcome] = await this.signX509Svids([order]);
    if (outcome === undefined) throw new TypeError('the signer did not answer');
    return outcome;
  }

  async signX509Svids(orders: readonly X509SvidOrder[]): Promise<readonly SigningOutcome[]> {
    const passage = this.#gate.enter();
    try {
      await this.#gate.ready(knownIds(orders));
      return await this.#signX509Svids(orders, passage);
    } finally {
      passage.leave();
    }
  }

  async signJwtSvid(order: JwtSvidOrder): Promise<IssuedJwtSvid> {
    const passage = this.#gate.enter();
    try {
      await this.#gate.ready([order.spiffeId.uri]);
      return await this.#signJwtSvid(order, passage);
    } finally {
      passage.leave();
    }
  }

  async #signX509Svids(
    orders: readonly X509SvidOrder[],
    passage: Passage,
  ): Promise<readonly SigningOutcome[]> {
    const authority = this.#rotator.ready ? this.#x509 : undefined;
    if (authority === undefined)
      return orders.map(() => faulty('sign', 'ERR_AUTHORITY_NOT_READY', NOT_READY));
    const now = nowSeconds(this.#deps.clock);
    const { notBefore, notAfter } = authority.certificate;
    if (now < notBefore || now >= notAfter)
      return orders.map(() => faulty('sign', 'ERR_AUTHORITY_EXPIRED', NOT_VALID));
    const leaves = orders.map((order) => leafOrderOf(order, authority, now));
    const outcomes = await this.#signer.sign(leaves);
    const answers = outcomes.map((outcome, at) => {
      const leaf = leaves[at];
      if (leaf !== undefined && leaf.notAfter <= now) return faulty('sign', 'ERR_ABORTED', TOO_LATE);
      return signingOutcome(outcome, leaf, authority);
    });
    return this.#announced(answers, orders, now, passage);
  }

  async #signJwtSvid(order: JwtSvidOrder, passage: Passage): Promise<IssuedJwtSvid> {
    const active = this.#rotator.ready ? this.#jwt : undefined;
    if (active === undefined) throw notReady();
    const { authorityId, expiresAt: authorityEnd } = active.authority;
    const issuedAt = nowSeconds(this.#deps.clock);
    if (authorityEnd <= issuedAt)
      throw new AuthorityError('ERR_AUTHORITY_EXPIRED', 'the JWT authority is not valid now');
    const expiresAt = Math.min(issuedAt + order.ttl, authorityEnd, order.expiresBy ?? Infinity);
    if (expiresAt <= issuedAt) throw new AuthorityError('ERR_ABORTED', TOO_LATE);
    const { spiffeId, audience, origin } = order;
    const status = order.jti === undefined ? undefined : await this.#deps.statusLists?.next(active.authority);
    const jti = status === undefined ? order.jti : `${order.jti}${status.suffix}`;
    const issuer = this.#settings.jwtIssuer;
    const token = await active.sign({
      spiffeId,
      audience,
      issuedAt,
      expiresAt,
      ...(issuer && { issuer }),
      ...(jti && { jti }),
      status,
      taskId: taskOf(origin),
    });
    const credential: IssuedCredential = {
      kind: 'jwt',
      spiffeId,
      authorityId,
      jti: jti ?? '',
      audience,
      issuedAt,
      expiresAt,
      origin,
    };
    await this.#deps.issued?.([credential]);
    if (passage.isHeld(credential)) throw new AuthorityError('ERR_ABORTED', HELD);
    return { spiffeId, token, issuedAt, expiresAt, authorityId };
  }

  activeX509Authority(): X509Authority {
    if (this.#x509 === undefined) throw notReady();
    return this.#x509;
  }

  activeJwtAuthority(): JwtSigningAuthority {
    if (this.#jwt === undefined) throw notReady();
    return this.#jwt.authority;
  }

  authorities(): readonly Authority[] {
    return this.#rotator.slots();
  }

  onChange(listener: AuthorityListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    await this.#loop?.stop();
    await this.#signer.close();
  }

  #changed(event: AuthorityEvent, authority: Authority): void {
    if (event === 'activated' && authority.kind === 'x509') this.#x509 = authority;
    if (event === 'activated' && authority.kind === 'jwt')
      this.#jwt = { authority, sign: signJwtWith(authority) };
    if (this.#x509) this.#signer.use(this.#x509, ownKeysOf(this.#rotator.slots()));
    for (const listener of this.#listeners) listener({ event, authority });
  }

  /** The one way out for X.509-SVIDs: what the hook does not take is not handed out. */
  async #announced(
    answers: readonly SigningOutcome[],
    orders: readonly X509SvidOrder[],
    issuedAt: UnixSeconds,
    passage: Passage,
  ): Promise<readonly SigningOutcome[]> {
    const credentials = answers.map((answer, at) => {
      const order = orders[at];
      return answer.ok && order !== undefined ? credentialOf(answer.svid, order, issuedAt) : undefined;
    });
    const issued = credentials.filter((credential) => credential !== undefined);
    if (issued.length > 0) await this.#deps.issued?.(issued);
    // Asked after the ledger has them: a revocation that begins later than that finds them there.
    return answers.map((answer, at) => {
      const credential = credentials[at];
      return credential !== undefined && passage.isHeld(credential)
        ? faulty('sign', 'ERR_ABORTED', HELD)
        : answer;
    });
  }
}

const HELD = 'it was revoked while it was issued; ask again';
const TOO_LATE = 'its time was over before it was issued';
const NOT_READY = 'server is initializing';
const NOT_VALID = 'the X.509 authority is not valid now';

function notReady(): AuthorityError {
  return new AuthorityError('ERR_AUTHORITY_NOT_READY', NOT_READY);
}

/** IDs that are known before the CSR is read. */
function knownIds(orders: readonly X509SvidOrder[]): readonly string[] {
  return orders.flatMap(({ names }) => (names === 'csr' ? [] : [names.spiffeId.uri]));
}

function makersOf(
  settings: AuthoritySettings,
  deps: CertificateAuthorityDeps,
): ReadonlyMap<AuthorityKind, AuthorityMaker> {
  const makers = new Map<AuthorityKind, AuthorityMaker>([['x509', selfSignedCaMaker(settings, deps)]]);
  if (settings.disableJwtSvids !== true) makers.set('jwt', jwtAuthorityMaker(settings, deps));
  return makers;
}

function ownKeysOf(authorities: readonly Authority[]): ReadonlySet<string> {
  return new Set(authorities.map((authority) => Buffer.from(authority.key.spkiDer).toString('hex')));
}
