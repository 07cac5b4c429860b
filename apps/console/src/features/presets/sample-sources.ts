import type { Probe, VideoStream } from '@transcode/contracts';

const SECONDS = 600;

interface SampleSource {
  readonly key: string;
  readonly words: string;
  readonly probe: Probe;
}

/** Sources that most people meet, ten minutes of each, to see what a preset makes of them. */
export const SAMPLE_SOURCES: readonly [SampleSource, ...SampleSource[]] = [
  sample('1080p25', '1920 × 1080, 25 frames/s', { width: 1920, height: 1080, rate: { num: 25, den: 1 } }),
  sample('4k60', '3840 × 2160, 60 frames/s', { width: 3840, height: 2160, rate: { num: 60, den: 1 } }),
  sample('portrait', '1080 × 1920, 30 frames/s, from a phone', {
    ...{ width: 1080, height: 1920, rate: { num: 30, den: 1 } },
  }),
  sample('4-3', '768 × 576, 25 frames/s, interlaced, from a tape', {
    ...{ width: 768, height: 576, rate: { num: 25, den: 1 }, scan: 'tff' },
  }),
];

function sample(
  key: string,
  words: string,
  { width, height, rate, scan = 'progressive' }: Pick<VideoStream, 'width' | 'height' | 'rate'> & Partial<VideoStream>,
): SampleSource {
  const frames = Math.round((SECONDS * rate.num) / rate.den);
  return {
    key,
    words,
    probe: {
      ...{ container: 'mp4', bytes: 1_000_000_000, durationSeconds: SECONDS, subtitles: [], warnings: [] },
      video: {
        ...{ index: 0, codec: 'h264', width, height, displayWidth: width, displayHeight: height, rate, scan, frames },
        ...{ sampleAspect: { num: 1, den: 1 }, rotation: 0, mirrored: false, pixelFormat: 'yuv420p', bitDepth: 8 },
        ...{ hasAlpha: false, dynamicRange: 'sdr', rateKind: 'constant', timeBase: { num: 1, den: 90_000 } },
        colour: { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', range: 'tv' },
        ...{ startSeconds: 0, endSeconds: SECONDS, keyframes: [{ shownSeconds: 0, decodedSeconds: 0 }] },
      },
      audio: [
        {
          ...{ index: 1, codec: 'aac', channels: 2, layout: 'stereo', sampleRate: 48_000, isDefault: true },
          ...{ startSeconds: 0, endSeconds: SECONDS },
        },
      ],
    },
  };
}
