/** A length of time in whole seconds, as TTLs and refresh hints use it. */
export type Seconds = number;

/** A point in time in whole seconds since 1970-01-01T00:00:00Z; 0 means "none" where a field says so. */
export type UnixSeconds = number;
