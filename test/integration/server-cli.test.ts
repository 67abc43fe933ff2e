import { describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Deployment } from '../kit/deployment.ts';
import { runHere } from '../kit/run-here.ts';
import { playTranscript, readServerTranscripts } from '../kit/server-transcripts.ts';
import { formatTranscript } from '../kit/transcript.ts';

const transcripts = await readServerTranscripts();

// UPDATE_TRANSCRIPTS=1 writes down what the commands print now; read the difference before it is committed.
const isUpdate = process.env['UPDATE_TRANSCRIPTS'] === '1';

describe('commands of signet-server', () => {
  it.each(transcripts.map((transcript) => [transcript.name, transcript] as const))(
    '%s',
    async (_, transcript) => {
      await using deployment = await Deployment.start();
      const agentId = await deployment.startAgent();
      const played = formatTranscript(await playTranscript(transcript, deployment, runHere, agentId));
      if (isUpdate) await writeFile(transcript.path, played);
      else expect(played).toBe(formatTranscript(transcript.steps));
    },
    120_000,
  );

  it('shows entries of more than one page, sorted', async () => {
    await using deployment = await Deployment.start();
    const entries = Array.from({ length: 1203 }, (_, index) => ({
      entry_id: `entry-${index}`,
      spiffe_id: `spiffe://example.org/${(index * 7919) % 1203}`,
      parent_id: 'spiffe://example.org/node',
      selectors: [{ type: 'unix', value: `uid:${index}` }],
    }));
    const file = join(deployment.folder, 'entries.json');
    await writeFile(file, JSON.stringify({ entries }));
    await deployment.mustCli('entry', 'create', '-data', file);
    const { stdout } = await runHere([
      'entry',
      'show',
      '-output',
      'json',
      '-socketPath',
      deployment.serverSocket,
    ]);
    const shown = (JSON.parse(stdout) as { entries: { spiffe_id: { path: string } }[] }).entries;
    const paths = shown.map(({ spiffe_id: { path } }) => path);
    expect(new Set(paths).size).toBe(1203);
    expect(paths).toEqual(paths.toSorted());
  }, 120_000);
});
