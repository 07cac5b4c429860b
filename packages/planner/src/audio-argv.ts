import { TranscodeError, type Plan } from '@transcode/contracts';
import { evenSound } from './even-sound.ts';
import { FRAGMENTED, PLAIN_OUTPUT } from './muxer-argv.ts';
import { processArgv } from './process-argv.ts';
import { sourceArgv } from './source-argv.ts';

export interface AudioInputs {
  readonly source: string;
  readonly protocols: string;
  /** One a rendition: a path, or `pipe:N`. */
  readonly outputs: readonly string[];
  readonly progress: string;
  /** Whether this ffmpeg can decode what it has encoded. */
  readonly hasLoopback: boolean;
}

/**
 * ffmpeg's arguments for all sound of the video, each stream to its own output. The first AAC frame of each output is the
 * encoder's priming and lies before zero; the packager takes it off.
 */
export function audioArgv(plan: Plan, io: AudioInputs): string[] {
  const streams = plan.audio.map(({ streamIndex, inputFilter }) => ({ streamIndex, filter: inputFilter }));
  const even = evenSound(streams, io);
  const graph = plan.audio.map(({ filter }, position) => `${even.inputs[position]}${filter}[a${position}]`);
  return [
    ...processArgv(io.progress),
    '-copyts',
    ...sourceArgv({ ...io, demuxer: plan.demuxer }),
    ...even.argv,
    ...['-filter_complex', graph.join(';')],
    ...plan.audio.flatMap((rendition, position) => [
      ...['-map', `[a${position}]`, '-c:a', 'aac', ...rendition.options],
      ...PLAIN_OUTPUT,
      ...['-movflags', FRAGMENTED, '-frag_duration', '2000000'],
      io.outputs[position] ?? missingOutput(rendition.name),
    ]),
  ];
}

function missingOutput(rendition: string): never {
  throw new TranscodeError('bad_request', { reason: `there is no output for ${rendition}` });
}
