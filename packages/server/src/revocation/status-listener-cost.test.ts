import { describe, expect, it } from '@jest/globals';
import { systemClock } from '@signet/daemon';
import { startStatusListener } from './status-listener.ts';

describe('the status listener', () => {
  it('computes what it says of a document once, however often it is asked', async () => {
    let reads = 0;
    const made = {
      authorityId: 'aabb',
      get der(): Uint8Array {
        reads += 1;
        return Buffer.from('document');
      },
      number: 1,
      madeAt: 1,
      nextUpdate: Math.floor(Date.now() / 1000) + 600,
      revocation: 0,
      serials: new Map<string, never>(),
    };
    const listener = await startStatusListener({
      host: '127.0.0.1',
      port: 0,
      clock: systemClock,
      documents: { crl: (id) => (id === 'aabb' ? made : undefined), statusList: () => undefined },
    });
    const url = `http://127.0.0.1:${listener.port}/crls/aabb.crl`;
    const tags: (string | null)[] = [];
    for (let i = 0; i < 3; i++) tags.push((await fetch(url)).headers.get('etag'));
    await listener.close();
    expect([new Set(tags).size, reads]).toEqual([1, 1]);
  });
});
