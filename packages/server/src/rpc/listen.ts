import { encodePem } from '@signet/core';
import {
  type Listener,
  listenTls,
  listenUnix,
  type Logger,
  type PeerRegistry,
  type TlsIdentity,
} from '@signet/daemon';
import { type CallerSvid } from '../authz/caller.ts';
import { type ServerSvid } from '../issuance/issue-server-svid.ts';
import { type ApiServerDeps, createApiServer } from './api-server.ts';

const SOCKET_MODE = 0o770;
const SOCKET_DIRECTORY_MODE = 0o750;

/** Where to listen, and with what identity. */
export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  readonly socketPath: string;
  /** The live server SVID. */
  serverSvid(): ServerSvid;
  verifyPeer(chainDer: readonly Uint8Array[]): CallerSvid;
  readonly logger: Logger;
}

/** The endpoints, open. */
export interface ApiListeners {
  readonly tcp: Listener<CallerSvid>;
  readonly local: Listener;
  close(graceMs: number): Promise<void>;
}

/** Opens the TCP endpoint and the local one. */
export async function listenForCalls(deps: ApiServerDeps, options: ListenOptions): Promise<ApiListeners> {
  const { logger, host, port, socketPath } = options;
  const tcp = await openTcp(deps, options);
  logger.info('Starting Server APIs', {
    network: 'tcp',
    address: `${host}:${tcp.port === 0 ? port : tcp.port}`,
  });
  let local: Listener;
  try {
    local = await openLocal(deps, options);
  } catch (error) {
    await tcp.close(0);
    throw error;
  }
  logger.info('Starting Server APIs', { network: 'unix', address: socketPath });
  return {
    tcp,
    local,
    close: async (graceMs) => {
      await Promise.all([tcp.close(graceMs), local.close(graceMs)]);
    },
  };
}

async function openTcp(deps: ApiServerDeps, options: ListenOptions): Promise<Listener<CallerSvid>> {
  const opened: { listener?: Listener<CallerSvid> } = {};
  return (opened.listener = await listenTls<CallerSvid>({
    host: options.host,
    port: options.port,
    server: createApiServer('tcp', deps, () => opened.listener?.peers),
    identity: identityOf(() => options.serverSvid()),
    verifyPeer: (chainDer) => options.verifyPeer(chainDer),
    logger: options.logger,
    metrics: deps.metrics,
  }));
}

async function openLocal(deps: ApiServerDeps, options: ListenOptions): Promise<Listener> {
  const opened: { listener?: Listener } = {};
  return (opened.listener = await listenUnix({
    path: options.socketPath,
    mode: SOCKET_MODE,
    directoryMode: SOCKET_DIRECTORY_MODE,
    // Nobody on the socket has a certificate, so its peers are callers without an SVID.
    server: createApiServer(
      'local',
      deps,
      () => opened.listener?.peers as PeerRegistry<CallerSvid> | undefined,
    ),
    logger: options.logger,
  }));
}

/** The SVID in the form that TLS takes; made once per SVID, so that the listener sees when it changed. */
function identityOf(serverSvid: () => ServerSvid): () => TlsIdentity {
  let known: { readonly svid: ServerSvid; readonly identity: TlsIdentity } | undefined;
  return () => {
    const svid = serverSvid();
    if (known?.svid !== svid) {
      const certChainPem = svid.chainDer.map((der) => encodePem('CERTIFICATE', der)).join('');
      known = { svid, identity: { certChainPem, key: svid.key } };
    }
    return known.identity;
  };
}
