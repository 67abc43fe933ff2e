import { describe, expect, it } from '@jest/globals';
import { TestCa } from '../../../../test/kit/test-ca.ts';
import { writeX509Answer } from './write-x509.ts';

describe('writeX509Answer', () => {
  it('names the file that it could not write, not a temporary one', async () => {
    const certificate = Buffer.from((await TestCa.create('example.org')).der);
    const svid = {
      spiffe_id: 'spiffe://example.org/a',
      x509_svid: certificate,
      x509_svid_key: Buffer.alloc(0),
      bundle: certificate,
      hint: '',
    };
    const answer = { svids: [svid], crl: [], federated_bundles: {} };
    await expect(writeX509Answer(answer, '/nowhere', () => undefined)).rejects.toThrow(
      /^open \/nowhere\/svid\.0\.pem: no such file or directory$/,
    );
  });
});
