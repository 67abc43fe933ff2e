import type { FileHandle } from 'node:fs/promises';
import type { Selector } from '@signet/core';
import type { AgentPluginHost } from './node-attestor.ts';
import type { PluginFactory } from './plugin.ts';

/**
 * A process that called the agent, held so that it cannot be confused with another of the same pid.
 *
 * Every reader reads that very process and rejects once it is gone. What was read counts only after the agent has
 * checked, at the end of attestation, that it is still the same process and program.
 */
export interface WorkloadProcess {
  readonly pid: number;
  /** effective user and group, told by the kernel when the process connected. */
  readonly uid: number;
  readonly gid: number;
  /** equal for users who share what is divided fairly among users. */
  readonly share: string;
  /** of the file system that its program is on; undefined when the kernel does not let us see it. */
  readonly programDevice: bigint | undefined;
  /** Supplementary group IDs, in the kernel's order. */
  supplementaryGids(): Promise<readonly number[]>;
  /**
   * Whether what the kernel says of its program can be believed. It cannot of a process in a user namespace other than the
   * agent's: whoever is root there may name another program, and another writer of what it sends.
   * To be asked after the program was looked at.
   */
  hasCertainProgram(): Promise<boolean>;
  /** What `/proc/PID/exe` points to, as the kernel writes it, with its ` (deleted)` when it says so. */
  exePath(): Promise<string>;
  /** Opens `/proc/PID/exe` itself for reading, which is the running file whatever its path holds now. The caller closes it. */
  openExe(): Promise<FileHandle>;
}

/** Says what is true of a workload. */
export interface WorkloadAttestor {
  /** the selector type, which is the plugin's name. */
  readonly type: string;
  /**
   * The workload's selectors, with their type; empty when the workload is not of this attestor's world.
   *
   * @throws {AttestationError} `ERR_ATTESTATION_FAILED` when something that it is to tell could not be found out.
   */
  attest(workload: WorkloadProcess, options: { readonly signal: AbortSignal }): Promise<readonly Selector[]>;
  close(): Promise<void>;
}

/** How workload attestors are made. */
export type WorkloadAttestorFactory = PluginFactory<'WorkloadAttestor', WorkloadAttestor, AgentPluginHost>;
