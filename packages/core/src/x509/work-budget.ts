import { X509Error } from '../errors.ts';

const MAX_STEPS = 5000;
const MAX_SIGNATURE_COST = 100;
const MAX_NAME_COST = 150_000;

/**
 * What one verification may still cost, so that nobody can keep a verifier busy with certificates made for it. Each
 * method throws when what it takes is more than is left.
 *
 * @throws {X509Error} `ERR_X509_WORK_LIMIT`.
 */
export class WorkBudget {
  #steps = MAX_STEPS;
  #signatureCost = MAX_SIGNATURE_COST;
  #nameCost = MAX_NAME_COST;

  /** Looking at one issuer for one path. */
  takeStep(): void {
    if (--this.#steps < 0) throw workLimit();
  }

  /** Verifying a signature; the cost is in signatures on P-256. */
  takeSignature(cost: number): void {
    this.#signatureCost -= cost;
    if (this.#signatureCost < 0) throw workLimit();
  }

  /** Comparing names to constraints; the cost is in comparisons of one to one. */
  takeNames(cost: number): void {
    this.#nameCost -= cost;
    if (this.#nameCost < 0) throw workLimit();
  }
}

/** The error that says so. */
export function workLimit(): X509Error {
  return new X509Error('ERR_X509_WORK_LIMIT', 'too many certificates or possible paths to verify');
}
