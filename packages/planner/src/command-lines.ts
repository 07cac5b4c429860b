import type { Plan } from '@transcode/contracts';
import { audioArgv } from './audio-argv.ts';
import { chunkArgv } from './chunk-argv.ts';

/** The plan's ffmpeg commands for people: the very arguments of the worker, with files in place of its pipes. */
export function commandLines(plan: Plan): { title: string; command: string }[] {
  const io = { source: 'SOURCE', protocols: 'file', progress: 'progress.txt' };
  const videos = plan.chunks.map(({ index, startFrame, endFrame }) => {
    const outputs = plan.video.map((rendition) => `${rendition.name}-${index}.mp4`);
    const title =
      plan.chunks.length === 1
        ? `Picture, ${plan.video.length} renditions, ${endFrame} frames`
        : `Picture, chunk ${index + 1} of ${plan.chunks.length}, frames ${startFrame} to ${endFrame - 1}`;
    return { title, command: shellQuoted(chunkArgv(plan, index, { ...io, outputs })) };
  });
  if (plan.audio.length === 0) return videos;
  const outputs = plan.audio.map((rendition) => `${rendition.name}.mp4`);
  const sound = { title: 'Sound', command: shellQuoted(audioArgv(plan, { ...io, outputs, hasLoopback: true })) };
  return [...videos, sound];
}

function shellQuoted(argv: readonly string[]): string {
  const quoted = argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`));
  return ['ffmpeg', ...quoted].join(' ');
}
