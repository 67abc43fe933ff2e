export { type AgentOptions, type RunningAgent, startAgent } from './agent.ts';
export type { AgentConfig } from './config/agent-config.ts';
export { parseAgentConfig } from './config/parse-agent-config.ts';
export { agentProgram } from './cli/main.ts';
