/** One step of the schema; applied in one transaction together with its row in the version table. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}
