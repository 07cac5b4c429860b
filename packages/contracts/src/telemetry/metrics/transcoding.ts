import { RESOLUTIONS } from '../../media/resolution.ts';
import { type MetricShape } from './metric-shape.ts';

/** How a rendition was encoded. */
const ENCODED = { encoder: ['libx264'], device: ['cpu', 'gpu'], resolution: RESOLUTIONS } as const;

export const TRANSCODING_METRICS = {
  encodedFramesTotal: {
    name: 'transcode_encoded_frames_total',
    kind: 'counter',
    help: 'Frames of renditions that came out of finished chunks.',
    labels: ENCODED,
    from: ['worker'],
  },
  encodedMediaSecondsTotal: {
    name: 'transcode_encoded_media_seconds_total',
    kind: 'counter',
    help: 'Seconds of renditions that came out of finished chunks.',
    labels: ENCODED,
    from: ['worker'],
  },
  encodedBytesTotal: {
    name: 'transcode_encoded_bytes_total',
    kind: 'counter',
    help: 'Bytes of renditions that came out of finished chunks. By their seconds it is the byte rate of what is made.',
    labels: ENCODED,
    from: ['worker'],
  },
  encodeSpeedRatio: {
    name: 'transcode_encode_speed_ratio',
    kind: 'histogram',
    help: 'Seconds of the source that a chunk took in a second, with all its renditions at once; resolution is the largest of them.',
    labels: { device: ['cpu', 'gpu'], resolution: RESOLUTIONS },
    buckets: [0.05, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 4, 8, 16, 32],
    from: ['worker'],
  },
  encodeCpuSecondsTotal: {
    name: 'transcode_encode_cpu_seconds_total',
    kind: 'counter',
    help: 'Processor seconds that the ffmpeg of finished chunks used.',
    labels: { device: ['cpu', 'gpu'], resolution: RESOLUTIONS },
    from: ['worker'],
  },
  ffmpegRunsTotal: {
    name: 'transcode_ffmpeg_runs_total',
    kind: 'counter',
    help: 'Runs of ffmpeg, by how they ended. stopped are those that a lost lease, a cancellation or the end of the worker ended.',
    labels: { outcome: ['completed', 'failed', 'stopped'] },
    from: ['worker'],
  },
} as const satisfies Readonly<Record<string, MetricShape>>;
