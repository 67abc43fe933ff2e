// A workload that begins tasks, and gives away what it was issued in them.
import { type TaskEndedError, WorkloadApiClient } from '@signet/client';
import { AUDIENCE, type TaskLoot, WORKER, type WorkerOrder, type WorkerReport } from './messages.ts';

const client = new WorkloadApiClient();
type Task = Awaited<ReturnType<typeof client.beginTask>>;
const tasks = new Set<Task>();

process.on('message', (message) => {
  carryOut(message as WorkerOrder).catch((error: unknown) =>
    tell({ event: 'failed', reason: String(error) }),
  );
});
process.on('disconnect', () => process.exit());
tell({ event: 'ready' });

async function carryOut(order: WorkerOrder): Promise<void> {
  switch (order.order) {
    case 'begin': {
      const loot: TaskLoot[] = [];
      for (let i = 0; i < order.count; i++) loot.push(await begin(order.ttl));
      tell({ event: 'begun', tasks: loot });
      return;
    }
    case 'finish':
      await Promise.all([...tasks].map((task) => task.end()));
      return;
    case 'exit':
      process.exit();
  }
}

async function begin(ttl: number): Promise<TaskLoot> {
  const task = await client.beginTask({ purpose: 'driver', spiffeId: WORKER, audience: AUDIENCE, ttl });
  tasks.add(task);
  task.signal.addEventListener('abort', () => {
    tasks.delete(task);
    tell({ event: 'ended', id: task.id, end: (task.signal.reason as TaskEndedError).end });
  });
  using inTask = new WorkloadApiClient({ task });
  const [{ svids }, [jwt]] = await Promise.all([
    inTask.fetchX509Context(),
    inTask.fetchJwtSvids({ audience: AUDIENCE }),
  ]);
  const [svid] = svids;
  if (svid === undefined || jwt === undefined) throw new Error('the agent gave nothing');
  return {
    id: task.id,
    deadline: task.deadline,
    chainPem: svid.certificates.map(({ der }) => pem(der)).join(''),
    keyPem: svid.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    token: jwt.token,
    expiresAt: svid.leaf.notAfter,
  };
}

function pem(der: Uint8Array): string {
  return `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`;
}

function tell(report: WorkerReport): void {
  process.send?.(report);
}
