import { SAMPLE_STALE_MS, type WorkerDetail } from '@transcode/contracts';
import { formatBytes } from '@transcode/ui';
import { Figure } from '../charts/figure.tsx';
import { History } from '../charts/charts.tsx';
import type { Series } from '../charts/history-chart.tsx';
import { Section } from '../video/section.tsx';

const HOUR_MS = 3600 * 1000;
const CORES: readonly Series[] = [{ key: 'cpuCores', words: 'This worker', tone: 'alive', filled: true }];
const MEMORY: readonly Series[] = [
  { key: 'memoryBytes', words: 'This worker', tone: 'alive', filled: true },
  { key: 'machineUsedBytes', words: 'Whole machine', tone: 'second' },
];

/** Processor and memory over the last hour. */
export function WorkerCharts({ worker: { history, cores, sample } }: { worker: WorkerDetail }) {
  if (history.length === 0) {
    return (
      <Section title="The last hour">
        <p className="text-small text-ink-3">It has not said how it is yet. It does so every ten seconds.</p>
      </Section>
    );
  }
  const points = history.map(({ at, cpuCores, memoryBytes, machineUsedBytes }) => {
    return { at: new Date(at).getTime(), cpuCores, memoryBytes, machineUsedBytes };
  });
  const to = points.at(-1)?.at ?? 0;
  const span = { from: to - HOUR_MS, to, gapMs: SAMPLE_STALE_MS };
  const most = Math.max(...points.map(({ cpuCores }) => cpuCores));
  const memory = Math.max(...points.map(({ memoryBytes }) => memoryBytes));
  return (
    <Section title="The last hour">
      <Figure title="Processor" now={sample ? coresWords(sample.cpuCores) : undefined}>
        <History
          {...span}
          label={`Processor cores in use over the last hour, ${coresWords(most)} at most`}
          points={points}
          series={CORES}
          format={coresWords}
          most={cores === null ? undefined : Math.max(cores, Math.ceil(most))}
        />
      </Figure>
      <Figure title="Memory" now={sample ? formatBytes(sample.memoryBytes) : undefined} series={MEMORY}>
        <History
          {...span}
          label={`Memory of the worker with its ffmpegs over the last hour, ${formatBytes(memory)} at most`}
          points={points}
          series={MEMORY}
          format={formatBytes}
          most={history.at(-1)?.machineTotalBytes}
        />
      </Figure>
    </Section>
  );
}

function coresWords(cores: number): string {
  return `${Number(cores.toFixed(1))} ${cores === 1 ? 'core' : 'cores'}`;
}
