import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { runTranscode } from '../installation.ts';

const MONITORING = path.resolve(import.meta.dirname, '../../../infra/monitoring');

const AGAIN_MS = 5_000;

interface Panel {
  readonly title?: string;
  readonly targets?: readonly { readonly expr?: string }[];
  readonly panels?: readonly Panel[];
}

/** Something that is asked of Prometheus, and where. */
export interface Query {
  readonly where: string;
  readonly expression: string;
}

/** What every panel of every dashboard asks, with all values in the place of variables, as Grafana does. */
export async function panelQueries(): Promise<Query[]> {
  const folder = path.join(MONITORING, 'grafana/dashboards');
  const files = await readdir(folder);
  const all = await Promise.all(
    files.map(async (file) => {
      const dashboard = JSON.parse(await readFile(path.join(folder, file), 'utf8')) as { panels: readonly Panel[] };
      return flat(dashboard.panels).flatMap(({ title = '', targets = [] }) =>
        targets.flatMap(({ expr }) =>
          expr === undefined ? [] : [{ where: `${file} ${title}`, expression: filled(expr) }],
        ),
      );
    }),
  );
  return all.flat();
}

/** What the rules of a kind say, by their names: what is recorded, and what is alerted on. */
export async function ruleNames(kind: 'record' | 'alert'): Promise<string[]> {
  const folder = path.join(MONITORING, 'prometheus/rules');
  const texts = await Promise.all((await readdir(folder)).map((file) => readFile(path.join(folder, file), 'utf8')));
  return texts.flatMap((text) => [...text.matchAll(new RegExp(`- ${kind}: (\\S+)`, 'g'))].map(([, name = '']) => name));
}

/** Those that go on to give nothing, asked again for so long. */
export async function withoutData(url: string, queries: readonly Query[], ms: number): Promise<Query[]> {
  const until = Date.now() + ms;
  let without = [...queries];
  for (;;) {
    const counts = await Promise.all(without.map(({ expression }) => ask(url, expression)));
    without = without.filter((_, index) => counts[index] === 0);
    if (without.length === 0 || Date.now() > until) return without;
    await sleep(AGAIN_MS);
  }
}

/** The series that an expression gives now. */
async function ask(url: string, expression: string): Promise<number> {
  const answer = await fetch(`${url}/api/v1/query?${new URLSearchParams({ query: expression })}`);
  const { data } = Answer.parse(await answer.json());
  return data.resultType === 'scalar' ? 1 : data.result.length;
}

/** Ids of the traces that a histogram leads to. */
export async function exemplarsOf(url: string, metric: string): Promise<string[]> {
  const span = { start: String(Date.now() / 1000 - 3_600), end: String(Date.now() / 1000) };
  const answer = await fetch(`${url}/api/v1/query_exemplars?${new URLSearchParams({ query: metric, ...span })}`);
  return Exemplars.parse(await answer.json()).data.flatMap(({ exemplars }) =>
    exemplars.map(({ labels }) => labels.trace_id),
  );
}

const Exemplars = z.object({
  data: z.array(z.object({ exemplars: z.array(z.object({ labels: z.object({ trace_id: z.string() }) })) })),
});
const Answer = z.object({ data: z.object({ resultType: z.string(), result: z.array(z.unknown()) }) });

export async function prometheusOf(data: string): Promise<string> {
  const { stdout } = await runTranscode('status', '--json', '--data', data);
  const { prometheus } = JSON.parse(stdout) as { prometheus: { url: string } | null };
  if (prometheus === null) throw new Error(`No Prometheus runs: ${stdout}`);
  return prometheus.url;
}

function flat(panels: readonly Panel[]): Panel[] {
  return panels.flatMap((panel) => [panel, ...flat(panel.panels ?? [])]);
}

function filled(expression: string): string {
  return expression
    .replaceAll('$__rate_interval', '5m')
    .replaceAll('$__range', '6h')
    .replaceAll(/"\$\w+"/g, '".+"');
}
