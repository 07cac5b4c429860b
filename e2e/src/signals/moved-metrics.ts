import { METRICS, type MetricShape } from '@transcode/contracts';
import { runTranscode } from '../installation.ts';

/** Series by their name with labels, as a scrape tells them. */
export type Scrape = ReadonlyMap<string, number>;

/** What all processes of an installation export now. */
export async function scrapeAll(data: string): Promise<{ scrape: Scrape; text: string }> {
  const { stdout } = await runTranscode('status', '--json', '--data', data);
  const { processes } = JSON.parse(stdout) as { processes: { name: string; ports: { metrics?: number } }[] };
  const texts = await Promise.all(
    processes.map(async ({ name, ports: { metrics } }) => {
      if (metrics === undefined) return '';
      const text = await (await fetch(`http://127.0.0.1:${metrics}/metrics`)).text();
      return text.replaceAll(/^(transcode_\w+)(\{?)/gm, `$1{process="${name}"}$2`);
    }),
  );
  const lines = texts.join('\n').split('\n');
  const series = lines.filter((line) => line.startsWith('transcode_'));
  return { scrape: new Map(series.map((line) => split(line))), text: texts.join('\n') };
}

function split(line: string): [string, number] {
  const at = line.lastIndexOf(' ');
  return [line.slice(0, at), Number(line.slice(at + 1))];
}

/** Names of our metrics that changed from one of these scrapes to another, or that say all the time what is not nothing. */
export function movedMetrics(scrapes: readonly Scrape[]): Set<string> {
  const moved = new Set<string>();
  for (const { name, kind } of Object.values(METRICS) as MetricShape[]) {
    const suffix = kind === 'histogram' ? '_count' : '';
    const values = new Map<string, Set<number>>();
    for (const scrape of scrapes)
      for (const [series, value] of scrape)
        if (series.startsWith(`${name}${suffix}{`)) values.set(series, (values.get(series) ?? new Set()).add(value));
    const isMoved = [...values.values()].some((seen) => seen.size > 1 || [...seen].some((value) => value > 0));
    if (isMoved) moved.add(name);
  }
  return moved;
}
