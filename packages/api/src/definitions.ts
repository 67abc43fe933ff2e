import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadSync, type PackageDefinition } from '@grpc/proto-loader';

/** Folder of the .proto files: at the top of the repository, or beside the code in a published package. */
export const PROTO_ROOT: string = [
  new URL('../../../proto', import.meta.url),
  new URL('../proto', import.meta.url),
]
  .map((url) => fileURLToPath(url))
  // Where packages are installed, the first may be a package of that name.
  .find((path) => existsSync(`${path}/spiffe/workload/workload.proto`)) as string;

const FILES = [
  'envoy/extensions/transport_sockets/tls/v3/secret.proto',
  'envoy/service/secret/v3/sds.proto',
  'google/rpc/status.proto',
  'grpc/health/v1/health.proto',
  'grpc/reflection/v1/reflection.proto',
  'signet/agent/v1/agent.proto',
  'signet/server/ledger/v1/ledger.proto',
  'signet/server/revocation/v1/revocation.proto',
  'signet/server/task/v1/task.proto',
  'signet/workload/v1/workload.proto',
  'spiffe/broker/broker.proto',
  'spiffe/workload/workload.proto',
  'spire/agent/debug/v1/debug.proto',
  'spire/api/agent/delegatedidentity/v1/delegatedidentity.proto',
  'spire/api/agent/logger/v1/logger.proto',
  'spire/api/server/agent/v1/agent.proto',
  'spire/api/server/bundle/v1/bundle.proto',
  'spire/api/server/debug/v1/debug.proto',
  'spire/api/server/entry/v1/entry.proto',
  'spire/api/server/localauthority/v1/localauthority.proto',
  'spire/api/server/logger/v1/logger.proto',
  'spire/api/server/svid/v1/svid.proto',
  'spire/api/server/trustdomain/v1/trustdomain.proto',
  'spire/api/types/status.proto',
] as const;

/**
 * Every service, message and enum of the wire, by full name.
 *
 * Field names stay as in the .proto files, 64-bit integers are decimal strings, enums are their names,
 * fields that are absent have their default, and a oneof names its member.
 */
export const packageDefinition: PackageDefinition = loadSync([...FILES], {
  includeDirs: [PROTO_ROOT],
  keepCase: true,
  longs: String,
  enums: String,
  defaults: true,
  oneofs: true,
});
