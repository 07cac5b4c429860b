import {
  AUDIO_SAMPLE_RATE,
  SOURCE_LIMITS,
  type AudioRendition,
  type AudioStream,
  type Grid,
} from '@transcode/contracts';
import { toNumber } from './fraction.ts';
import { decimal } from './grid-filter.ts';
import { languageName, languageTag } from './language.ts';

/** Gaps and overlaps of the source longer than this are filled or cut, in seconds; shorter ones are how containers round. */
const TOLERATED_GAP_SECONDS = 0.02;
/** ffmpeg knows how to mix down layouts of up to this many channels. */
const MOST_MIXED_CHANNELS = 8;
/** Those of its standard layouts that it does, by the names that ffprobe gives them. */
const MIXABLE: ReadonlySet<string> = new Set([
  ...['mono', 'stereo', '2.1', '3.0', '3.0(back)', '4.0', 'quad', 'quad(side)', '3.1', '5.0', '5.0(side)', '4.1'],
  ...['5.1', '5.1(side)', '6.0', '6.0(front)', '3.1.2', 'hexagonal', '6.1', '6.1(back)', '6.1(front)', '7.0'],
  ...['7.0(front)', '7.1', '7.1(wide)', '7.1(wide-side)', '5.1.2', '5.1.2(back)', 'octagonal', 'cube'],
]);

/** One AAC rendition a stream of the source, on the picture's clock, in the source's order. */
export function audioRenditions(streams: readonly AudioStream[], grid: Grid, bitRate: number): AudioRendition[] {
  const used = streams.slice(0, SOURCE_LIMITS.audioStreams);
  const standard = Math.max(
    0,
    used.findIndex((stream) => stream.isDefault),
  );
  const names = new Set<string>();
  const labels = new Set<string>();
  return used.map((stream, position) => {
    const language = languageTag(stream.language);
    const channels = stream.channels === 1 ? 1 : 2;
    const rate = channels === 1 ? Math.max(32_000, bitRate / 2) : bitRate;
    return {
      kind: 'audio',
      name: unique(`a-${nameOf(stream.language ?? language)}`, '-', names),
      streamIndex: stream.index,
      language,
      label: unique(stream.title ?? languageName(language) ?? 'Audio', ' ', labels),
      isDefault: position === standard,
      channels,
      sampleRate: AUDIO_SAMPLE_RATE,
      bitRate: rate,
      inputFilter: inputFilter(stream, channels),
      filter: clockFilter(grid, channels),
      options: ['-profile:a', 'aac_low', '-b:a', String(rate)],
    };
  });
}

/** Of a layout that ffmpeg cannot mix, such as two rear channels alone, the first two channels stand for all. */
function inputFilter({ channels: sources, layout }: AudioStream, channels: 1 | 2): string {
  const form = `aformat=sample_fmts=fltp:sample_rates=${AUDIO_SAMPLE_RATE}:channel_layouts=${layoutOf(channels)}`;
  if (sources > MOST_MIXED_CHANNELS) return `pan=stereo|c0=c0|c1=c1,${form}`;
  if (isMixable(layout)) return form;
  return `channelmap=${channels === 1 ? '0:mono' : '0|1:stereo'},${form}`;
}

/** Where a file says nothing but a number, ffmpeg assumes the usual layout of so many. */
function isMixable(layout: string | undefined): boolean {
  return layout === undefined || MIXABLE.has(layout) || /^\d+ channels$/.test(layout);
}

/**
 * Puts the sound on the picture's zero: what lies before is cut, a late start and gaps are silence, and silence follows up to the
 * picture's end, so that no player waits for sound that never comes.
 */
function clockFilter(grid: Grid, channels: 1 | 2): string {
  const pictureSeconds = grid.frames / toNumber(grid.rate);
  return [
    `asetpts=round(PTS-${decimal(grid.zeroSeconds)}/TB)`,
    `aresample=${AUDIO_SAMPLE_RATE}:async=1:min_hard_comp=${TOLERATED_GAP_SECONDS}:first_pts=0`,
    `aformat=sample_fmts=fltp:sample_rates=${AUDIO_SAMPLE_RATE}:channel_layouts=${layoutOf(channels)}`,
    `apad=whole_dur=${decimal(pictureSeconds)}`,
  ].join(',');
}

function layoutOf(channels: 1 | 2): 'mono' | 'stereo' {
  return channels === 1 ? 'mono' : 'stereo';
}

function nameOf(language: string): string {
  return (
    language
      .toLowerCase()
      .replaceAll(/[^a-z0-9-]+/g, '')
      .slice(0, 20) || 'und'
  );
}

function unique(wanted: string, joint: string, taken: Set<string>): string {
  let name = wanted;
  for (let n = 2; taken.has(name); n += 1) name = `${wanted}${joint}${n}`;
  taken.add(name);
  return name;
}
