import { X509Error } from '../errors.ts';
import { type UnixSeconds } from '../time.ts';
import { type Certificate } from './certificate.ts';
import { conformanceDefect } from './certificate-conformance.ts';
import { type Candidate, CertificatePool } from './certificate-pool.ts';
import {
  authorityDefect,
  certificateDefect,
  countedAuthorities,
  keyDefect,
  nameConstraintsDefect,
  pathLengthDefect,
  purposeDefect,
  signatureDefect,
} from './issuer-check.ts';

/** What a chain is verified against. */
export interface VerifyChainOptions {
  /** Untrusted certificates that may lie between leaf and root, in any order. */
  readonly intermediates: readonly Certificate[];
  /** Trust anchors. Their own dates, constraints and extensions count like those of any CA. */
  readonly roots: readonly Certificate[];
  readonly at: UnixSeconds;
  /** Object identifiers of purposes that every certificate listing purposes must list; none by default. */
  readonly requiredExtKeyUsage?: readonly string[];
  /** CAs between leaf and root, those that issued themselves not counted; 8 by default. */
  readonly maxIntermediates?: number;
  /**
   * `strict`, the default, also holds every certificate to what RFC 5280 demands of issuers; `path-only` asks no more
   * than path validation does, for hand-made hierarchies.
   */
  readonly conformance?: 'strict' | 'path-only';
}

const MAX_POOL = 256;
const DEFAULT_MAX_INTERMEDIATES = 8;
const MAX_PATH = 20;
const MAX_SIGNATURES = 100;
const MAX_STEPS = 5000;
const MAX_NAME_COMPARISONS = 250_000;

/**
 * Finds a path from a certificate to a trust anchor that passes RFC 5280 path validation.
 *
 * Every issuer that fits by name is tried, those that look best first, until a path holds or the work allowed is used
 * up. Revocation and certificate policies are not looked at; a chain that depends on policy constraints is refused.
 *
 * @returns the path, leaf first, root last.
 * @throws {X509Error} the reason that stopped the most promising path: `ERR_X509_EXPIRED`, `ERR_X509_NOT_YET_VALID`,
 *   `ERR_X509_CRITICAL_EXTENSION`, `ERR_X509_NOT_CA`, `ERR_X509_KEY_USAGE`, `ERR_X509_PATH_LENGTH`,
 *   `ERR_X509_NAME_CONSTRAINTS`, `ERR_X509_EXT_KEY_USAGE`, `ERR_X509_SIGNATURE`, `ERR_X509_SIGNATURE_ALGORITHM`,
 *   `ERR_X509_CHAIN_TOO_LONG`, `ERR_KEY_*`; where RFC 5280 is not kept `ERR_X509_SUBJECT`, `ERR_X509_EXTENSION`,
 *   `ERR_X509_BASIC_CONSTRAINTS`, `ERR_X509_KEY_IDENTIFIER`; `ERR_X509_NO_PATH` no issuer leads to a root;
 *   `ERR_X509_WORK_LIMIT` too many certificates or too much to try.
 * @spec RFC 5280 §6.1; RFC 4158
 */
export function verifyChain(leaf: Certificate, options: VerifyChainOptions): readonly Certificate[] {
  if (!Number.isFinite(options.at)) throw new TypeError('at must be a time');
  if (options.intermediates.length + options.roots.length > MAX_POOL) throw workLimit();
  const search = new PathSearch(options);
  search.requireUsableLeaf(leaf);
  return search.extend([leaf]) ?? search.fail(leaf);
}

class PathSearch {
  readonly #options: VerifyChainOptions;
  readonly #pool: CertificatePool;
  readonly #signatures = new Map<Certificate, Map<Certificate, X509Error | undefined>>();
  #signaturesLeft = MAX_SIGNATURES;
  #stepsLeft = MAX_STEPS;
  #comparisonsLeft = MAX_NAME_COMPARISONS;
  #failure: X509Error | undefined;
  #failureDepth = 0;

