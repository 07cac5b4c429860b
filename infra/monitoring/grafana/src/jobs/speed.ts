import { RESOLUTIONS } from '@transcode/contracts';
import type { Row } from '../frame/dashboard.ts';
import { timeSeries, type TimeSeries } from '../panels/time-series.ts';
import { quantile, rate, sum } from '../promql/expressions.ts';

const BY_RESOLUTION = {
  width: 8,
  names: RESOLUTIONS,
  none: 'Nothing was encoded',
} as const satisfies Partial<TimeSeries>;

export function speed(): Row {
  return {
    title: 'Speed',
    panels: [
      timeSeries({
        title: 'Speed by worker type and resolution',
        shows:
          'Seconds of a source that a chunk took in a second, all its renditions at once: the median, by what encoded and the largest rendition.',
        good: 'what this machine did yesterday. 1 is as fast as it plays.',
        otherwise: 'slower with the same files: too many tasks a machine, a slow disk, a hot processor.',
        unit: 'suffix:×',
        decimals: 2,
        width: 12,
        queries: [
          { expr: quantile(0.5, 'encodeSpeedRatio', ['device', 'resolution']), legend: '{{device}}, {{resolution}}' },
        ],
        none: 'Nothing was encoded',
        page: 'workers',
      }),
      timeSeries({
        title: 'Encoding throughput',
        shows: 'Seconds of renditions that all workers together finish in a second, by encoder and device.',
        good: 'level while tasks wait.',
        otherwise: 'falling while tasks wait: workers are missing or slow.',
        unit: 'suffix: s/s',
        decimals: 1,
        width: 12,
        queries: [
          { expr: sum(['encoder', 'device'], rate('encodedMediaSecondsTotal')), legend: '{{encoder}}, {{device}}' },
        ],
        stacked: true,
        none: 'Nothing was encoded',
      }),
      timeSeries({
        ...BY_RESOLUTION,
        title: 'Frames encoded per second',
        shows: 'Frames of renditions that came out of finished chunks, a second.',
        good: 'as many as the machines can do while tasks wait.',
        otherwise: 'see Slots in use on the System overview.',
        unit: 'suffix: fps',
        decimals: 0,
        queries: [{ expr: sum(['resolution'], rate('encodedFramesTotal')), legend: '{{resolution}}' }],
        stacked: true,
      }),
      timeSeries({
        ...BY_RESOLUTION,
        title: 'Output bit rate',
        shows: 'Bits of the renditions by their seconds, by resolution.',
        good: 'below the caps of the presets.',
        otherwise: 'a jump: other sources, or a changed preset.',
        unit: 'bps',
        queries: [
          {
            expr: `8 * ${sum(['resolution'], rate('encodedBytesTotal'))} / ${sum(['resolution'], rate('encodedMediaSecondsTotal'))}`,
            legend: '{{resolution}}',
          },
        ],
      }),
      timeSeries({
        title: 'CPU time per second of output',
        shows: 'Processor seconds that ffmpeg used for a second of renditions.',
        good: 'level: it is what a minute of video costs you.',
        otherwise: 'rising: a slower preset, or sources that are harder to decode.',
        unit: 'suffix: s/s',
        decimals: 2,
        width: 8,
        queries: [
          {
            expr: `${sum(['device'], rate('encodeCpuSecondsTotal'))} / ${sum(['device'], rate('encodedMediaSecondsTotal'))}`,
            legend: '{{device}}',
          },
        ],
        names: ['cpu', 'gpu'],
        none: 'Nothing was encoded',
      }),
      timeSeries({
        title: 'ffmpeg runs by outcome',
        shows:
          'Runs of ffmpeg a second, by how they ended. Stopped are those that a lost lease, a cancellation or the end of the worker ended.',
        good: 'hardly anything but completed; probing tries what may fail.',
        otherwise:
          'many stopped: leases are lost, see Tasks by outcome. Failed: see Errors by code on the System overview.',
        unit: 'ops',
        width: 24,
        queries: [{ expr: sum(['outcome'], rate('ffmpegRunsTotal')), legend: '{{outcome}}' }],
        names: ['completed', 'failed', 'stopped'],
        stacked: true,
        none: 'No run',
      }),
    ],
  };
}
