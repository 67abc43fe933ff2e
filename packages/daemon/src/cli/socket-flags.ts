import type { CommandIo } from './command.ts';
import { flag, flagError, type Flag } from './flag.ts';

/** Where `signet-server` answers its own command line. */
export const defaultServerSocketPath: string = '/tmp/spire-server/private/api.sock';
/** Where `signet-agent` answers workloads. */
export const defaultAgentSocketPath: string = '/tmp/spire-agent/public/api.sock';
/** Where the command line looks for the admin API of `signet-agent`. */
export const defaultAgentAdminSocketPath: string = '/tmp/spire-agent/private/admin.sock';

/** `-socketPath` and `-instance`. */
export interface SocketFlags {
  readonly socketPath: Flag<string>;
  readonly instance: Flag<string>;
}

/** `/tmp/spire-server/%i/api.sock` */
function templateOf(path: string): string {
  return path.replace(/[^/]+(?=\/[^/]+$)/, '%i');
}

function socketFlags(program: string, path: string, variable: string): SocketFlags {
  return {
    socketPath: flag.text(`Socket of the ${program} that is asked`, path, { placeholder: 'path' }),
    instance: flag.text(
      `Which of several ${program}s on this machine: the name takes the place of %i in the environment variable ${variable}_TEMPLATE, a path such as ${templateOf(path)}`,
      '',
      { placeholder: 'name' },
    ),
  };
}

const SERVER_VARIABLE = 'SPIRE_SERVER_PRIVATE_SOCKET';
const AGENT_VARIABLE = 'SPIRE_AGENT_PUBLIC_SOCKET';

/** The flags of every command that talks to the server. */
export const serverSocketFlags: SocketFlags = socketFlags('server', defaultServerSocketPath, SERVER_VARIABLE);

/** The flags of every command that talks to the agent's Workload API. */
export const agentSocketFlags: SocketFlags = socketFlags('agent', defaultAgentSocketPath, AGENT_VARIABLE);

/** The flag of every command that talks to the agent's admin API. */
export const agentAdminSocketFlags: { readonly socketPath: Flag<string> } = {
  socketPath: flag.text('Admin socket of the agent that is asked', defaultAgentAdminSocketPath, {
    placeholder: 'path',
  }),
};

/** What the choice depends on. */
export interface SocketChoice {
  readonly flags: { readonly socketPath: string; readonly instance: string };
  readonly env: CommandIo['env'];
}

/** `-socketPath` when it is not the default, then the template with `-instance`, then the variable, then the default. */
function choose({ flags, env }: SocketChoice, variable: string, defaultPath: string): string {
  if (flags.socketPath !== defaultPath && flags.socketPath !== '') return flags.socketPath;
  const template = env[`${variable}_TEMPLATE`] ?? '';
  if (flags.instance !== '') {
    // Falling back to another socket here would run the command against another server.
    if (template === '') throw flagError(`you must define ${variable}_TEMPLATE to use the instance flag`);
    return template.replaceAll('%i', flags.instance);
  }
  const fromEnvironment = env[variable] ?? '';
  return fromEnvironment === '' ? defaultPath : fromEnvironment;
}

/** The socket of the server that a command means. @spec SPIRE CLI, socket choice */
export function serverSocketPath(choice: SocketChoice): string {
  return choose(choice, SERVER_VARIABLE, defaultServerSocketPath);
}

/** The Workload API socket that a command means. @spec SPIRE CLI, socket choice */
export function agentSocketPath(choice: SocketChoice): string {
  return choose(choice, AGENT_VARIABLE, defaultAgentSocketPath);
}