  constructor(options: VerifyChainOptions) {
    this.#options = options;
    this.#pool = new CertificatePool(
      options.roots,
      options.intermediates,
      (certificate) =>
        certificateDefect(certificate, options.at) ??
        authorityDefect(certificate) ??
        this.#conformanceDefect(certificate, true),
    );
  }

  requireUsableLeaf(leaf: Certificate): void {
    const defect =
      certificateDefect(leaf, this.#options.at) ??
      this.#conformanceDefect(leaf, false) ??
      purposeDefect([leaf], this.#options.requiredExtKeyUsage ?? []) ??
      keyDefect(leaf);
    if (defect !== undefined) throw defect;
  }

  /** The first path found that begins with the one given, which is sound so far. */
  extend(path: readonly Certificate[]): readonly Certificate[] | undefined {
    const last = path[path.length - 1] as Certificate;
    for (const candidate of this.#pool.issuersOf(last)) {
      if (--this.#stepsLeft < 0) throw workLimit();
      if (isDetour(path, candidate)) continue;
      if (candidate.defect === undefined && candidate.distance === undefined) continue;
      const defect = this.#defect(path, last, candidate);
      if (defect !== undefined) {
        this.#note(defect, path.length);
        continue;
      }
      const longer = [...path, candidate.certificate];
      const found = candidate.isRoot ? longer : this.extend(longer);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  fail(leaf: Certificate): never {
    throw this.#failure ?? this.#pool.firstDefectAbove(leaf) ?? noPath();
  }

  // Cheap checks first, signatures last.
  #defect(path: readonly Certificate[], last: Certificate, candidate: Candidate): X509Error | undefined {
    const issuer = candidate.certificate;
    if (candidate.defect !== undefined) return candidate.defect;
    return (
      this.#lengthDefect(path, candidate) ??
      pathLengthDefect(path, issuer) ??
      purposeDefect([...path, issuer], this.#options.requiredExtKeyUsage ?? []) ??
      nameConstraintsDefect(path, issuer, (comparisons) => {
        this.#spendComparisons(comparisons);
      }) ??
      this.#signatureDefect(last, issuer)
    );
  }

  #conformanceDefect(certificate: Certificate, isIssuer: boolean): X509Error | undefined {
    return this.#options.conformance === 'path-only' ? undefined : conformanceDefect(certificate, isIssuer);
  }

  #lengthDefect(path: readonly Certificate[], { certificate, isRoot }: Candidate): X509Error | undefined {
    if (isRoot) return undefined;
    const most = this.#options.maxIntermediates ?? DEFAULT_MAX_INTERMEDIATES;
    if (path.length < MAX_PATH && countedAuthorities([...path, certificate]) <= most) return undefined;
    return new X509Error('ERR_X509_CHAIN_TOO_LONG', 'path has too many certificates');
  }

  #signatureDefect(certificate: Certificate, issuer: Certificate): X509Error | undefined {
    const byIssuer = this.#signatures.get(certificate) ?? new Map<Certificate, X509Error | undefined>();
    if (byIssuer.has(issuer)) return byIssuer.get(issuer);
    if (--this.#signaturesLeft < 0) throw workLimit();
    const defect = signatureDefect(certificate, issuer);
    this.#signatures.set(certificate, byIssuer.set(issuer, defect));
    return defect;
  }

  #spendComparisons(comparisons: number): void {
    this.#comparisonsLeft -= comparisons;
    if (this.#comparisonsLeft < 0) throw workLimit();
  }

  #note(failure: X509Error, depth: number): void {
    if (depth <= this.#failureDepth) return;
    this.#failure = failure;
    this.#failureDepth = depth;
  }
}

// The same name and key twice would only be a detour: what the first issued, the second issued too. Except that a root
// presented as a leaf has nobody but itself above it.
function isDetour(path: readonly Certificate[], { certificate, isRoot }: Candidate): boolean {
  if (isRoot && path.length === 1) return false;
  return path.some(
    (each) =>
      each.comparableSubject === certificate.comparableSubject &&
      Buffer.compare(each.spkiDer, certificate.spkiDer) === 0,
  );
}

function noPath(): X509Error {
  return new X509Error('ERR_X509_NO_PATH', 'no issuer leads to a trusted root');
}

function workLimit(): X509Error {
  return new X509Error('ERR_X509_WORK_LIMIT', 'too many certificates or possible paths to verify');
}
