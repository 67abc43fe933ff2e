/** What the driver tells a worker. */
export type WorkerOrder =
  | { readonly order: 'begin'; readonly count: number; readonly ttl: number }
  /** ends all of its tasks */
  | { readonly order: 'finish' }
  /** ends by itself */
  | { readonly order: 'exit' };

/** A task with credentials that were issued in it: as if they had been stolen. */
export interface TaskLoot {
  readonly id: string;
  /** By the server's clock. */
  readonly deadline: number;
  readonly chainPem: string;
  readonly keyPem: string;
  readonly token: string;
  /** When the certificate expires, seconds since the epoch. */
  readonly expiresAt: number;
}

/** What a worker tells the driver. */
export type WorkerReport =
  | { readonly event: 'ready' }
  | { readonly event: 'begun'; readonly tasks: readonly TaskLoot[] }
  | { readonly event: 'failed'; readonly reason: string }
  | { readonly event: 'ended'; readonly id: string; readonly end: string };

/** What a peer tells the driver. */
export interface PeerReport {
  readonly event: 'listening';
  readonly port: number;
}

/** Who the tokens of tasks are for. */
export const AUDIENCE = 'driver';
export const WORKER = 'spiffe://example.org/worker';
