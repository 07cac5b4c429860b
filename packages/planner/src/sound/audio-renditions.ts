import { AUDIO_SAMPLE_RATE, type AudioRendition, type AudioStream, type Grid } from '@transcode/contracts';
import { toNumber } from '../fraction.ts';
import { decimal } from '../picture/grid-filter.ts';
import { joinChannels } from './join-channels.ts';
import { languageName, languageTag } from './language.ts';

/** Gaps and overlaps of the source longer than this are filled or cut, in seconds; shorter ones are how containers round. */
const TOLERATED_GAP_SECONDS = 0.02;
/** ffmpeg knows how to mix down layouts of up to this many channels. */
const MOST_MIXED_CHANNELS = 8;
/** A mix is never above full scale, which ffmpeg by itself sees to where samples are whole numbers alone. */
const MIX = 'aresample=rematrix_maxval=1';
/** Those of its standard layouts that it does, by the names that ffprobe gives them. */
const MIXABLE: ReadonlySet<string> = new Set([
  ...['mono', 'stereo', '2.1', '3.0', '3.0(back)', '4.0', 'quad', 'quad(side)', '3.1', '5.0', '5.0(side)', '4.1'],
  ...['5.1', '5.1(side)', '6.0', '6.0(front)', '3.1.2', 'hexagonal', '6.1', '6.1(back)', '6.1(front)', '7.0'],
  ...['7.0(front)', '7.1', '7.1(wide)', '7.1(wide-side)', '5.1.2', '5.1.2(back)', 'octagonal', 'cube'],
]);

/** One AAC rendition a stream of the source, or a sound of which each channel is a stream, on the picture's clock, in the source's order. */
export function audioRenditions(streams: readonly AudioStream[], grid: Grid, bitRate: number): AudioRendition[] {
  const groups = joinChannels(streams);
  const standard = Math.max(
    0,
    groups.findIndex((group) => group.streams.some((stream) => stream.isDefault)),
  );
  const names = new Set<string>();
  const labels = new Set<string>();
  return groups.map(({ streams: [stream, ...others], joined }, position) => {
    const language = languageTag(stream.language);
    const channels = joined === undefined ? channelsOf(stream) : 2;
    const rate = channels === 1 ? Math.max(32_000, bitRate / 2) : bitRate;
    const ends = [stream, ...others].map(({ endSeconds }) => endSeconds - grid.zeroSeconds);
    return {
      kind: 'audio',
      name: unique(`a-${nameOf(stream.language ?? language)}`, '-', names),
      streamIndex: stream.index,
      furtherStreams: others.map(({ index }) => index),
      ...(stream.isCounted === true ? { countedFromSeconds: stream.startSeconds } : {}),
      language,
      label: unique(stream.title ?? languageName(language) ?? 'Audio', ' ', labels),
      isDefault: position === standard,
      channels,
      sampleRate: AUDIO_SAMPLE_RATE,
      bitRate: rate,
      inputFilter: evenFilter(stream),
      filter: clockFilter(grid, { stream, least: joined === undefined ? 0 : Math.max(...ends) }),
      ...(joined === undefined ? {} : { joinFilter: joinFilter(joined) }),
      options: ['-profile:a', 'aac_low', '-b:a', String(rate)],
    };
  });
}

/**
 * Makes a stream mono or stereo of one rate, whatever it changes to in the middle: what comes of a sample depends on nothing before it.
 * Of a layout that ffmpeg cannot mix, such as two rear channels alone, the first two channels stand for all.
 */
export function evenFilter(stream: Pick<AudioStream, 'channels' | 'layout'>): string {
  const channels = channelsOf(stream);
  const form = formOf(channels);
  if (stream.channels > MOST_MIXED_CHANNELS) return `pan=stereo|c0=c0|c1=c1,${form}`;
  if (isMixable(stream.layout)) return `${MIX},${form}`;
  return `channelmap=${channels === 1 ? '0:mono' : '0|1:stereo'},${form}`;
}

/** Where a file says nothing but a number, ffmpeg assumes the usual layout of so many. */
function isMixable(layout: string | undefined): boolean {
  return layout === undefined || MIXABLE.has(layout) || /^\d+ channels$/.test(layout);
}

/**
 * Puts the sound on the picture's zero: what lies before is cut, a late start and gaps are silence, and silence follows up to the
 * picture's end, so that no player waits for sound that never comes, and for `least` seconds. Samples that are counted follow one
 * another.
 */
function clockFilter(grid: Grid, { stream, least }: { stream: AudioStream; least: number }): string {
  const seconds = Math.max(least, grid.frames / toNumber(grid.rate));
  const zero = decimal(grid.zeroSeconds);
  const time = stream.isCounted === true ? `N+(${decimal(stream.startSeconds)}-${zero})/TB` : `PTS-${zero}/TB`;
  return [
    `asetpts=round(${time})`,
    `aresample=${AUDIO_SAMPLE_RATE}:async=1:min_hard_comp=${TOLERATED_GAP_SECONDS}:first_pts=0`,
    formOf(channelsOf(stream)),
    `apad=whole_dur=${decimal(seconds)}`,
  ].join(',');
}

/** Several channels are mixed down as those of one stream are. */
function joinFilter({ layout, channels }: { layout: string; channels: readonly string[] }): string {
  const map = channels.map((channel, position) => `${position}.0-${channel}`).join('|');
  return `join=inputs=${channels.length}:channel_layout=${layout}:map=${map},${MIX},${formOf(2)}`;
}

function formOf(channels: 1 | 2): string {
  const layout = channels === 1 ? 'mono' : 'stereo';
  return `aformat=sample_fmts=fltp:sample_rates=${AUDIO_SAMPLE_RATE}:channel_layouts=${layout}`;
}

function channelsOf({ channels }: Pick<AudioStream, 'channels'>): 1 | 2 {
  return channels === 1 ? 1 : 2;
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
