import { BUILT_IN_PRESETS, type Plan, type Probe } from '@transcode/contracts';
import { planVideo } from '@transcode/planner';

const SECONDS = 10;

/** The plan of ten seconds of 1080p25 with sound. */
export function planOf(): Plan {
  const [web] = BUILT_IN_PRESETS;
  if (web === undefined) throw new Error('There is no built-in preset');
  return planVideo(PROBE, web);
}

const PROBE: Probe = {
  ...{ container: 'mp4', bytes: 1_000_000, durationSeconds: SECONDS, subtitles: [], warnings: [] },
  video: {
    ...{ index: 0, codec: 'h264', width: 1920, height: 1080, displayWidth: 1920, displayHeight: 1080 },
    ...{ sampleAspect: { num: 1, den: 1 }, rotation: 0, mirrored: false, pixelFormat: 'yuv420p', bitDepth: 8 },
    ...{ hasAlpha: false, colour: {}, dynamicRange: 'sdr', scan: 'progressive', rateKind: 'constant' },
    ...{ timeBase: { num: 1, den: 12_800 }, rate: { num: 25, den: 1 }, frames: 25 * SECONDS },
    ...{ startSeconds: 0, endSeconds: SECONDS, keyframes: [{ shownSeconds: 0, decodedSeconds: 0 }] },
  },
  audio: [
    {
      ...{ index: 1, codec: 'aac', channels: 2, layout: 'stereo', sampleRate: 48_000, isDefault: true },
      ...{ startSeconds: 0, endSeconds: SECONDS },
    },
  ],
};
