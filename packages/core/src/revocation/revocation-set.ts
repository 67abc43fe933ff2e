import type { JwtSvid } from '../svid/jwt-svid.ts';
import type { UnixSeconds } from '../time.ts';
import type { Certificate } from '../x509/certificate.ts';
import type { Revocation } from './revocation.ts';
import { dropExpired, keepLongest, markOf, type RevocationMark, unmark } from './revocation-mark.ts';
import { SubjectRules } from './subject-rules.ts';

/** How long before the moment of issue an X.509-SVID of ours begins to be valid. */
export const X509_SVID_BACKDATE_SECONDS = 10;

type Marks = Map<string, RevocationMark>;

/** As much of a certificate as tells whether it is revoked. */
export type RevocableCertificate = Pick<
  Certificate,
  'authorityKeyId' | 'serialHex' | 'uriSans' | 'notBefore' | 'taskId'
>;

/**
 * The revocations of one trust domain that a verifier holds.
 *
 * Ask it only about credentials of that trust domain, once they have been verified. Looking up takes the time of a few
 * map look-ups, and of one per path segment when there are revocations by path prefix; a revocation takes about 150
 * bytes.
 */
export class RevocationSet {
  /** By serial, within the authority. */
  #x509 = new Map<string, Marks>();
  #jwt: Marks = new Map();
  #tasks: Marks = new Map();
  #subjects = new SubjectRules();
  #size = 0;
  #latest = 0;

  /** Highest sequence taken since the last full state; 0 for none. */
  get latest(): number {
    return this.#latest;
  }

  /** How many are held. Subject rules that say nothing beyond another one are not. */
  get size(): number {
    return this.#size + this.#subjects.size;
  }

  /**
   * Takes revocations, in any order, known ones too.
   *
   * @param options.isFullState - these are all that hold: what was held before is forgotten.
   */
  apply(revocations: readonly Revocation[], options: { readonly isFullState: boolean }): void {
    if (options.isFullState) this.#clear();
    for (const revocation of revocations) {
      this.#add(revocation);
      this.#latest = Math.max(this.#latest, revocation.sequence);
    }
  }

  /** Drops those whose `expiresAt` has come: all that they cover has expired by itself. */
  forgetExpired(now: UnixSeconds): void {
    for (const [authorityId, marks] of this.#x509) {
      this.#size -= dropExpired(marks, now);
      if (marks.size === 0) this.#x509.delete(authorityId);
    }
    this.#size -= dropExpired(this.#jwt, now) + dropExpired(this.#tasks, now);
    this.#subjects.forgetExpired(now);
  }

  /** All that are held, in no particular order. */
  *values(): Iterable<Revocation> {
    for (const [authorityId, marks] of this.#x509) {
      for (const [serialHex, mark] of marks) yield unmark(mark, { kind: 'x509', authorityId, serialHex });
    }
    for (const [jti, mark] of this.#jwt) yield unmark(mark, { kind: 'jwt', jti });
    for (const [taskId, mark] of this.#tasks) yield unmark(mark, { kind: 'task', taskId });
    yield* this.#subjects.values();
  }

  /** Why an X.509-SVID is revoked: by authority and serial, by its task, or by its SPIFFE ID and time of issue. */
  findX509(certificate: RevocableCertificate): Revocation | undefined {
    return (
      this.#findSerial(certificate) ?? this.#findTask(certificate.taskId) ?? this.#findHolder(certificate)
    );
  }

  /** Why a JWT-SVID is revoked: by its `jti`, by its task, or by its SPIFFE ID and `iat`; without `iat` it counts as old. */
  findJwt({ id, issuedAt, claims }: JwtSvid): Revocation | undefined {
    return (
      this.#findJti(claims.get('jti')) ??
      this.#findTask(claims.get('task')) ??
      this.#subjects.find(id.uri, issuedAt)
    );
  }

  /** Why all that was issued to a SPIFFE ID at a time, or earlier, is revoked. */
  findSubject(spiffeId: string, issuedAt: UnixSeconds): Revocation | undefined {
    return this.#subjects.find(spiffeId, issuedAt);
  }

  #clear(): void {
    this.#x509 = new Map();
    this.#jwt = new Map();
    this.#tasks = new Map();
    this.#subjects = new SubjectRules();
    this.#size = 0;
    this.#latest = 0;
  }

  #add(revocation: Revocation): void {
    const { target } = revocation;
    switch (target.kind) {
      case 'x509':
        this.#keep(this.#marksOf(target.authorityId), target.serialHex, revocation);
        return;
      case 'jwt':
        this.#keep(this.#jwt, target.jti, revocation);
        return;
      case 'task':
        this.#keep(this.#tasks, target.taskId, revocation);
        return;
      case 'subject':
        this.#subjects.add(revocation);
    }
  }

  #marksOf(authorityId: string): Marks {
    const known = this.#x509.get(authorityId);
    if (known !== undefined) return known;
    const marks: Marks = new Map();
    this.#x509.set(authorityId, marks);
    return marks;
  }

  #keep(marks: Marks, key: string, revocation: Revocation): void {
    if (keepLongest(marks, key, markOf(revocation))) this.#size++;
  }

  #findSerial({ authorityKeyId, serialHex }: RevocableCertificate): Revocation | undefined {
    if (authorityKeyId === undefined || this.#x509.size === 0) return undefined;
    const authorityId = Buffer.from(authorityKeyId).toString('hex');
    const mark = this.#x509.get(authorityId)?.get(serialHex);
    return mark && unmark(mark, { kind: 'x509', authorityId, serialHex });
  }

  #findJti(jti: unknown): Revocation | undefined {
    const mark = typeof jti === 'string' ? this.#jwt.get(jti) : undefined;
    return mark && unmark(mark, { kind: 'jwt', jti: jti as string });
  }

  #findTask(taskId: unknown): Revocation | undefined {
    const mark = typeof taskId === 'string' ? this.#tasks.get(taskId) : undefined;
    return mark && unmark(mark, { kind: 'task', taskId: taskId as string });
  }

  #findHolder({ uriSans, notBefore }: RevocableCertificate): Revocation | undefined {
    for (const uri of uriSans) {
      const found = this.#subjects.find(uri, notBefore + X509_SVID_BACKDATE_SECONDS);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
