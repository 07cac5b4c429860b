import type { AudioStream } from '@transcode/contracts';
import { languageTag } from './language.ts';

/** What one rendition of sound is made of: a stream, or several of which each is a channel. */
export interface SoundGroup {
  readonly streams: readonly [AudioStream, ...AudioStream[]];
  /** Of several: ffmpeg's name of what they are together, and the channel that each is. */
  readonly joined?: { readonly layout: string; readonly channels: readonly string[] };
}

/** Streams that are channels of one sound start and end together, within so much, in seconds. */
const APART_SECONDS = 0.1;

const FRONT = ['FL', 'FR'];
const SURROUND = ['FL', 'FR', 'FC', 'LFE', 'SL', 'SR'];
const LAYOUTS: readonly (readonly [layout: string, channels: readonly string[]])[] = [
  ['stereo', FRONT],
  ['downmix', ['DL', 'DR']],
  ['2.1', [...FRONT, 'LFE']],
  ['3.0', [...FRONT, 'FC']],
  ['3.1', [...FRONT, 'FC', 'LFE']],
  ['quad', [...FRONT, 'BL', 'BR']],
  ['quad(side)', [...FRONT, 'SL', 'SR']],
  ['5.0', [...FRONT, 'FC', 'BL', 'BR']],
  ['5.0(side)', [...FRONT, 'FC', 'SL', 'SR']],
  ['5.1', [...FRONT, 'FC', 'LFE', 'BL', 'BR']],
  ['5.1(side)', SURROUND],
  ['7.1', [...SURROUND, 'BL', 'BR']],
];

/**
 * Broadcasters deliver each channel as a stream of its own. Streams of one channel that follow one another and are alike in all but
 * that are joined: by the channels that the file names, or, where it names none, in the order in which they are delivered.
 */
export function joinChannels(streams: readonly AudioStream[]): SoundGroup[] {
  const alike: AudioStream[][] = [];
  for (const stream of streams) {
    const last = alike.at(-1);
    if (last?.[0] !== undefined && areAlike(last[0], stream)) last.push(stream);
    else alike.push([stream]);
  }
  return alike.flatMap((run) => (run.length === 1 ? run.map(alone) : (byName(run) ?? byOrder(run))));
}

function areAlike(one: AudioStream, other: AudioStream): boolean {
  return (
    one.channels === 1 &&
    other.channels === 1 &&
    one.codec === other.codec &&
    one.sampleRate === other.sampleRate &&
    languageTag(one.language) === languageTag(other.language) &&
    one.title === other.title &&
    one.isCounted !== true &&
    other.isCounted !== true &&
    Math.abs(one.startSeconds - other.startSeconds) < APART_SECONDS &&
    Math.abs(one.endSeconds - other.endSeconds) < APART_SECONDS
  );
}

/** Streams that follow one another, with the channels that the file names; none where it names none. */
interface Sound {
  readonly streams: readonly AudioStream[];
  readonly channels: readonly string[] | undefined;
}

/**
 * A channel that comes again begins the next sound, as does a downmix. What is named is joined by that; what is not and lies together, in its
 * order. Undefined where names say nothing: where all are the same.
 */
function byName(run: readonly AudioStream[]): SoundGroup[] | undefined {
  const named = run.map(({ layout }) => /^1 channels \((\w+)\)$/.exec(layout ?? '')?.[1]);
  if (new Set(named).size === 1) return undefined;
  const sounds: { streams: AudioStream[]; channels: (string | undefined)[] }[] = [];
  for (const [position, stream] of run.entries()) {
    const channel = named[position];
    const last = sounds.at(-1);
    if (last !== undefined && goesWith(channel, last.channels)) {
      last.streams.push(stream);
      last.channels.push(channel);
    } else sounds.push({ streams: [stream], channels: [channel] });
  }
  return withNamelessTogether(sounds.flatMap(withItsCentre)).flatMap(({ streams, channels }) =>
    channels === undefined ? byOrder(streams) : [joined(streams, channels) ?? streams.map(alone)].flat(),
  );
}

function goesWith(channel: string | undefined, others: readonly (string | undefined)[]): boolean {
  return !others.includes(channel) && isDownmix(channel) === isDownmix(others[0]);
}

/**
 * A centre alone is what files call any mono sound, too. It is the centre where there are more channels than a front pair, which nobody
 * delivers with a centre alone; beside that pair it is a sound of its own.
 */
function withItsCentre({ streams, channels }: { streams: AudioStream[]; channels: (string | undefined)[] }): Sound[] {
  const place = channels.indexOf(undefined);
  if (place === -1 || channels.some((channel) => channel !== undefined && !FRONT.includes(channel))) {
    return [{ streams, channels: channels.map((channel) => channel ?? 'FC') }];
  }
  const nameless = { streams: streams.slice(place, place + 1), channels: undefined };
  const pair = {
    streams: streams.toSpliced(place, 1),
    channels: channels.filter((channel) => channel !== undefined),
  };
  if (pair.streams.length === 0) return [nameless];
  return place === 0 ? [nameless, pair] : [pair, nameless];
}

function withNamelessTogether(sounds: readonly Sound[]): Sound[] {
  const together: Sound[] = [];
  for (const sound of sounds) {
    const last = together.at(-1);
    if (last === undefined || last.channels !== undefined || sound.channels !== undefined) together.push(sound);
    else together.splice(-1, 1, { streams: [...last.streams, ...sound.streams], channels: undefined });
  }
  return together;
}

function isDownmix(channel: string | undefined): boolean {
  return channel?.startsWith('D') === true;
}

/** An odd number of them is no layout that anybody delivers. */
function byOrder(run: readonly AudioStream[]): SoundGroup[] {
  if (run.length % 2 === 1) return run.map(alone);
  const surround = run.length === 6 || run.length === 8 ? SURROUND.length : 0;
  const pairs = Array.from({ length: (run.length - surround) / 2 }, (_, pair) => surround + pair * 2);
  const groups = [
    ...(surround > 0 ? [joined(run.slice(0, surround), SURROUND)] : []),
    ...pairs.map((from) => joined(run.slice(from, from + 2), FRONT)),
  ];
  return groups.filter((group) => group !== undefined);
}

function joined(streams: readonly AudioStream[], channels: readonly string[]): SoundGroup | undefined {
  const layout = LAYOUTS.find(([, each]) => keyOf(each) === keyOf(channels))?.[0];
  const [first, ...others] = streams;
  if (layout === undefined || first === undefined) return undefined;
  return { streams: [first, ...others], joined: { layout, channels } };
}

function alone(stream: AudioStream): SoundGroup {
  return { streams: [stream] };
}

function keyOf(channels: readonly string[]): string {
  return channels.toSorted().join();
}
