import type { AudioRendition, Grid, Plan } from '@transcode/contracts';
import { decimal } from '../picture/grid-filter.ts';
import { processArgv } from '../process-argv.ts';
import { evenInputArgv, evenSoundArgv, outputOf, soundGraph, type SoundArgv, type SoundInputs } from './sound-argv.ts';

/**
 * ffmpeg's arguments for what these renditions' sound is compared with: the source's, whole, on the published clock, as raw mono
 * 16-bit samples, in one reading of the source.
 */
export function soundReferenceArgv(
  plan: Plan,
  { renditions, sampleRate }: { readonly renditions: readonly AudioRendition[]; readonly sampleRate: number },
  io: SoundInputs,
): SoundArgv {
  const sounds = renditions.map((rendition) => ({
    ...{ rendition, filter: evenFilter(rendition, sampleRate), codec: 'pcm_s16le' as const },
  }));
  return {
    even: evenSoundArgv(plan, io, sounds),
    renditions: renditions.map((rendition, position) => [
      ...processArgv(io.progress),
      ...evenInputArgv(plan, { rendition, position }, io),
      ...[
        '-filter_complex',
        soundGraph(rendition, {
          clock: clockFilter(plan.grid, rendition),
          joined: joinFilter(rendition, sampleRate),
        }),
      ],
      ...['-map', '[a]', '-f', 's16le', outputOf(io, { rendition, position })],
    ]),
  };
}

/** Written anew, not taken from the rendition's filters, so that a mistake there does not hide itself. */
function evenFilter({ inputFilter }: AudioRendition, sampleRate: number): string {
  const chosen = /^(?:pan|channelmap)=[^,]+/.exec(inputFilter);
  return [...(chosen === null ? [] : chosen), monoForm(sampleRate)].join(',');
}

function clockFilter({ zeroSeconds }: Grid, { countedFromSeconds }: AudioRendition): string {
  const time = countedFromSeconds === undefined ? 'PTS' : `N+${decimal(countedFromSeconds)}/TB`;
  return [
    `asetpts=round(${time}-${decimal(zeroSeconds)}/TB)`,
    'atrim=start=0',
    'aresample=async=1:min_hard_comp=0.02:first_pts=0',
  ].join(',');
}

function joinFilter({ joinFilter: joined }: AudioRendition, sampleRate: number): string | undefined {
  return joined === undefined ? undefined : `${/^join=[^,]+/.exec(joined)?.[0]},${monoForm(sampleRate)}`;
}

/** To whole numbers ffmpeg mixes no louder than they can be, as the published sound is mixed. */
function monoForm(sampleRate: number): string {
  return `aformat=sample_fmts=s16:sample_rates=${sampleRate}:channel_layouts=mono`;
}
