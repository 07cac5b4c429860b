import type { AudioStream } from '@transcode/contracts';
import type { SoundTimes } from '../clock/sound-times.ts';
import type { DescribedStream } from '../described.ts';
import { languageOf, titleOf } from '../plain-text.ts';

/** A stream of sound that can be published; undefined for one without packets or of a codec that is not known. */
export function describeAudio(stream: DescribedStream, times: SoundTimes | undefined): AudioStream | undefined {
  const { codec_name: codec, channels = 0, channel_layout: layout, tags } = stream;
  const sampleRate = Number(stream.sample_rate);
  if (codec === undefined || codec === 'unknown' || channels <= 0 || !(sampleRate > 0)) return undefined;
  if (times === undefined || times.packets === 0 || times.end < times.start) return undefined;
  const title = titleOf(tags);
  const language = languageOf(tags);
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
    startSeconds: times.start,
    endSeconds: times.end,
    ...(times.isClockBroken ? { isCounted: true } : {}),
    ...(Number.isNaN(bitRate) ? {} : { bitRate }),
  };
}
