import { RESOLUTIONS } from '../../media/resolution.ts';
import { RATIOS, type MetricShape } from './metric-shape.ts';

/** What `verify` looks at. */
export const VERIFY_CHECKS = ['folder', 'sound', 'picture'] as const;

export const QUALITY_METRICS = {
  vmafScore: {
    name: 'transcode_vmaf_score',
    kind: 'histogram',
    help: 'Mean VMAF of a rendition against its source, from 0 to 100.',
    labels: { resolution: RESOLUTIONS },
    buckets: [20, 40, 60, 70, 75, 80, 85, 88, 90, 92, 94, 96, 98, 100],
    from: ['worker'],
  },
  renditionCapRatio: {
    name: 'transcode_rendition_cap_ratio',
    kind: 'histogram',
    help: 'Bit rate of a published rendition by the one that its rung allows: what is missing to 1 was saved.',
    labels: { resolution: RESOLUTIONS },
    buckets: RATIOS,
    from: ['worker'],
  },
  verifyChecksTotal: {
    name: 'transcode_verify_checks_total',
    kind: 'counter',
    help: 'Checks of finished work, by what was looked at and whether it was right.',
    labels: { check: VERIFY_CHECKS, result: ['passed', 'failed'] },
    from: ['worker'],
  },
} as const satisfies Readonly<Record<string, MetricShape>>;
