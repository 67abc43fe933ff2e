import { type Command } from '@signet/daemon';
import { agentBanCommand } from './agent-ban.ts';
import { agentListCommand } from './agent-list.ts';
import { bundleShowCommand } from './bundle-show.ts';
import { entryCreateCommand } from './entry-create.ts';
import { entryDeleteCommand } from './entry-delete.ts';
import { entryShowCommand } from './entry-show.ts';
import { healthcheckCommand } from './healthcheck.ts';
import { runCommand } from './run.ts';
import { tokenGenerateCommand } from './token-generate.ts';
import { validateCommand } from './validate.ts';

/** Every command of `signet-server`. A new one is a file and a line here. */
export const commands: readonly Command[] = [
  runCommand,
  validateCommand,
  healthcheckCommand,
  agentBanCommand,
  agentListCommand,
  bundleShowCommand,
  entryCreateCommand,
  entryDeleteCommand,
  entryShowCommand,
  tokenGenerateCommand,
];
