import { parentPort } from 'node:worker_threads';
import { parseSpiffeId } from '@signet/core';
import { type KeyAndRequest, makeKeyAndRequest, type WorkloadKeyType } from './certificate-request.ts';

/** What the main thread asks for. */
export interface KeyOrder {
  readonly type: WorkloadKeyType;
  readonly uris: readonly string[];
}

/** One key and request for each URI, in order. */
export type KeyDelivery = readonly KeyAndRequest[];

parentPort?.on('message', (order: KeyOrder) => {
  const delivery: KeyDelivery = order.uris.map((uri) =>
    owned(makeKeyAndRequest(order.type, parseSpiffeId(uri))),
  );
  const buffers = delivery.flatMap((made) => Object.values(made).map((bytes: Uint8Array) => bytes.buffer));
  parentPort?.postMessage(delivery, buffers as ArrayBuffer[]);
});

/** The same bytes, each in memory of its own: small Buffers share a pool, which would be sent as a whole. */
function owned(made: KeyAndRequest): KeyAndRequest {
  return {
    spkiDer: new Uint8Array(made.spkiDer),
    keyPkcs8: new Uint8Array(made.keyPkcs8),
    csrDer: new Uint8Array(made.csrDer),
  };
}
