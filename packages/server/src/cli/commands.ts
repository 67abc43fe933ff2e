import { type Command } from '@signet/daemon';
import { agentBanCommand } from './agent-ban.ts';
import { agentCountCommand } from './agent-count.ts';
import { agentEvictCommand } from './agent-evict.ts';
import { agentListCommand } from './agent-list.ts';
import { agentPurgeCommand } from './agent-purge.ts';
import { agentRevokeCommand } from './agent-revoke.ts';
import { agentShowCommand } from './agent-show.ts';
import { bundleCountCommand } from './bundle-count.ts';
import { bundleDeleteCommand } from './bundle-delete.ts';
import { bundleListCommand } from './bundle-list.ts';
import { bundleSetCommand } from './bundle-set.ts';
import { bundleShowCommand } from './bundle-show.ts';
import { entryCountCommand } from './entry-count.ts';
import { entryCreateCommand } from './entry-create.ts';
import { entryDeleteCommand } from './entry-delete.ts';
import { entryRevokeCommand } from './entry-revoke.ts';
import { entryShowCommand } from './entry-show.ts';
import { entryUpdateCommand } from './entry-update.ts';
import { healthcheckCommand } from './healthcheck.ts';
import { jwtMintCommand } from './jwt-mint.ts';
import { revocationListCommand } from './revocation-list.ts';
import { runCommand } from './run.ts';
import { svidListCommand } from './svid-list.ts';
import { svidRevokeCommand } from './svid-revoke.ts';
import { taskBeginCommand } from './task-begin.ts';
import { taskEndCommand } from './task-end.ts';
import { taskListCommand } from './task-list.ts';
import { taskPolicyCommand } from './task-policy.ts';
import { taskShowCommand } from './task-show.ts';
import { tokenGenerateCommand } from './token-generate.ts';
import { validateCommand } from './validate.ts';
import { x509MintCommand } from './x509-mint.ts';

/** Every command of `signet-server`. A new one is a file and a line here. */
export const commands: readonly Command[] = [
  runCommand,
  validateCommand,
  healthcheckCommand,
  agentBanCommand,
  agentCountCommand,
  agentEvictCommand,
  agentListCommand,
  agentPurgeCommand,
  agentRevokeCommand,
  agentShowCommand,
  bundleCountCommand,
  bundleDeleteCommand,
  bundleListCommand,
  bundleSetCommand,
  bundleShowCommand,
  entryCountCommand,
  entryCreateCommand,
  entryDeleteCommand,
  entryRevokeCommand,
  entryShowCommand,
  entryUpdateCommand,
  jwtMintCommand,
  revocationListCommand,
  svidListCommand,
  svidRevokeCommand,
  taskBeginCommand,
  taskEndCommand,
  taskListCommand,
  taskPolicyCommand,
  taskShowCommand,
  tokenGenerateCommand,
  x509MintCommand,
];

/** What each group of commands is for. */
export const commandGroups: Readonly<Record<string, string>> = {
  agent: 'Attested agents: list, ban, evict',
  bundle: 'Bundles: what SVIDs are verified with, of this trust domain and of others',
  entry: 'Registration entries: which workloads get which SPIFFE ID',
  jwt: 'JWT-SVIDs without an entry',
  revocation: 'Revocations: what is refused although it has not expired',
  svid: 'SVIDs that were issued: list, revoke',
  task: 'Tasks: work that SVIDs are issued for, and end with',
  token: 'Join tokens: how a node without an identity of its own gets in',
  x509: 'X509-SVIDs without an entry',
};
