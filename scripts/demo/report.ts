// The demo's careless workload: what it does is a task, and the credentials of that task leak.
import { writeFile } from 'node:fs/promises';
import { WorkloadApiClient, X509Source } from '@signet/client';
import { tell } from './tell.ts';

const [, , loot = ''] = process.argv;
using client = new WorkloadApiClient();
await using task = await client.beginTask({ purpose: 'nightly report', ttl: 60 });
await using source = await X509Source.open({ task });
const { certificates, privateKey } = source.svid;
const cert = certificates
  .map(
    ({ der }) =>
      `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`,
  )
  .join('');
await writeFile(loot, JSON.stringify({ cert, key: privateKey.export({ type: 'pkcs8', format: 'pem' }) }), {
  mode: 0o600,
});
tell({ event: 'task', id: task.id });
await new Promise((resolve) => process.once('SIGTERM', resolve));
