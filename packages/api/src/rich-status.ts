import { Metadata, status } from '@grpc/grpc-js';
import { packageDefinition } from './definitions.ts';

const DETAILS_KEY = 'grpc-status-details-bin';
const DENIED_TYPE = 'type.googleapis.com/spire.api.types.PermissionDeniedDetails';

/** Why a server refused an agent. @spec SPIRE API types, PermissionDeniedDetails */
export type AgentDenial =
  'AGENT_EXPIRED' | 'AGENT_NOT_ATTESTED' | 'AGENT_NOT_ACTIVE' | 'AGENT_BANNED' | 'AGENT_MUST_REATTEST';

interface Codec {
  serialize(value: object): Buffer;
  deserialize(bytes: Buffer): unknown;
}

function codec(name: string): Codec {
  return packageDefinition[name] as unknown as Codec;
}

const statusCodec = codec('google.rpc.Status');
const deniedCodec = codec('spire.api.types.PermissionDeniedDetails');

/** The trailer that tells an agent why it was refused; `message` is the text of the gRPC status itself. */
export function permissionDeniedMetadata(reason: AgentDenial, message: string): Metadata {
  const details = [{ type_url: DENIED_TYPE, value: deniedCodec.serialize({ reason }) }];
  const metadata = new Metadata();
  metadata.set(DETAILS_KEY, statusCodec.serialize({ code: status.PERMISSION_DENIED, message, details }));
  return metadata;
}

/** The reason that a server gave for refusing an agent, or undefined when it gave none that is understood. */
export function permissionDeniedReason(metadata: Metadata | undefined): AgentDenial | undefined {
  for (const value of metadata?.get(DETAILS_KEY) ?? []) {
    const reason = Buffer.isBuffer(value) ? reasonIn(value) : undefined;
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function reasonIn(bytes: Buffer): AgentDenial | undefined {
  try {
    const rich = statusCodec.deserialize(bytes) as {
      details: readonly { type_url: string; value: Buffer }[];
    };
    const detail = rich.details.find((candidate) => candidate.type_url === DENIED_TYPE);
    if (detail === undefined) return undefined;
    const { reason } = deniedCodec.deserialize(detail.value) as { reason: AgentDenial | 'UNKNOWN' };
    return reason === 'UNKNOWN' ? undefined : reason;
  } catch {
    return undefined;
  }
}
