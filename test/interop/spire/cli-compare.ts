// Plays the transcripts of signet-server on Signet and on SPIRE, and tells where the two differ.
import { Deployment } from '../../kit/deployment.ts';
import { type Command, runCommand, SIGNET_SERVER } from '../../kit/program.ts';
import {
  playTranscript,
  readServerTranscripts,
  runProcess,
  type Transcript,
} from '../../kit/server-transcripts.ts';
import type { TranscriptStep } from '../../kit/transcript.ts';
import type { Score } from '../score.ts';

/** Begins the comment of a step whose texts are not SPIRE's, and says why; only its exit code is compared. */
const KNOWN = 'SPIRE: ';

/** Commands that SPIRE does not have. */
const OWN = /^(?:svid|revocation)\b|^\w+ revoke\b/;

/** Compares all commands with those of a SPIRE server, then their flags, then what no command is run for. */
export async function compareServerCli(spireServer: string, score: Score): Promise<void> {
  const spire: Command = [spireServer];
  for (const transcript of await readServerTranscripts()) {
    const [ours, theirs] = await Promise.all([play(transcript, SIGNET_SERVER), play(transcript, spire)]);
    for (const [index, step] of ours.entries()) {
      if (OWN.test(step.command)) continue;
      await score.check(`${transcript.name}: ${step.command}`, () => {
        compare(step, theirs[index]);
        return Promise.resolve();
      });
    }
  }
  await compareFlags(spire, score);
  await compareFrames(spire, score);
}

async function play(transcript: Transcript, server: Command): Promise<TranscriptStep[]> {
  await using deployment = await Deployment.start({ server });
  const agentId = await deployment.startAgent();
  return await playTranscript(transcript, deployment, runProcess(server), agentId);
}

function compare(ours: TranscriptStep, theirs: TranscriptStep | undefined): void {
  if (theirs === undefined) throw new Error('SPIRE did not run it');
  const seen = ours.comment.startsWith(KNOWN) ? ['code' as const] : (['code', 'stdout', 'stderr'] as const);
  for (const part of seen) {
    const [mine, other] = [normalized(ours.outcome[part]), normalized(theirs.outcome[part])];
    if (mine !== other) throw new Error(`${part}\n  Signet: ${mine}\n  SPIRE:  ${other}`);
  }
}

/** Without what SPIRE itself does in any order: selectors of an entry, keys of a JWK. */
function normalized(part: string | number): string {
  const text = String(part);
  try {
    return JSON.stringify(sorted(JSON.parse(text)));
  } catch {
    return text
      .replace(/(?:^Selector +: .*\n)+/gm, (lines) => `${lines.trimEnd().split('\n').sort().join('\n')}\n`)
      .replace(/^\{\n[^]*?^\}$/gm, (json) => JSON.stringify(sorted(JSON.parse(json))));
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(sorted);
    const isSet = items.every((item) => typeof item === 'object' && item !== null && 'type' in item);
    return isSet ? items.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
}

async function compareFlags(spire: Command, score: Score): Promise<void> {
  const transcripts = await readServerTranscripts();
  const played = transcripts.flatMap(({ steps }) => steps).filter(({ command }) => !OWN.test(command));
  const commands = new Set(played.map(({ command }) => command.split(' ').slice(0, 2).join(' ')));
  for (const command of [...commands, 'run', 'validate', 'healthcheck']) {
    await score.check(`flags of ${command}`, async () => {
      const [ours, theirs] = [await flagsOf(SIGNET_SERVER, command), await flagsOf(spire, command)];
      if (ours !== theirs) throw new Error(`\n  Signet: ${ours}\n  SPIRE:  ${theirs}`);
    });
  }
}

const FRAMES = [
  '',
  '-h',
  '--version',
  'entri',
  'help',
  'entry',
  'entry -h',
  'entry creat',
  '-x',
  'entry create -x',
];

async function compareFrames(spire: Command, score: Score): Promise<void> {
  for (const line of FRAMES) {
    await score.check(`exit code of "${line}"`, async () => {
      const words = line.split(' ').filter((word) => word !== '');
      const [ours, theirs] = [await runCommand(SIGNET_SERVER, words), await runCommand(spire, words)];
      if (ours.code !== theirs.code) throw new Error(`Signet ${ours.code}, SPIRE ${theirs.code}`);
    });
  }
}

async function flagsOf(program: Command, command: string): Promise<string> {
  const { code, stderr } = await runCommand(program, [...command.split(' '), '-h']);
  const flags = [...stderr.matchAll(/^ {2}-(\w+)/gm)].map(([, name]) => name ?? '');
  return `exit ${code}: ${flags.sort().join(' ')}`;
}
