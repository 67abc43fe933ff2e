import { packageDefinition } from './definitions.ts';
import type { AgentDefinition } from './gen/spire/api/server/agent/v1/Agent.ts';
import type { BundleDefinition } from './gen/spire/api/server/bundle/v1/Bundle.ts';
import type { DebugDefinition as ServerDebugDefinition } from './gen/spire/api/server/debug/v1/Debug.ts';
import type { EntryDefinition } from './gen/spire/api/server/entry/v1/Entry.ts';
import type { LocalAuthorityDefinition } from './gen/spire/api/server/localauthority/v1/LocalAuthority.ts';
import type { LoggerDefinition as ServerLoggerDefinition } from './gen/spire/api/server/logger/v1/Logger.ts';
import type { SVIDDefinition as SvidDefinition } from './gen/spire/api/server/svid/v1/SVID.ts';
import type { TrustDomainDefinition } from './gen/spire/api/server/trustdomain/v1/TrustDomain.ts';
import type { HealthDefinition } from './gen/grpc/health/v1/Health.ts';
import type { ServerReflectionDefinition as ReflectionDefinition } from './gen/grpc/reflection/v1/ServerReflection.ts';
import type { SpiffeWorkloadAPIDefinition as WorkloadApiDefinition } from './gen/SpiffeWorkloadAPI.ts';
import type { APIDefinition as BrokerDefinition } from './gen/spiffe/broker/API.ts';
import type { SecretDiscoveryServiceDefinition as SecretDiscoveryDefinition } from './gen/envoy/service/secret/v3/SecretDiscoveryService.ts';
import type { DebugDefinition as AgentDebugDefinition } from './gen/spire/agent/debug/v1/Debug.ts';
import type { LoggerDefinition as AgentLoggerDefinition } from './gen/spire/api/agent/logger/v1/Logger.ts';
import type { AgentFeedDefinition } from './gen/signet/agent/v1/AgentFeed.ts';
import type { AgentTaskDefinition } from './gen/signet/agent/v1/AgentTask.ts';
import type { LedgerDefinition } from './gen/signet/server/ledger/v1/Ledger.ts';
import type { RevocationDefinition } from './gen/signet/server/revocation/v1/Revocation.ts';
import type { TaskDefinition } from './gen/signet/server/task/v1/Task.ts';
import type { WorkloadDefinition } from './gen/signet/workload/v1/Workload.ts';
import type { DelegatedIdentityDefinition } from './gen/spire/api/agent/delegatedidentity/v1/DelegatedIdentity.ts';

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- inferred from the constant's type
function service<Definition>(name: string): Definition {
  return packageDefinition[name] as unknown as Definition;
}

