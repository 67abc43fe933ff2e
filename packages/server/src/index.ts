export { startServer, type RunningServer, type ServerEnvironment } from './server.ts';
export { parseServerConfig } from './config/parse-server-config.ts';
export { type ServerConfig } from './config/server-config.ts';
