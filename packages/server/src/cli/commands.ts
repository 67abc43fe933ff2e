import { type Command } from '@signet/daemon';
import { healthcheckCommand } from './healthcheck.ts';
import { runCommand } from './run.ts';
import { validateCommand } from './validate.ts';

/** Every command of `signet-server`. A new one is a file and a line here. */
export const commands: readonly Command[] = [runCommand, validateCommand, healthcheckCommand];
