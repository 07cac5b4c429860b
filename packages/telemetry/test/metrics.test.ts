import { METRICS, type MetricShape } from '@transcode/contracts';
import { afterEach, describe, expect, test } from 'vitest';
import { createMetrics, measure, type Metrics } from '../src/index.ts';

const made: Metrics[] = [];
const begin = (from: 'api' | 'worker'): Metrics => {
  const metrics = createMetrics(from);
  made.push(metrics);
  return metrics;
};
afterEach(() => {
  for (const metrics of made.splice(0)) metrics.close();
});
const scrape = async (metrics: Metrics): Promise<string> => (await metrics.scrape()).body;

describe('the list of metrics', () => {
  test.each(Object.entries(METRICS as Record<string, MetricShape>))(
    '%s is named and told as is the custom',
    (_, metric) => {
      const { name, kind, help, labels, buckets } = metric;
      expect(name).toMatch(/^transcode_[a-z][a-z0-9_]*$/);
      expect(name.endsWith('_total')).toBe(kind === 'counter');
      expect(name).not.toMatch(/_(?:ms|milliseconds|kb|mb|mib|percent|minutes|hours)(?:_|$)/);
      expect(help).toMatch(/\.$/);
      expect(buckets === undefined).toBe(kind !== 'histogram');
      expect(buckets ?? []).toEqual([...(buckets ?? [])].toSorted((one, other) => one - other));
      for (const [label, values] of Object.entries(labels)) {
        expect(label).toMatch(/^[a-z][a-z_]*$/);
        // Prometheus keeps it for the buckets, and for where a series comes from.
        expect(['le', 'job', 'instance', 'quantile']).not.toContain(label);
        const listed: readonly string[] = Array.isArray(values) ? values : [];
        expect(listed).toEqual([...new Set(listed)]);
      }
    },
  );

  test('no name stands twice', () => {
    const names = Object.values(METRICS).map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
  });
});

describe('what a process exports', () => {
  test.each(['api', 'worker'] as const)('is what the list says of the %s, and nothing else of ours', async (from) => {
    const body = await scrape(begin(from));
    const exported = [...body.matchAll(/^# TYPE (transcode_\S+) (\w+)$/gm)].map(([, name, kind]) => `${name} ${kind}`);
    const listed = Object.values(METRICS as Record<string, MetricShape>).filter((metric) => metric.from.includes(from));
    expect(exported.toSorted()).toEqual(listed.map(({ name, kind }) => `${name} ${kind}`).toSorted());
  });

  test('is measured wherever it happens, and ignored where it is not exported', async () => {
    const [api, worker] = [begin('api'), begin('worker')];
    measure.count('uploadBytesTotal', {}, 5);
    measure.count('uploadBytesTotal', {}, 2);
    measure.observe('vmafScore', { resolution: '720p' }, 91);
    measure.set('tasksWaiting', { class: 'cpu', priority: 'normal' }, 7);
    measure.add('tasksRunning', { class: 'cpu' }, 1);
    measure.add('tasksRunning', { class: 'cpu' }, 1);
    measure.add('tasksRunning', { class: 'cpu' }, -1);
    expect(await scrape(api)).toContain('transcode_upload_bytes_total 7');
    expect(await scrape(api)).toContain('transcode_tasks_waiting{class="cpu",priority="normal"} 7');
    expect(await scrape(worker)).toContain('transcode_tasks_running{class="cpu"} 1');
    expect(await scrape(worker)).toContain('transcode_vmaf_score_bucket{le="92",resolution="720p"} 1');
    expect(await scrape(worker)).not.toContain('upload_bytes');
  });

  test('has counters from the start, so that the first of anything is seen as one more', async () => {
    const body = await scrape(begin('worker'));
    expect(body).toContain('transcode_jobs_ended_total{outcome="failed",cause="input"} 0');
    expect(body).toContain('transcode_verify_checks_total{check="picture",result="failed"} 0');
  });

  test('loses what is not known any more', async () => {
    const metrics = begin('worker');
    measure.set('gpuTemperatureCelsius', { gpu: 'GPU-1' }, 60);
    expect(await scrape(metrics)).toContain('transcode_gpu_temperature_celsius{gpu="GPU-1"} 60');
    measure.forget('gpuTemperatureCelsius');
    expect(await scrape(metrics)).not.toContain('GPU-1');
  });

  test('is told though something that it looks up fails, or does not answer: of that alone nothing is known', async () => {
    const metrics = begin('api');
    let answers = true;
    const hangs = new Promise<void>(() => undefined);
    metrics.beforeScrape({
      at: () => {
        if (!answers) throw new Error('away');
        measure.set('tasksWaiting', { class: 'cpu', priority: 'normal' }, 7);
      },
      tells: ['tasksWaiting'],
    });
    metrics.beforeScrape({
      at: () => {
        if (!answers) return hangs;
        return measure.set('databaseSizeBytes', {}, 5);
      },
      tells: ['databaseSizeBytes'],
    });
    metrics.beforeScrape({ at: () => measure.set('databaseUp', {}, Number(answers)), tells: ['databaseUp'] });
    const before = await scrape(metrics);
    expect(before).toContain('transcode_tasks_waiting{class="cpu",priority="normal"} 7');
    expect(before).toContain('transcode_database_size_bytes 5');
    answers = false;
    const began = performance.now();
    const after = await scrape(metrics);
    expect(performance.now() - began).toBeLessThan(4_500);
    expect(after).toContain('transcode_database_up 0');
    expect(after).not.toMatch(/^transcode_(?:tasks_waiting|database_size_bytes)\b/m);
  });

  test('says nothing of what nobody has measured: no byte free is not the same', async () => {
    expect(await scrape(begin('api'))).not.toMatch(/^transcode_storage_free_bytes/m);
  });

  test('ends with it', async () => {
    const metrics = begin('api');
    metrics.close();
    measure.count('uploadBytesTotal', {}, 5);
    expect(await scrape(metrics)).toContain('transcode_upload_bytes_total 0');
  });
});
