import type { Plan } from '@transcode/contracts';
import { audioArgv } from './sound/audio-argv.ts';
import { chunkArgv } from './picture/chunk-argv.ts';

/** The plan's ffmpeg commands for people: the very arguments of the worker, with files in place of its pipes. */
export function commandLines(plan: Plan): { title: string; command: string }[] {
  const io = { source: 'SOURCE', protocols: 'file', progress: 'progress.txt' };
  const videos = plan.chunks.map(({ index, startFrame, endFrame }) => {
    const outputs = plan.video.map((rendition) => `${rendition.name}-${index}.mp4`);
    const title =
      plan.chunks.length === 1
        ? `Picture, ${plan.video.length === 1 ? '1 rendition' : `${plan.video.length} renditions`}, ${endFrame} frames`
        : `Picture, chunk ${index + 1} of ${plan.chunks.length}, frames ${startFrame} to ${endFrame - 1}`;
    return { title, command: shellQuoted(chunkArgv(plan, index, { ...io, outputs })) };
  });
  if (plan.audio.length === 0) return videos;
  return [...videos, ...soundCommands(plan, io)];
}

function soundCommands(
  plan: Plan,
  io: { source: string; protocols: string; progress: string },
): { title: string; command: string }[] {
  const between = plan.audio.map(({ name }) => `${name}.nut`);
  const { even, renditions } = audioArgv(plan, {
    ...io,
    even: { outputs: between, inputs: between, protocol: 'file' },
    outputs: plan.audio.map(({ name }) => `${name}.mp4`),
  });
  const labels = plan.audio.map(({ label }) => label);
  return [
    { title: 'All sound, made even', command: shellQuoted(even) },
    ...renditions.map((argv, position) => ({ title: `Sound, ${labels[position]}`, command: shellQuoted(argv) })),
  ];
}

function shellQuoted(argv: readonly string[]): string {
  const quoted = argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`));
  return ['ffmpeg', ...quoted].join(' ');
}
