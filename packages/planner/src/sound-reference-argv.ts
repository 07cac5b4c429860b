import { TranscodeError, type AudioRendition, type Grid, type Plan } from '@transcode/contracts';
import { evenSound } from './even-sound.ts';
import { decimal } from './grid-filter.ts';
import { ANY_DAMAGE } from './process-argv.ts';
import { sourceArgv } from './source-argv.ts';

export interface SoundReferenceInputs {
  readonly source: string;
  readonly protocols: string;
  /** Raw mono 16-bit samples, one output a rendition. */
  readonly outputs: readonly string[];
  readonly progress: string;
  /** Whether this ffmpeg can decode what it has encoded. */
  readonly hasLoopback: boolean;
}

/** ffmpeg's arguments for what these renditions' sound is compared with: the source's, whole, on the published clock, in one pass. */
export function soundReferenceArgv(
  plan: Plan,
  { renditions, sampleRate }: { readonly renditions: readonly AudioRendition[]; readonly sampleRate: number },
  io: SoundReferenceInputs,
): string[] {
  const streams = renditions.map((audio) => ({
    streamIndex: audio.streamIndex,
    filter: evenFilter(audio, sampleRate),
  }));
  const even = evenSound(streams, io);
  const graph = renditions.map(
    (_, position) => `${even.inputs[position]}${clockFilter(plan.grid, sampleRate)}[s${position}]`,
  );
  return [
    ...['-nostdin', '-hide_banner', '-y', '-loglevel', 'level+error', '-nostats'],
    ...ANY_DAMAGE,
    ...['-stats_period', '0.25', '-progress', io.progress, '-copyts'],
    ...sourceArgv({ ...io, demuxer: plan.demuxer }),
    ...even.argv,
    ...['-filter_complex', graph.join(';')],
    ...renditions.flatMap(({ name }, position) => [
      ...['-map', `[s${position}]`, '-f', 's16le', io.outputs[position] ?? missingOutput(name)],
    ]),
  ];
}

/** Written anew, not taken from the rendition's filters, so that a mistake there does not hide itself. */
function evenFilter({ inputFilter }: AudioRendition, sampleRate: number): string {
  const chosen = /^(?:pan|channelmap)=[^,]+/.exec(inputFilter);
  const form = `aformat=sample_fmts=fltp:sample_rates=${sampleRate}:channel_layouts=mono`;
  return [...(chosen === null ? [] : chosen), form].join(',');
}

function clockFilter({ zeroSeconds }: Grid, sampleRate: number): string {
  return [
    `asetpts=round(PTS-${decimal(zeroSeconds)}/TB)`,
    'atrim=start=0',
    `aresample=${sampleRate}:async=1:min_hard_comp=0.02:first_pts=0`,
    'aformat=sample_fmts=s16',
  ].join(',');
}

function missingOutput(rendition: string): never {
  throw new TranscodeError('bad_request', { reason: `there is no output for the sound ${rendition}` });
}
