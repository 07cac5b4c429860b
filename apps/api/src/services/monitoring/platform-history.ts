import {
  HISTORY_FIGURES,
  HISTORY_SPANS,
  TranscodeError,
  type HistoryFigure,
  type HistorySpan,
  type PlatformHistory,
} from '@transcode/contracts';
import * as z from 'zod';
import type { SignedInContext } from '../../context.ts';

const ASK_MS = 5_000;

const Answer = z.object({
  data: z.object({ result: z.array(z.object({ values: z.array(z.tuple([z.number(), z.string()])) })) }),
});

/** The figures at moments that lie as far apart as the span asks for; what Prometheus did not see is null. */
export async function platformHistory(
  { services: { monitoring } }: SignedInContext,
  span: HistorySpan,
): Promise<PlatformHistory> {
  const { prometheus: url } = monitoring;
  if (url === undefined)
    throw new TranscodeError('monitoring_unset', { what: 'Prometheus', variable: 'PROMETHEUS_URL' });
  const { seconds, stepSeconds } = HISTORY_SPANS[span];
  // Moments stay the same while they are looked at again, so that what was drawn does not change.
  const to = Math.floor(Date.now() / 1_000 / stepSeconds) * stepSeconds;
  const times = { start: to - seconds, end: to, step: stepSeconds };
  const figures = await Promise.all(
    Object.entries(HISTORY_FIGURES).map(
      async ([name, query]) => [name, await valuesOf(url, { query, ...times })] as const,
    ),
  );
  const points = Array.from({ length: seconds / stepSeconds + 1 }, (_, index) => times.start + index * stepSeconds);
  return {
    from: timeOf(times.start),
    to: timeOf(to),
    stepSeconds,
    points: points.map((moment) => {
      const values = figures.map(([name, found]) => [name, found.get(moment) ?? null]);
      return { at: timeOf(moment), ...(Object.fromEntries(values) as Record<HistoryFigure, number | null>) };
    }),
  };
}

const timeOf = (second: number): string => new Date(second * 1_000).toISOString();

/** Of the one series that the query gives, by the second. */
async function valuesOf(url: string, asked: Readonly<Record<string, string | number>>): Promise<Map<number, number>> {
  const body = new URLSearchParams(
    Object.entries(asked).map(([name, value]): [string, string] => [name, String(value)]),
  );
  try {
    const response = await fetch(`${url}/api/v1/query_range`, {
      ...{ method: 'POST', body, signal: AbortSignal.timeout(ASK_MS) },
    });
    if (!response.ok) throw unavailable(`it refused with ${response.status}, ${(await response.text()).slice(0, 300)}`);
    const { data } = Answer.parse(await response.json());
    const values = (data.result[0]?.values ?? []).map(([moment, value]): [number, number] => [moment, Number(value)]);
    return new Map(values.filter(([, value]) => Number.isFinite(value)));
  } catch (cause) {
    throw cause instanceof TranscodeError ? cause : unavailable('it could not be reached', cause);
  }
}

function unavailable(reason: string, cause?: unknown): TranscodeError {
  return new TranscodeError('monitoring_unavailable', { what: 'Prometheus', reason }, { cause });
}
