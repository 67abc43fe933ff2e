/** What verifiers go by that have no feed. */
export interface StatusDocuments {
  /** One per authority that still has valid SVIDs, DER. */
  readonly crls: readonly Uint8Array[];
  /** Signed status list tokens. */
  readonly statusLists: readonly string[];
  /** Newest revocation that they take into account. */
  readonly revocation: number;
}

/** Where they come from. */
export interface StatusDocumentSource {
  current(): Promise<StatusDocuments>;
  /** Calls the listener when there are new ones. @returns ends it. */
  onChange(listener: () => void): () => void;
}

/** A server without such documents. */
export const noStatusDocuments: StatusDocumentSource = {
  current: () => Promise.resolve({ crls: [], statusLists: [], revocation: 0 }),
  onChange: () => () => undefined,
};
