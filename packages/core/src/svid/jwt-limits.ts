/** Longest token in bytes that is looked at, 16 KiB: far beyond any real one, far below what costs time. */
export const MAX_JWT_BYTES = 16_384;

/** Most audiences in one token. */
export const MAX_JWT_AUDIENCES = 32;

/** Longest difference of clocks that is forgiven, in seconds. */
export const MAX_JWT_LEEWAY_SECONDS = 60;
