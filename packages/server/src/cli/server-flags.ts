import { type Flag, flag, outputFlag, serverSocketFlags, type SocketFlags } from '@signet/daemon';

/** `-socketPath`, `-instance`, `-output` */
export interface ApiFlags extends SocketFlags {
  readonly [name: string]: Flag<unknown>;
  readonly output: Flag<string>;
}

/** The flags of every command that talks to the server's API. */
export const apiFlags: ApiFlags = { ...serverSocketFlags, ...outputFlag };

/** `-spiffeID` of the commands that act on one agent. */
export function agentIdFlag(what: string): { readonly spiffeID: Flag<string> } {
  return { spiffeID: flag.text(`The SPIFFE ID of the agent to ${what} (agent identity)`) };
}
