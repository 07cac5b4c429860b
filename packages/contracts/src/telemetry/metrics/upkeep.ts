import { RECONCILER_STEPS } from '../../work/reconciler-steps.ts';
import { CALL_SECONDS, type MetricShape } from './metric-shape.ts';

export const UPKEEP_METRICS = {
  reconcilerStepSeconds: {
    name: 'transcode_reconciler_step_duration_seconds',
    kind: 'histogram',
    help: 'Time that a step of the reconciler took, in the replica that is elected.',
    labels: { step: RECONCILER_STEPS },
    buckets: CALL_SECONDS,
    from: ['api'],
  },
  reconcilerStepErrorsTotal: {
    name: 'transcode_reconciler_step_errors_total',
    kind: 'counter',
    help: 'Rounds of a step of the reconciler that failed; the next round tries again.',
    labels: { step: RECONCILER_STEPS },
    from: ['api'],
  },
  reconcilerElected: {
    name: 'transcode_reconciler_elected',
    kind: 'gauge',
    help: '1 in the replica that is elected to reconcile, else 0.',
    labels: {},
    from: ['api'],
  },
  outboxPending: {
    name: 'transcode_outbox_pending',
    kind: 'gauge',
    help: 'Messages that have to be told and were not, from Postgres.',
    labels: {},
    from: ['api'],
    shared: true,
  },
  outboxOldestSeconds: {
    name: 'transcode_outbox_oldest_age_seconds',
    kind: 'gauge',
    help: 'Age of the oldest of them; 0 where there is none.',
    labels: {},
    from: ['api'],
    shared: true,
  },
  buildInfo: {
    name: 'transcode_build_info',
    kind: 'gauge',
    help: '1, with what runs: its component, its version, the version of Node.js, and of a worker its ffmpeg.',
    labels: {
      component: ['api', 'worker'],
      version: { boundedBy: 'one a process' },
      node: { boundedBy: 'one a process' },
      ffmpeg: { boundedBy: 'one a process' },
    },
    from: ['api', 'worker'],
  },
} as const satisfies Readonly<Record<string, MetricShape>>;