/** `spire.api.server.agent.v1.Agent` */
export const agentService: AgentDefinition = service('spire.api.server.agent.v1.Agent');
/** `spire.api.server.bundle.v1.Bundle` */
export const bundleService: BundleDefinition = service('spire.api.server.bundle.v1.Bundle');
/** `spire.api.server.debug.v1.Debug` */
export const serverDebugService: ServerDebugDefinition = service('spire.api.server.debug.v1.Debug');
/** `spire.api.server.entry.v1.Entry` */
export const entryService: EntryDefinition = service('spire.api.server.entry.v1.Entry');
/** `spire.api.server.localauthority.v1.LocalAuthority` */
export const localAuthorityService: LocalAuthorityDefinition = service(
  'spire.api.server.localauthority.v1.LocalAuthority',
);
/** `spire.api.server.logger.v1.Logger` */
export const serverLoggerService: ServerLoggerDefinition = service('spire.api.server.logger.v1.Logger');
/** `spire.api.server.svid.v1.SVID` */
export const svidService: SvidDefinition = service('spire.api.server.svid.v1.SVID');
/** `spire.api.server.trustdomain.v1.TrustDomain` */
export const trustDomainService: TrustDomainDefinition = service(
  'spire.api.server.trustdomain.v1.TrustDomain',
);
/** `grpc.health.v1.Health` */
export const healthService: HealthDefinition = service('grpc.health.v1.Health');
/** `grpc.reflection.v1.ServerReflection` */
export const reflectionService: ReflectionDefinition = service('grpc.reflection.v1.ServerReflection');
/** `SpiffeWorkloadAPI` */
export const workloadApiService: WorkloadApiDefinition = service('SpiffeWorkloadAPI');
/** `spiffe.broker.API` */
export const brokerService: BrokerDefinition = service('spiffe.broker.API');
/** `envoy.service.secret.v3.SecretDiscoveryService` */
export const secretDiscoveryService: SecretDiscoveryDefinition = service(
  'envoy.service.secret.v3.SecretDiscoveryService',
);
/** `spire.agent.debug.v1.Debug` */
export const agentDebugService: AgentDebugDefinition = service('spire.agent.debug.v1.Debug');
/** `spire.api.agent.logger.v1.Logger` */
export const agentLoggerService: AgentLoggerDefinition = service('spire.api.agent.logger.v1.Logger');
/** `spire.api.agent.delegatedidentity.v1.DelegatedIdentity` */
export const delegatedIdentityService: DelegatedIdentityDefinition = service(
  'spire.api.agent.delegatedidentity.v1.DelegatedIdentity',
);
/** `signet.agent.v1.AgentFeed` */
export const agentFeedService: AgentFeedDefinition = service('signet.agent.v1.AgentFeed');
/** `signet.agent.v1.AgentTask` */
export const agentTaskService: AgentTaskDefinition = service('signet.agent.v1.AgentTask');
/** `signet.server.ledger.v1.Ledger` */
export const ledgerService: LedgerDefinition = service('signet.server.ledger.v1.Ledger');
/** `signet.server.revocation.v1.Revocation` */
export const revocationService: RevocationDefinition = service('signet.server.revocation.v1.Revocation');
/** `signet.server.task.v1.Task` */
export const taskService: TaskDefinition = service('signet.server.task.v1.Task');
/** `signet.workload.v1.Workload` */
export const workloadService: WorkloadDefinition = service('signet.workload.v1.Workload');

type Named<T> = keyof { [K in keyof T as string extends K ? never : number extends K ? never : K]: T[K] } &
  string;

/** Method path of every RPC of the server APIs and the health service: `/package.Service/Method`. */
export type ServerRpc =
  | `/spire.api.server.agent.v1.Agent/${Named<AgentDefinition>}`
  | `/spire.api.server.bundle.v1.Bundle/${Named<BundleDefinition>}`
  | `/spire.api.server.debug.v1.Debug/${Named<ServerDebugDefinition>}`
  | `/spire.api.server.entry.v1.Entry/${Named<EntryDefinition>}`
  | `/spire.api.server.localauthority.v1.LocalAuthority/${Named<LocalAuthorityDefinition>}`
  | `/spire.api.server.logger.v1.Logger/${Named<ServerLoggerDefinition>}`
  | `/spire.api.server.svid.v1.SVID/${Named<SvidDefinition>}`
  | `/spire.api.server.trustdomain.v1.TrustDomain/${Named<TrustDomainDefinition>}`
  | `/signet.agent.v1.AgentFeed/${Named<AgentFeedDefinition>}`
  | `/signet.agent.v1.AgentTask/${Named<AgentTaskDefinition>}`
  | `/signet.server.ledger.v1.Ledger/${Named<LedgerDefinition>}`
  | `/signet.server.revocation.v1.Revocation/${Named<RevocationDefinition>}`
  | `/signet.server.task.v1.Task/${Named<TaskDefinition>}`
  | `/grpc.health.v1.Health/${Named<HealthDefinition>}`;

/** Method path of every RPC that an agent may serve. */
export type AgentRpc =
  | `/grpc.health.v1.Health/${Named<HealthDefinition>}`
  | `/grpc.reflection.v1.ServerReflection/${Named<ReflectionDefinition>}`
  | `/SpiffeWorkloadAPI/${Named<WorkloadApiDefinition>}`
  | `/signet.workload.v1.Workload/${Named<WorkloadDefinition>}`
  | `/spiffe.broker.API/${Named<BrokerDefinition>}`
  | `/envoy.service.secret.v3.SecretDiscoveryService/${Named<SecretDiscoveryDefinition>}`
  | `/spire.agent.debug.v1.Debug/${Named<AgentDebugDefinition>}`
  | `/spire.api.agent.logger.v1.Logger/${Named<AgentLoggerDefinition>}`
  | `/spire.api.agent.delegatedidentity.v1.DelegatedIdentity/${Named<DelegatedIdentityDefinition>}`;
