import { describe, expect, it } from '@jest/globals';
import { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { rejectionCode } from '../testdata/error-code.ts';
import { verified } from './verified.ts';

function socket(): TLSSocket {
  return new TLSSocket(new Duplex({ read: () => undefined }));
}

describe('verified', () => {
  it('is the socket once its server has been verified, whatever becomes of it then', async () => {
    const it = socket();
    const waiting = verified(() => it);
    it.emit('secureConnect');
    it.destroy(new Error('later'));
    expect(await waiting).toBe(it);
  });

  it('fails with what the socket fails with', async () => {
    const it = socket();
    const waiting = verified(() => it);
    it.destroy(new Error('refused'));
    await expect(waiting).rejects.toThrow('refused');
  });

  it('fails when the socket is closed without a word', async () => {
    const it = socket();
    const waiting = verified(() => it);
    it.destroy();
    expect(await rejectionCode(waiting)).toBe('ERR_UNAVAILABLE');
  });

  it('fails when there is nothing to open it with', async () => {
    const waiting = verified(() => {
      throw new Error('no SVID');
    });
    await expect(waiting).rejects.toThrow('no SVID');
  });
});
