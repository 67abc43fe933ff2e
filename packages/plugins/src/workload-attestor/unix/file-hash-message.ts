/** Asks for the next piece of the digest of an open file, which must hold exactly `size` bytes. */
export interface HashRequest {
  /** which digest this is a piece of; one that begins at 0 begins anew. */
  readonly job: number;
  readonly fd: number;
  readonly size: number;
  readonly at: number;
}

/** How far it got, or the digest in lower-case hex, or why there is none. */
export type HashReply = { readonly at: number } | { readonly sha256: string } | { readonly problem: string };

/** Says that nothing more of a digest will be asked for. */
export interface HashForget {
  readonly forget: number;
}
