import type { WireTaskPolicyOutput } from '@signet/api';
import { type CommandContext, type Flag, flag, type FlagTable, type FlagValues } from '@signet/daemon';
import { int32Argument } from './arguments.ts';

/** What an entry may say of tasks. */
export const taskPolicyFlags: {
  readonly taskOnly: Flag<boolean>;
  readonly taskMaxTTL: Flag<number>;
  readonly taskOfflineLease: Flag<number>;
} = {
  taskOnly: flag.bool('Nothing is issued to the workloads outside a task'),
  taskMaxTTL: flag.duration('Longest that a task may last; 0 is a day', 0),
  taskOfflineLease: flag.duration(
    'How long tasks go on while the agent cannot reach the server; 0 is not at all',
    0,
  ),
};

/** Whether the command line says anything of tasks. */
export function setsPolicy(context: Pick<CommandContext<FlagTable>, 'isSet'>): boolean {
  return Object.keys(taskPolicyFlags).some((name) => context.isSet(name));
}

/** The policy that the flags describe. */
export function policyOfFlags(flags: FlagValues<typeof taskPolicyFlags>): WireTaskPolicyOutput {
  return {
    is_task_only: flags.taskOnly,
    max_ttl: int32Argument('taskMaxTTL', flags.taskMaxTTL),
    offline_lease: int32Argument('taskOfflineLease', flags.taskOfflineLease),
  };
}
