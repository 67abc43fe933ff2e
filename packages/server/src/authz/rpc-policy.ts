import { type ServerRpc } from '@signet/api';

/** Who a caller can be; a call is allowed when the caller is at least one of the classes of its row. */
export type CallerClass = 'any' | 'local' | 'admin' | 'downstream' | 'agent';

/** The token bucket a method draws from; rpc/limits.ts holds their sizes. */
export type RateLimitName =
  'attest' | 'csr' | 'jwt' | 'wit' | 'push-key' | 'post-status' | 'feed' | 'revoke' | 'task-begin' | 'task';

/** One row of the table: who may call the method, whether it does anything yet, what limits its rate. */
export interface RpcRule {
  readonly allow: readonly CallerClass[];
  /** A method that is not built answers UNIMPLEMENTED to those who may call it. */
  readonly built: boolean;
  readonly limit: RateLimitName | 'none';
}

const rule = (built: boolean, limit: RpcRule['limit'], ...allow: readonly CallerClass[]): RpcRule => ({
  allow,
  built,
  limit,
});
const managed = rule(true, 'none', 'local', 'admin');
const managedTasks = rule(true, 'task', 'local', 'admin');
const managedLater = rule(false, 'none', 'local', 'admin');
const agents = rule(true, 'none', 'agent');
const agentTasks = rule(true, 'task', 'agent');
const localOnly = rule(true, 'none', 'local');
const localLater = rule(false, 'none', 'local');

/**
 * Who may call each RPC: the whole authorization policy of the server on one screen.
 *
 * A method that is missing here does not compile; a method path that is not a key here is refused.
 * Being local or admin gives no right to the methods of agents and downstream servers.
 *
 * @spec SPIRE policy_data.json (spire-server-api §3)
 */
