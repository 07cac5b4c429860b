import type { AudioStream } from '@transcode/contracts';
import type { DescribedStream } from './described.ts';
import { parseFraction } from './parse-fraction.ts';
import type { SoundTimes } from './read-packets.ts';

/** A stream of sound that can be published; undefined for one without packets or of a codec that is not known. */
export function describeAudio(stream: DescribedStream, times: SoundTimes | undefined): AudioStream | undefined {
  const { codec_name: codec, channels = 0, channel_layout: layout, tags } = stream;
  const sampleRate = Number(stream.sample_rate);
  const timeBase = parseFraction(stream.time_base);
  if (codec === undefined || codec === 'unknown' || channels <= 0 || !(sampleRate > 0)) return undefined;
  if (timeBase === undefined || times === undefined || times.packets === 0 || times.end < times.start) return undefined;
  const seconds = (ticks: number) => (ticks * timeBase.num) / timeBase.den;
  const title = titleOf(tags);
  const bitRate = Number(stream.bit_rate);
  return {
    index: stream.index,
    codec,
    ...(stream.profile === undefined ? {} : { profile: stream.profile }),
    channels,
    ...(layout === undefined || layout === 'unknown' ? {} : { layout }),
    sampleRate,
    ...(tags?.['language'] === undefined ? {} : { language: tags['language'].slice(0, 35) }),
    ...(title === undefined ? {} : { title }),
    isDefault: stream.disposition?.['default'] === 1,
    startSeconds: seconds(times.start),
    endSeconds: seconds(times.end),
    ...(Number.isNaN(bitRate) ? {} : { bitRate }),
  };
}

/** Printable and short; the names that muxers write where nobody named anything do not count. */
function titleOf(tags: DescribedStream['tags']): string | undefined {
  const title = (tags?.['title'] ?? '')
    .replaceAll(/[\p{C}"]/gu, '')
    .trim()
    .slice(0, 60);
  return title === '' ? undefined : title;
}
