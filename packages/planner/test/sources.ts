import { BUILT_IN_PRESETS, type AudioStream, type Preset, type Probe, type VideoStream } from '@transcode/contracts';

/** The built-in preset of this name. */
export function preset(name = 'web'): Preset {
  const found = BUILT_IN_PRESETS.find((each) => each.name === name);
  if (found === undefined) throw new Error(`There is no preset ${name}`);
  return found;
}

/** A 10 s 1080p25 stream, changed by what is given. */
export function video(changes: Partial<VideoStream> = {}): VideoStream {
  return {
    index: 0,
    codec: 'h264',
    width: 1920,
    height: 1080,
    displayWidth: changes.width ?? 1920,
    displayHeight: changes.height ?? 1080,
    sampleAspect: { num: 1, den: 1 },
    rotation: 0,
    mirrored: false,
    pixelFormat: 'yuv420p',
    bitDepth: 8,
    hasAlpha: false,
    colour: { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', range: 'tv' },
    dynamicRange: 'sdr',
    scan: 'progressive',
    timeBase: { num: 1, den: 12_800 },
    rateKind: 'constant',
    rate: { num: 25, den: 1 },
    frames: 250,
    startSeconds: 0,
    endSeconds: 10,
    keyframes: [{ shownSeconds: 0, decodedSeconds: 0 }],
    ...changes,
  };
}

export function audio(changes: Partial<AudioStream> = {}): AudioStream {
  return {
    index: 1,
    codec: 'aac',
    channels: 2,
    layout: 'stereo',
    sampleRate: 48_000,
    isDefault: true,
    startSeconds: 0,
    endSeconds: 10,
    ...changes,
  };
}

export function probe(picture: Partial<VideoStream> = {}, sound: readonly AudioStream[] = [audio()]): Probe {
  return {
    container: 'mp4',
    bytes: 1_000_000,
    durationSeconds: 10,
    video: video(picture),
    audio: [...sound],
    subtitles: [],
    warnings: [],
  };
}
