export type {
  ConfigProblem,
  ConfigProblems,
  ConfigValue,
  LogFields,
  PluginConfig,
  PluginFactory,
  PluginHost,
  PluginKind,
  PluginLogger,
} from './kinds/plugin.ts';
export type { KeyManager, KeyManagerFactory, ManagedKey } from './kinds/key-manager.ts';
export type {
  AgentNodeAttestor,
  AgentNodeAttestorFactory,
  AgentPluginHost,
  AttestationContext,
  JoinTokenSource,
  JoinTokenStore,
  NodeAttestation,
  NodeAttestationAttempt,
  ServerNodeAttestor,
  ServerNodeAttestorFactory,
  ServerPluginHost,
} from './kinds/node-attestor.ts';
export type {
  WorkloadAttestor,
  WorkloadAttestorFactory,
  WorkloadProcess,
} from './kinds/workload-attestor.ts';
export { laterNodeAttestors } from './node-attestor/later-node-attestors.ts';
