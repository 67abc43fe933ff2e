/** Asks for the digest of the open file, which must hold exactly `size` bytes. */
export interface HashRequest {
  readonly fd: number;
  readonly size: number;
}

/** The digest in lower-case hex, or why there is none. */
export type HashReply = { readonly sha256: string } | { readonly problem: string };
