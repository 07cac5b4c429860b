import { ERRORS, type ErrorCode } from '../../errors/error-registry.ts';
import type { MetricShape } from './metric-shape.ts';

const CODES = Object.keys(ERRORS) as ErrorCode[];

export const ERROR_METRICS = {
  errorsTotal: {
    name: 'transcode_errors_total',
    kind: 'counter',
    help: 'Errors that were told to a caller or ended a task, by where and which.',
    labels: { component: ['http', 'upload', 'task', 'reconciler'], code: CODES },
    from: ['api', 'worker'],
  },
} as const satisfies Readonly<Record<string, MetricShape>>;
