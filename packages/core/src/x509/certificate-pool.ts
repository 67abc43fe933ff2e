import { type X509Error } from '../errors.ts';
import { type Certificate } from './certificate.ts';

/** A certificate that may be somebody's issuer. */
export interface Candidate {
  readonly certificate: Certificate;
  readonly isRoot: boolean;
  /** Why it can issue nothing at the time in question. */
  readonly defect: X509Error | undefined;
  /** Certificates at least between it and a root, as far as names tell; nothing when no root can be reached. */
  readonly distance: number | undefined;
}

/**
 * The issuers at hand, by subject.
 *
 * Names alone already tell which of them can lead to a root, and how soon. Leaving out the others keeps a heap of
 * unrelated or circular certificates from costing a single signature.
 */
export class CertificatePool {
  readonly #bySubject = new Map<string, Candidate[]>();
  readonly #ranked = new Map<Certificate, readonly Candidate[]>();

  /**
   * @param roots - trust anchors.
   * @param intermediates - untrusted; copies of each other and of roots are dropped.
   * @param defectOf - judges a certificate as an issuer, whatever the path.
   */
  constructor(
    roots: readonly Certificate[],
    intermediates: readonly Certificate[],
    defectOf: (certificate: Certificate, isRoot: boolean) => X509Error | undefined,
  ) {
    const seen = new Set<string>();
    const isNew = (certificate: Certificate): boolean => seen.size < seen.add(keyOf(certificate)).size;
    const anchors = roots.filter(isNew);
    const others = intermediates
      .filter(isNew)
      .map((certificate) => ({ certificate, defect: defectOf(certificate, false) }));
    const usable = others.filter(({ defect }) => defect === undefined).map(({ certificate }) => certificate);
    const distances = distancesToRoot(anchors, usable);
    for (const certificate of anchors) {
      this.#add({ certificate, isRoot: true, defect: defectOf(certificate, true), distance: 0 });
    }
    for (const { certificate, defect } of others) {
      this.#add({ certificate, isRoot: false, defect, distance: distances.get(certificate) });
    }
  }

  /** Certificates whose subject is the issuer of the one given, the most promising first. */
  issuersOf(certificate: Certificate): readonly Candidate[] {
    const known = this.#ranked.get(certificate);
    if (known !== undefined) return known;
    const ranked = rankedIssuers(certificate, this.#bySubject.get(certificate.comparableIssuer) ?? []);
    this.#ranked.set(certificate, ranked);
    return ranked;
  }

  /** The first defect of a CA that leads upwards from a certificate as far as names tell: why there may be no path. */
  firstDefectAbove(certificate: Certificate): X509Error | undefined {
    const seen = new Set<string>();
    const waiting = [certificate];
    for (const below of waiting) {
      if (seen.has(below.comparableIssuer)) continue;
      seen.add(below.comparableIssuer);
      const issuers = this.issuersOf(below);
      const defect = issuers.find((issuer) => issuer.defect !== undefined)?.defect;
      if (defect !== undefined) return defect;
      waiting.push(...issuers.map((issuer) => issuer.certificate));
    }
    return undefined;
  }

  #add(candidate: Candidate): void {
    const subject = candidate.certificate.comparableSubject;
    const sameSubject = this.#bySubject.get(subject);
    if (sameSubject === undefined) this.#bySubject.set(subject, [candidate]);
    else sameSubject.push(candidate);
  }
}

function rankedIssuers(certificate: Certificate, issuers: readonly Candidate[]): readonly Candidate[] {
  return issuers
    .map((candidate) => ({ candidate, mismatch: keyIdMismatch(certificate, candidate.certificate) }))
    .sort(
      (a, b) =>
        a.mismatch - b.mismatch ||
        (a.candidate.distance ?? Infinity) - (b.candidate.distance ?? Infinity) ||
        b.candidate.certificate.notAfter - a.candidate.certificate.notAfter,
    )
    .map(({ candidate }) => candidate);
}

// Level by level away from the roots; a certificate's level is one more than that of a subject which may have issued it.
function distancesToRoot(
  roots: readonly Certificate[],
  intermediates: readonly Certificate[],
): ReadonlyMap<Certificate, number> {
  const distances = new Map<Certificate, number>();
  const byIssuer = groupByIssuer(intermediates);
  let level = new Set(roots.map((root) => root.comparableSubject));
  for (let distance = 1; level.size > 0; distance++) {
    const next = new Set<string>();
    for (const certificate of [...level].flatMap((subject) => byIssuer.get(subject) ?? [])) {
      if (distances.has(certificate)) continue;
      distances.set(certificate, distance);
      next.add(certificate.comparableSubject);
    }
    level = next;
  }
  return distances;
}

function groupByIssuer(certificates: readonly Certificate[]): ReadonlyMap<string, Certificate[]> {
  const groups = new Map<string, Certificate[]>();
  for (const certificate of certificates) {
    const group = groups.get(certificate.comparableIssuer);
    if (group === undefined) groups.set(certificate.comparableIssuer, [certificate]);
    else group.push(certificate);
  }
  return groups;
}

// A hint only: key identifiers say which issuer to try first, never which to refuse.
function keyIdMismatch(certificate: Certificate, issuer: Certificate): number {
  if (certificate.authorityKeyId === undefined || issuer.subjectKeyId === undefined) return 1;
  return Buffer.compare(certificate.authorityKeyId, issuer.subjectKeyId) === 0 ? 0 : 2;
}

function keyOf({ der }: Certificate): string {
  return Buffer.from(der.buffer, der.byteOffset, der.length).toString('latin1');
}
