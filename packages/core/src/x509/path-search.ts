import { X509Error } from '../errors.ts';
import { type UnixSeconds } from '../time.ts';
import { type Certificate } from './certificate.ts';
import { altNamesDefect, authorityKeyIdDefect, conformanceDefect } from './certificate-conformance.ts';
import { type Candidate, CertificatePool } from './certificate-pool.ts';
import { type Conformance } from './conformance.ts';
import { type ConstrainedName, constrainedNames, countConstrainedNames } from './constrained-names.ts';
import {
  authorityDefect,
  certificateDefect,
  countedAuthorities,
  isSelfIssued,
  keyDefect,
  nameConstraintsDefect,
  pathLengthDefect,
  signatureCost,
  signatureDefect,
} from './issuer-check.ts';
import { type CommonPurposes, narrowedPurposes, purposeDefect } from './purposes.ts';
import { WorkBudget } from './work-budget.ts';

/** What a chain is verified against. */
export interface VerifyChainOptions {
  /** Untrusted certificates that may lie between leaf and root, in any order; 256 KiB together. */
  readonly intermediates: readonly Certificate[];
  /** Trust anchors. Their own dates, constraints and extensions count like those of any CA. */
  readonly roots: readonly Certificate[];
  readonly at: UnixSeconds;
  /** Object identifiers of purposes that every certificate listing purposes must list; none by default. */
  readonly requiredExtKeyUsage?: readonly string[];
  /** CAs between leaf and root, those that issued themselves not counted; 8 by default. */
  readonly maxIntermediates?: number;
  /** What else the certificates are held to; `strict` by default. */
  readonly conformance?: Conformance;
}

const DEFAULT_MAX_INTERMEDIATES = 8;
const MAX_PATH = 20;
// Taking a name apart costs about as much as ten comparisons.
const COST_OF_NAME = 10;

type Defect = X509Error | undefined;

/** One search for a path, with all that it learns on the way. */
export class PathSearch {
  readonly #options: VerifyChainOptions;
  readonly #pool: CertificatePool;
  readonly #budget = new WorkBudget();
  readonly #signatures = new Map<Certificate, Map<Certificate, Defect>>();
  readonly #names = new Map<Certificate, readonly ConstrainedName[]>();
  readonly #altNames = new Map<Certificate, Defect>();
  #failure: Defect;
  #failureDepth = 0;

  constructor(options: VerifyChainOptions) {
    this.#options = options;
    this.#pool = new CertificatePool(
      options.roots,
      options.intermediates,
      (certificate, isRoot) =>
        certificateDefect(certificate, options.at) ??
        authorityDefect(certificate) ??
        conformanceDefect(certificate, isRoot ? 'root' : 'intermediate', this.#conformance),
    );
  }

