import { describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { Deployment } from '../kit/deployment.ts';
import { playTranscript, readServerTranscripts, runHere } from '../kit/server-transcripts.ts';
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
});
