import type { RunningApi } from '../../src/start.ts';

/** The value of a series as a scrape tells it, by its name and, in their order, its labels; undefined where there is none. */
export type Reading = (series: string) => number | undefined;

export async function scrape({ metricsUrl }: RunningApi): Promise<Reading> {
  return readingOf(await (await fetch(`${metricsUrl}/metrics`)).text());
}

export function readingOf(text: string): Reading {
  const series = new Map(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => {
        const at = line.lastIndexOf(' ');
        return [line.slice(0, at), Number(line.slice(at + 1))] as const;
      }),
  );
  return (name) => series.get(`transcode_${name}`);
}
