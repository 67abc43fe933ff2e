import type { ErrorCode } from '@signet/core';

/** Why an operation does not do what was asked; plain data, so that it crosses threads. */
export interface RefusalRecord {
  readonly code: ErrorCode;
  readonly message: string;
}
