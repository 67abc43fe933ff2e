import { type Flag, outputFlag, serverSocketFlags, type SocketFlags } from '@signet/daemon';

/** `-socketPath`, `-instance`, `-output` */
export interface ApiFlags extends SocketFlags {
  readonly [name: string]: Flag<unknown>;
  readonly output: Flag<string>;
}

/** The flags of every command that talks to the server's API. */
export const apiFlags: ApiFlags = { ...serverSocketFlags, ...outputFlag };
