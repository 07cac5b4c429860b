import type { Plan } from '@transcode/contracts';
import { FRAGMENTED, PLAIN_OUTPUT } from '../muxer-argv.ts';
import { processArgv } from '../process-argv.ts';
import { evenInputArgv, evenSoundArgv, outputOf, soundGraph, type SoundArgv, type SoundInputs } from './sound-argv.ts';

/**
 * ffmpeg's arguments for all sound of the video, each rendition to its own output. The first AAC frame of each output is the
 * encoder's priming and lies before zero; the packager takes it off.
 */
export function audioArgv(plan: Plan, io: SoundInputs): SoundArgv {
  const sounds = plan.audio.map((rendition) => ({
    ...{ rendition, filter: rendition.inputFilter, codec: 'pcm_f32le' as const },
  }));
  return {
    even: evenSoundArgv(plan, io, sounds),
    renditions: plan.audio.map((rendition, position) => [
      ...processArgv(io.progress),
      ...evenInputArgv(plan, { rendition, position }, io),
      ...['-filter_complex', soundGraph(rendition, { clock: rendition.filter, joined: rendition.joinFilter })],
      ...['-map', '[a]', '-c:a', 'aac', ...rendition.options],
      ...PLAIN_OUTPUT,
      ...['-movflags', FRAGMENTED, '-frag_duration', '2000000'],
      outputOf(io, { rendition, position }),
    ]),
  };
}