  /**
   * The first path found, leaf first, root last.
   *
   * @throws {X509Error} as `verifyChain`.
   */
  findPath(leaf: Certificate): readonly Certificate[] {
    const purposes = narrowedPurposes(undefined, leaf);
    const defect =
      certificateDefect(leaf, this.#options.at) ??
      conformanceDefect(leaf, 'leaf', this.#conformance) ??
      this.#altNamesDefect(leaf) ??
      this.#purposeDefect(purposes) ??
      keyDefect(leaf);
    if (defect !== undefined) throw defect;
    const path = this.#extend([leaf], purposes);
    if (path !== undefined) return path;
    throw this.#failure ?? this.#pool.firstDefectAbove(leaf) ?? noPath();
  }

  get #conformance(): Conformance {
    return this.#options.conformance ?? 'strict';
  }

  /** The first path found that begins with the one given, which is sound so far and leaves those purposes. */
  #extend(path: readonly Certificate[], purposes: CommonPurposes): readonly Certificate[] | undefined {
    for (const candidate of this.#pool.issuersOf(lastOf(path))) {
      this.#budget.takeStep();
      if (isDetour(path, candidate)) continue;
      if (candidate.defect === undefined && candidate.distance === undefined) continue;
      const left = narrowedPurposes(purposes, candidate.certificate);
      const defect = candidate.defect ?? this.#purposeDefect(left) ?? this.#defect(path, candidate);
      if (defect !== undefined) {
        this.#note(defect, path.length);
        continue;
      }
      const longer = [...path, candidate.certificate];
      const found = candidate.isRoot ? longer : this.#extend(longer, left);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  // Cheap checks first, signatures last.
  #defect(path: readonly Certificate[], candidate: Candidate): Defect {
    const issuer = candidate.certificate;
    return (
      this.#lengthDefect(path, candidate) ??
      pathLengthDefect(path, issuer) ??
      this.#authorityKeyIdDefect(lastOf(path), issuer) ??
      this.#altNamesDefect(issuer) ??
      this.#nameConstraintsDefect(path, issuer) ??
      this.#signatureDefect(lastOf(path), issuer) ??
      (candidate.isRoot ? this.#rootKeyIdDefect(issuer) : undefined)
    );
  }

  #purposeDefect(purposes: CommonPurposes): Defect {
    return purposeDefect(purposes, this.#options.requiredExtKeyUsage ?? []);
  }

  #lengthDefect(path: readonly Certificate[], { certificate, isRoot }: Candidate): Defect {
    if (isRoot) return undefined;
    const most = this.#options.maxIntermediates ?? DEFAULT_MAX_INTERMEDIATES;
    if (path.length < MAX_PATH && countedAuthorities([...path, certificate]) <= most) return undefined;
    return new X509Error('ERR_X509_CHAIN_TOO_LONG', 'path has too many certificates');
  }

  // RFC 5280 §4.2.1.1: only who is signed with its own key need not say whose key that was.
  #authorityKeyIdDefect(certificate: Certificate, issuer: Certificate): Defect {
    if (this.#conformance !== 'strict' || hasSameKey(certificate, issuer)) return undefined;
    return authorityKeyIdDefect(certificate);
  }

  #rootKeyIdDefect(root: Certificate): Defect {
    if (this.#conformance !== 'strict' || isSelfIssued(root)) return undefined;
    return authorityKeyIdDefect(root) && this.#signatureDefect(root, root) && authorityKeyIdDefect(root);
  }

  #altNamesDefect(certificate: Certificate): Defect {
    if (this.#conformance !== 'strict') return undefined;
    return remembered(this.#altNames, certificate, () => altNamesDefect(certificate));
  }

  #nameConstraintsDefect(path: readonly Certificate[], issuer: Certificate): Defect {
    return nameConstraintsDefect(
      path,
      issuer,
      (certificate) => this.#namesOf(certificate),
      (comparisons) => {
        this.#budget.takeNames(comparisons);
      },
    );
  }

  #namesOf(certificate: Certificate): readonly ConstrainedName[] {
    return remembered(this.#names, certificate, () => {
      this.#budget.takeNames(COST_OF_NAME * countConstrainedNames(certificate));
      return constrainedNames(certificate);
    });
  }

  #signatureDefect(certificate: Certificate, issuer: Certificate): Defect {
    const byIssuer = remembered(this.#signatures, certificate, () => new Map<Certificate, Defect>());
    return remembered(byIssuer, issuer, () => {
      this.#budget.takeSignature(signatureCost(issuer));
      return signatureDefect(certificate, issuer);
    });
  }

  #note(failure: X509Error, depth: number): void {
    if (depth <= this.#failureDepth) return;
    this.#failure = failure;
    this.#failureDepth = depth;
  }
}

function remembered<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  if (!known.has(key)) known.set(key, make());
  return known.get(key) as V;
}

function lastOf(path: readonly Certificate[]): Certificate {
  return path[path.length - 1] as Certificate;
}

// The same name and key twice would only be a detour: what the first issued, the second issued too. Except that a root
// presented as a leaf has nobody but itself above it.
function isDetour(path: readonly Certificate[], { certificate, isRoot }: Candidate): boolean {
  if (isRoot && path.length === 1) return false;
  return path.some(
    (each) => each.comparableSubject === certificate.comparableSubject && hasSameKey(each, certificate),
  );
}

function hasSameKey(a: Certificate, b: Certificate): boolean {
  return Buffer.compare(a.spkiDer, b.spkiDer) === 0;
}

function noPath(): X509Error {
  return new X509Error('ERR_X509_NO_PATH', 'no issuer leads to a trusted root');
}
