import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { newTaskId } from '../task/task-id.ts';
import { parseSpiffeId } from '../spiffe-id/spiffe-id.ts';
import { parseCertificate } from './certificate.ts';
import { assembleSigned } from './certificate-encoding.ts';
import { encodeElement } from './der/der-writer.ts';
import { tag } from './der/tag.ts';
import { prepareIssuer } from './issuer-profile.ts';
import { signWithKey } from './key-type.ts';
import { buildX509SvidTbs, type X509SvidFields } from './svid-profile.ts';
import { lintX509Svid } from './svid-lint.ts';
import { readTask } from './task-extension.ts';
import { NOW, root, testKey } from './testdata/certificate-builder.ts';
import { codeOf } from './testdata/error-code.ts';

const caKey = testKey('ca');
const issuer = prepareIssuer(root('any', { key: caKey }).certificate);
const taskId = newTaskId(randomBytes(16));
const usual: X509SvidFields = {
  serial: Uint8Array.from([...Array<number>(14).fill(0), 0x8f, 2]),
  spkiDer: testKey('workload').spkiDer,
  spiffeId: parseSpiffeId('spiffe://example.org/workload'),
  dnsNames: [],
  notBefore: NOW,
  notAfter: NOW + 60,
};

function issue(fields: X509SvidFields): Uint8Array {
  const tbs = buildX509SvidTbs(issuer, fields);
  return assembleSigned(tbs, issuer.scheme.algorithmDer, signWithKey(caKey.privateKey, tbs));
}

const text = (value: string): Uint8Array => encodeElement(tag.utf8String, Buffer.from(value));

describe('the task of an X509-SVID', () => {
  it('is written and read again, not critical', () => {
    const svid = parseCertificate(issue({ ...usual, taskId }));
    expect(svid.taskId).toBe(taskId);
    expect(svid.extensions.at(-1)?.critical).toBe(false);
    expect(svid.criticalUnknown).toEqual([]);
  });

  it('is absent in every other X509-SVID', () => {
    expect(parseCertificate(issue(usual)).taskId).toBeUndefined();
  });

  it.each([
    ['a task that was not meant', taskId, undefined],
    ['no task where one was meant', undefined, taskId],
    ['another task', newTaskId(randomBytes(16)), taskId],
  ])('does not leave with %s', (_name, written, meant) => {
    const der = issue({ ...usual, taskId: written });
    expect(codeOf(() => lintX509Svid(der, { ...usual, issuer, taskId: meant }))).toBe('ERR_X509_SVID_LINT');
  });

  it('passes the lint when it is the one that was meant', () => {
    expect(() => lintX509Svid(issue({ ...usual, taskId }), { ...usual, issuer, taskId })).not.toThrow();
  });

  it.each([
    ['an empty text', text('')],
    ['a text that is too short', text(taskId.slice(1))],
    ['a text that is too long', text(`${taskId}A`)],
    ['another alphabet', text(`${taskId.slice(0, 21)}+`)],
    ['bits that do not count', text(`${taskId.slice(0, 21)}B`)],
    ['a line feed after it', text(`${taskId}\n`)],
    ['another type', encodeElement(tag.octetString, Buffer.from(taskId))],
    ['something after it', Buffer.concat([text(taskId), text('')])],
    ['nothing', new Uint8Array()],
  ])('is not read from %s', (_name, value) => {
    expect(codeOf(() => readTask(value))).toMatch(/^ERR_DER_/);
  });
});
