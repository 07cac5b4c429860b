import path from 'node:path';
import type { Preset } from '@transcode/contracts';
import type { Database } from '@transcode/db';
import { AAC, CORPUS, inputs, makeCase, X264, type CorpusCase } from '@transcode/testing/media';

/** A source, and the numbers that its published pictures must show: 0 to `frames` - 1. */
export interface Clip {
  readonly name: string;
  readonly file: string;
  readonly frames: number;
}

/** Of the corpus, containers and clocks of every kind; every number comes once. */
const FROM_CORPUS = new Set([
  ...['faststart', 'fragmented', 'mkv', 'webm', 'ts', 'avi', 'mov'],
  ...['rate-50', 'rate-30000-1001'],
]);
/** Long enough for several chunks, of one segment and of two. */
const LONG = [
  { name: 'long', file: 'long.mp4', seconds: 26, ending: AAC },
  { name: 'long-ts', file: 'long.ts', seconds: 20, ending: AAC },
  { name: 'long-mute', file: 'long.mkv', seconds: 14, ending: [] },
];
const RATE = 25;

/** Two small rungs, as fast as it goes: what is tested here is not the encoder. */
export const CHAOS_PRESET: Preset = {
  name: 'chaos',
  title: 'Chaos',
  description: 'Two small renditions, as fast as it goes.',
  ladder: [
    { height: 90, bitRate: 150_000 },
    { height: 180, bitRate: 400_000 },
  ],
  crf: 26,
  speed: 'ultrafast',
  audioBitRate: 64_000,
};

/** Gives the installation a preset for this tool; its name is what an upload asks for. */
export async function addChaosPreset(db: Database): Promise<void> {
  const workspace = await db.workspace.findFirstOrThrow();
  await db.preset.create({ data: { workspaceId: workspace.id, name: CHAOS_PRESET.name, definition: CHAOS_PRESET } });
}

export async function makeClips(ffmpeg: string, folder: string, names?: readonly string[]): Promise<Clip[]> {
  const clips: Clip[] = [];
  for (const each of clipCases()) {
    if (names !== undefined && !names.includes(each.name)) continue;
    const file = await makeCase(ffmpeg, each, path.join(folder, 'clips'));
    const frames = 'frames' in each.expect ? (each.expect.frames ?? 0) : 0;
    clips.push({ name: each.name, file, frames });
  }
  return clips;
}

function clipCases(): CorpusCase[] {
  const short = CORPUS.filter(({ name }) => FROM_CORPUS.has(name));
  const long = LONG.map(({ name, file, seconds, ending }): CorpusCase => {
    const frames = seconds * RATE;
    const steps = [[...inputs({ frames }, ending.length === 0 ? false : {}), ...X264, ...ending, '{}']];
    const expect = { rate: '25/1', frames, width: 320, height: 180, audio: [], numbers: 'all', beeps: false } as const;
    return { name, file, steps, expect };
  });
  return [...short, ...long];
}