export const rpcPolicy: Readonly<Record<ServerRpc, RpcRule>> = {
  '/spire.api.server.agent.v1.Agent/AttestAgent': rule(true, 'attest', 'any'),
  '/spire.api.server.agent.v1.Agent/CountAgents': managed,
  '/spire.api.server.agent.v1.Agent/ListAgents': managed,
  '/spire.api.server.agent.v1.Agent/GetAgent': managed,
  '/spire.api.server.agent.v1.Agent/DeleteAgent': managed,
  '/spire.api.server.agent.v1.Agent/BanAgent': managed,
  '/spire.api.server.agent.v1.Agent/CreateJoinToken': managed,
  '/spire.api.server.agent.v1.Agent/RenewAgent': rule(true, 'csr', 'agent'),
  '/spire.api.server.agent.v1.Agent/PostStatus': rule(true, 'post-status', 'agent'),

  '/spire.api.server.bundle.v1.Bundle/GetBundle': rule(true, 'none', 'any'),
  '/spire.api.server.bundle.v1.Bundle/AppendBundle': managed,
  '/spire.api.server.bundle.v1.Bundle/CountBundles': managed,
  '/spire.api.server.bundle.v1.Bundle/ListFederatedBundles': managed,
  '/spire.api.server.bundle.v1.Bundle/GetFederatedBundle': rule(true, 'none', 'local', 'admin', 'agent'),
  '/spire.api.server.bundle.v1.Bundle/BatchCreateFederatedBundle': managed,
  '/spire.api.server.bundle.v1.Bundle/BatchUpdateFederatedBundle': managed,
  '/spire.api.server.bundle.v1.Bundle/BatchSetFederatedBundle': managed,
  '/spire.api.server.bundle.v1.Bundle/BatchDeleteFederatedBundle': managed,
  '/spire.api.server.bundle.v1.Bundle/PublishJWTAuthority': rule(true, 'push-key', 'downstream'),
  '/spire.api.server.bundle.v1.Bundle/PublishWITAuthority': rule(false, 'push-key', 'downstream'),

  '/spire.api.server.entry.v1.Entry/CountEntries': managed,
  '/spire.api.server.entry.v1.Entry/ListEntries': managed,
  '/spire.api.server.entry.v1.Entry/GetEntry': managed,
  '/spire.api.server.entry.v1.Entry/BatchCreateEntry': managed,
  '/spire.api.server.entry.v1.Entry/BatchUpdateEntry': managed,
  '/spire.api.server.entry.v1.Entry/BatchDeleteEntry': managed,
  '/spire.api.server.entry.v1.Entry/GetAuthorizedEntries': agents,
  '/spire.api.server.entry.v1.Entry/SyncAuthorizedEntries': agents,

  '/spire.api.server.svid.v1.SVID/MintX509SVID': managed,
  '/spire.api.server.svid.v1.SVID/MintJWTSVID': managed,
  '/spire.api.server.svid.v1.SVID/MintWITSVID': managedLater,
  '/spire.api.server.svid.v1.SVID/BatchNewX509SVID': rule(true, 'csr', 'agent'),
  '/spire.api.server.svid.v1.SVID/NewJWTSVID': rule(true, 'jwt', 'agent'),
  '/spire.api.server.svid.v1.SVID/BatchNewWITSVID': rule(false, 'wit', 'agent'),
  '/spire.api.server.svid.v1.SVID/NewDownstreamX509CA': rule(false, 'csr', 'downstream'),

  '/spire.api.server.trustdomain.v1.TrustDomain/ListFederationRelationships': managedLater,
  '/spire.api.server.trustdomain.v1.TrustDomain/GetFederationRelationship': managedLater,
  '/spire.api.server.trustdomain.v1.TrustDomain/BatchCreateFederationRelationship': managedLater,
  '/spire.api.server.trustdomain.v1.TrustDomain/BatchUpdateFederationRelationship': managedLater,
  '/spire.api.server.trustdomain.v1.TrustDomain/BatchDeleteFederationRelationship': managedLater,
  '/spire.api.server.trustdomain.v1.TrustDomain/RefreshBundle': managedLater,

  '/spire.api.server.localauthority.v1.LocalAuthority/GetJWTAuthorityState': managedLater,
  '/spire.api.server.localauthority.v1.LocalAuthority/PrepareJWTAuthority': managedLater,
  '/spire.api.server.localauthority.v1.LocalAuthority/ActivateJWTAuthority': managedLater,
  '/spire.api.server.localauthority.v1.LocalAuthority/TaintJWTAuthority': managedLater,
  '/spire.api.server.localauthority.v1.LocalAuthority/RevokeJWTAuthority': managedLater,
  '/spire.api.server.localauthority.v1.LocalAuthority/GetX509AuthorityState': managedLater,
  '/spire.api.server.localauthority.v1.LocalAuthority/PrepareX509Authority': managedLater,
  '/spire.api.server.localauthority.v1.LocalAuthority/ActivateX509Authority': managedLater,
  '/spire.api.server.localauthority.v1.LocalAuthority/TaintX509Authority': managedLater,
  '/spire.api.server.localauthority.v1.LocalAuthority/TaintX509UpstreamAuthority': managedLater,
  '/spire.api.server.localauthority.v1.LocalAuthority/RevokeX509Authority': managedLater,
  '/spire.api.server.localauthority.v1.LocalAuthority/RevokeX509UpstreamAuthority': managedLater,
  '/spire.api.server.localauthority.v1.LocalAuthority/GetWITAuthorityState': managedLater,
  '/spire.api.server.localauthority.v1.LocalAuthority/PrepareWITAuthority': managedLater,
  '/spire.api.server.localauthority.v1.LocalAuthority/ActivateWITAuthority': managedLater,
  '/spire.api.server.localauthority.v1.LocalAuthority/TaintWITAuthority': managedLater,
  '/spire.api.server.localauthority.v1.LocalAuthority/RevokeWITAuthority': managedLater,

  '/signet.agent.v1.AgentFeed/Connect': rule(true, 'feed', 'agent'),
  '/signet.agent.v1.AgentFeed/GetStatusDocuments': rule(true, 'feed', 'agent'),
  '/signet.agent.v1.AgentTask/BeginTask': rule(true, 'task-begin', 'agent'),
  '/signet.agent.v1.AgentTask/EndTasks': agentTasks,
  '/signet.agent.v1.AgentTask/ListTasks': agentTasks,
  '/signet.agent.v1.AgentTask/ListTaskEntries': agentTasks,
  '/signet.agent.v1.AgentTask/NewX509SVID': rule(true, 'csr', 'agent'),
  '/signet.agent.v1.AgentTask/NewJWTSVID': rule(true, 'jwt', 'agent'),
  '/signet.server.ledger.v1.Ledger/ListSVIDs': managed,
  '/signet.server.revocation.v1.Revocation/Revoke': rule(true, 'revoke', 'local', 'admin'),
  '/signet.server.revocation.v1.Revocation/ListRevocations': managed,
  '/signet.server.task.v1.Task/ListTasks': managed,
  '/signet.server.task.v1.Task/GetTask': managed,
  '/signet.server.task.v1.Task/BeginTask': rule(true, 'task-begin', 'local', 'admin'),
  '/signet.server.task.v1.Task/EndTask': managedTasks,
  '/signet.server.task.v1.Task/CreateTaskEntry': managedTasks,
  '/signet.server.task.v1.Task/SetTaskPolicy': managedTasks,
  '/signet.server.task.v1.Task/GetTaskPolicy': managed,
  '/signet.server.task.v1.Task/ListTaskPolicies': managed,

  '/spire.api.server.debug.v1.Debug/GetInfo': localLater,
  '/spire.api.server.logger.v1.Logger/GetLogger': localLater,
  '/spire.api.server.logger.v1.Logger/SetLogLevel': localLater,
  '/spire.api.server.logger.v1.Logger/ResetLogLevel': localLater,
  '/grpc.health.v1.Health/Check': localOnly,
  '/grpc.health.v1.Health/Watch': localLater,
  '/grpc.health.v1.Health/List': localLater,
};

/** @returns the rule of a method path; undefined means refused (default deny). */
export function ruleFor(method: string): RpcRule | undefined {
  return Object.hasOwn(rpcPolicy, method) ? rpcPolicy[method as ServerRpc] : undefined;
}
