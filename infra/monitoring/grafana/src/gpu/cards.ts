import type { Row } from '../frame/dashboard.ts';
import { table } from '../panels/table.ts';
import { text } from '../panels/text.ts';
import { timeSeries } from '../panels/time-series.ts';
import { increase, max, sum } from '../promql/expressions.ts';
import { series } from '../promql/series.ts';
import { CHOSEN, NO_CARD, NO_GPU_WORK } from './no-gpu-work.ts';

export function cards(): Row {
  return {
    title: 'GPUs',
    panels: [
      text('No GPU work yet', NO_GPU_WORK, 3),
      table({
        title: 'GPUs of the workers’ machines',
        shows: 'Each GPU that nvidia-smi names, and on which worker’s machine it is.',
        good: 'every card that you put in.',
        otherwise: 'one is missing: see nvidia-smi on that machine, and whether the worker may use it.',
        unit: 'none',
        width: 12,
        queries: [{ expr: max(['instance', 'gpu', 'model'], series('gpuInfo', CHOSEN)), legend: '', as: 'rows' }],
        none: NO_CARD,
        columns: { instance: 'Worker', gpu: 'UUID', model: 'Card' },
        page: 'gpus',
      }),
      timeSeries({
        title: 'GPU query errors',
        shows: 'Times in 15 minutes that a machine which had GPUs could not tell how they are.',
        good: '0.',
        otherwise:
          'run nvidia-smi there: load the driver anew, or restart the machine. The worker’s log has what it said.',
        unit: 'short',
        decimals: 0,
        width: 12,
        queries: [{ expr: sum(['instance'], increase('gpuErrorsTotal', {}, '15m')), legend: '{{instance}}' }],
        none: NO_CARD,
        limits: { wrong: 'above', steps: [{ alert: 'GPUFailing', at: 1.5 }] },
      }),
    ],
  };
}
