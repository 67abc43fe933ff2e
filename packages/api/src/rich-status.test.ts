import { Metadata } from '@grpc/grpc-js';
import { describe, expect, it } from '@jest/globals';
import { type AgentDenial, permissionDeniedMetadata, permissionDeniedReason } from './rich-status.ts';

const reasons: readonly AgentDenial[] = [
  'AGENT_EXPIRED',
  'AGENT_NOT_ATTESTED',
  'AGENT_NOT_ACTIVE',
  'AGENT_BANNED',
  'AGENT_MUST_REATTEST',
];

describe('the rich status of a refused agent', () => {
  it.each(reasons)('carries %s', (reason) => {
    expect(permissionDeniedReason(permissionDeniedMetadata(reason, 'denied'))).toBe(reason);
  });

  it('has the bytes that a SPIRE agent reads', () => {
    const [bytes] = permissionDeniedMetadata('AGENT_BANNED', 'no').get('grpc-status-details-bin');
    const type = 'type.googleapis.com/spire.api.types.PermissionDeniedDetails';
    const any = Buffer.concat([
      Buffer.from([0x0a, type.length]),
      Buffer.from(type),
      Buffer.from([0x12, 2, 8, 4]),
    ]);
    const expected = Buffer.concat([
      Buffer.from([8, 7, 0x12, 2]),
      Buffer.from('no'),
      Buffer.from([0x1a, any.length]),
      any,
    ]);
    expect(bytes).toEqual(expected);
  });

  it.each<[string, Metadata | undefined]>([
    ['no metadata', undefined],
    ['no details', new Metadata()],
    ['bytes that are no status', withDetails(Buffer.from([0xff, 0xff, 0xff]))],
    ['no bytes at all', withDetails(Buffer.alloc(0))],
  ])('finds no reason in %s', (_name, metadata) => {
    expect(permissionDeniedReason(metadata)).toBeUndefined();
  });
});

function withDetails(bytes: Buffer): Metadata {
  const metadata = new Metadata();
  metadata.set('grpc-status-details-bin', bytes);
  return metadata;
}
