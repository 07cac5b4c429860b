import type { AudioStream } from '@transcode/contracts';
import type { DescribedStream } from './described.ts';
import { parseFraction } from './parse-fraction.ts';
import { plainText } from './plain-text.ts';
import type { SoundTimes } from './read-packets.ts';

/** A stream of sound that can be published; undefined for one without packets or of a codec that is not known. */
export function describeAudio(stream: DescribedStream, times: SoundTimes | undefined): AudioStream | undefined {
  const { codec_name: codec, channels = 0, channel_layout: layout, tags } = stream;
  const sampleRate = Number(stream.sample_rate);
  const timeBase = parseFraction(stream.time_base);
  if (codec === undefined || codec === 'unknown' || channels <= 0 || !(sampleRate > 0)) return undefined;
  if (timeBase === undefined || times === undefined || times.packets === 0 || times.end < times.start) return undefined;
  const seconds = (ticks: number) => (ticks * timeBase.num) / timeBase.den;
  const title = plainText(tags?.['title']?.replaceAll('"', ''), 60);
  const language = plainText(tags?.['language'], 35);
  const bitRate = Number(stream.bit_rate);
  return {
    index: stream.index,
    codec,
    ...(stream.profile === undefined ? {} : { profile: stream.profile }),
    channels,
    ...(layout === undefined || layout === 'unknown' ? {} : { layout }),
    sampleRate,
    ...(language === undefined ? {} : { language }),
    ...(title === undefined ? {} : { title }),
    isDefault: stream.disposition?.['default'] === 1,
    startSeconds: seconds(times.start),
    endSeconds: seconds(times.end),
    ...(Number.isNaN(bitRate) ? {} : { bitRate }),
  };
}
