import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboardOf } from '../frame/dashboard.ts';
import { valuesOf } from '../frame/variables.ts';
import { cards } from './cards.ts';
import { engines } from './engines.ts';
import { gpuAgainstCpu } from './gpu-against-cpu.ts';
import { heatAndPower } from './heat-and-power.ts';
import { NO_GPU_WORK } from './no-gpu-work.ts';

export function gpu(): Dashboard {
  return dashboardOf({
    name: 'gpu',
    title: 'GPU',
    answers: `${NO_GPU_WORK} How the cards of the workers’ machines are, by what nvidia-smi says of them.`,
    from: 'now-6h',
    rows: [cards(), engines(), heatAndPower(), gpuAgainstCpu()],
    variables: [valuesOf('gpu', 'gpuInfo', 'UUIDs of cards')],
  });
}
