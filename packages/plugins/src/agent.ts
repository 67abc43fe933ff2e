import { x509popAgentAttestor } from './node-attestor/x509pop/agent.ts';
import { joinTokenAgentAttestor } from './node-attestor/join-token/agent.ts';
import { unixWorkloadAttestor } from './workload-attestor/unix/agent.ts';
import { diskKeyManager } from './key-manager/disk/agent.ts';
import { memoryKeyManager } from './key-manager/memory/memory-key-manager.ts';
import type { KeyManagerFactory } from './kinds/key-manager.ts';
import type { AgentNodeAttestorFactory } from './kinds/node-attestor.ts';
import type { WorkloadAttestorFactory } from './kinds/workload-attestor.ts';

/** The agent's built-in plugins by kind, as the `plugins` block names them. */
export interface AgentPlugins {
  readonly KeyManager: readonly KeyManagerFactory[];
  readonly NodeAttestor: readonly AgentNodeAttestorFactory[];
  readonly WorkloadAttestor: readonly WorkloadAttestorFactory[];
}

/** All built-in plugins of the agent. */
export const agentPlugins: AgentPlugins = {
  KeyManager: [diskKeyManager, memoryKeyManager],
  NodeAttestor: [joinTokenAgentAttestor, x509popAgentAttestor],
  WorkloadAttestor: [unixWorkloadAttestor],
};

export type { KeyManager, KeyManagerFactory, ManagedKey } from './kinds/key-manager.ts';
export type {
  AgentNodeAttestor,
  AgentNodeAttestorFactory,
  AgentPluginHost,
  JoinTokenSource,
  NodeAttestationAttempt,
} from './kinds/node-attestor.ts';
export type {
  WorkloadAttestor,
  WorkloadAttestorFactory,
  WorkloadProcess,
} from './kinds/workload-attestor.ts';
