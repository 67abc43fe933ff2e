import type { Command } from '@signet/daemon';
import { fetchJwtCommand } from './api-fetch-jwt.ts';
import { fetchDefaultCommand, fetchX509Command } from './api-fetch-x509.ts';
import { validateJwtCommand } from './api-validate-jwt.ts';
import { watchCommand } from './api-watch.ts';
import { healthcheckCommand } from './healthcheck.ts';
import { runCommand } from './run.ts';
import { taskListCommand } from './task-list.ts';
import { taskRunCommand } from './task-run.ts';
import { validateCommand } from './validate.ts';

/** Every command of `signet-agent`. A new one is a file and a line here. */
export const commands: readonly Command[] = [
  runCommand,
  validateCommand,
  healthcheckCommand,
  fetchDefaultCommand,
  fetchX509Command,
  fetchJwtCommand,
  watchCommand,
  validateJwtCommand,
  taskRunCommand,
  taskListCommand,
];

/** What each group of commands is for. */
export const commandGroups: Readonly<Record<string, string>> = {
  api: 'The Workload API, asked as a workload asks it: what this very process gets',
  task: 'Tasks: work whose SVIDs end with it',
  'api validate': 'Has SVIDs that others sent validated by the Workload API',
};
