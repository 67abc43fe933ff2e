import type { WireSPIFFEIDOutput } from '@signet/api';
import { type Flag, flag, flagError } from '@signet/daemon';
import { spiffeIdArgument } from './arguments.ts';

/** `-spiffeID` of the commands that act on one agent. */
export function agentIdFlag(verb: string): { readonly spiffeID: Flag<string> } {
  return { spiffeID: flag.text(`SPIFFE ID of the agent to ${verb}, as "agent list" prints it`) };
}

/** The agent that the flag names. @throws {ConfigError} `ERR_CONFIG_FLAG` when it names none. */
export function agentIdArgument(text: string): WireSPIFFEIDOutput {
  if (text === '') throw flagError('a SPIFFE ID is required');
  return spiffeIdArgument(text);
}
