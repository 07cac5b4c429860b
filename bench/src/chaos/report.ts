import { table } from '../table.ts';
import type { Ordeal } from './tormentor.ts';

/** From a worker's death to the next worker's ffmpeg. */
export const NEXT_FFMPEG_MS = 10_000;
/** What one fault may cost each worker. */
export const CHUNKS_A_WORKER = 1;

/** What a fault has broken, a sentence each. */
export function brokenBy(ordeal: Ordeal): string[] {
  const { planned, cost, broken, clockAt } = ordeal;
  const slow = cost.nextFfmpegAt !== undefined && cost.nextFfmpegAt - clockAt > NEXT_FFMPEG_MS;
  const costly = [...cost.chunksAgain].filter(([, chunks]) => chunks > CHUNKS_A_WORKER);
  return [
    ...broken.map((text) => `${planned.kind}: ${text}.`),
    ...(slow
      ? [`${planned.kind}: the next ffmpeg began ${seconds(sinceClock(ordeal))} later, promised at most 10 s.`]
      : []),
    ...costly.map(([worker, chunks]) => `${planned.kind}: it cost ${worker} ${chunks} chunks, promised at most one.`),
  ];
}

/** One line a fault. */
export function ordealLine(ordeal: Ordeal, startedAt: number): string {
  const { planned, what, strikeAt, healedAt, cost } = ordeal;
  const chunks = [...cost.chunksAgain.values()].reduce((sum, each) => sum + each, 0);
  return [
    `${seconds(strikeAt - startedAt).padStart(8)}  ${planned.kind.padEnd(16)} ${what}`,
    `lost: ${lost(ordeal)}; chunks again: ${chunks}`,
    `next ffmpeg ${cost.nextFfmpegAt === undefined ? 'never' : seconds(sinceClock(ordeal))}`,
    `over after ${seconds(healedAt - strikeAt)}`,
    ...brokenBy(ordeal).map((text) => `BROKEN: ${text}`),
  ].join(' | ');
}

/** `encode (worker_died), 2 verify (handed back)`. */
function lost({ cost }: Ordeal): string {
  const kinds = Map.groupBy(cost.losses, ({ stage, failureCode }) => `${stage} (${failureCode ?? 'handed back'})`);
  return [...kinds].map(([kind, of]) => (of.length === 1 ? kind : `${of.length} ${kind}`)).join(', ') || 'nothing';
}

/** By kind of fault, and all of it together. */
export function summary(ordeals: readonly Ordeal[]): string[] {
  const rows = [...Map.groupBy(ordeals, ({ planned }) => planned.kind)].map(([kind, of]) => row(kind, of));
  const head = ['fault', 'times', 'chunks again', 'next ffmpeg: median', 'longest', 'broken'];
  return table([head, ...rows, row('all', ordeals)]);
}

function row(kind: string, ordeals: readonly Ordeal[]): string[] {
  const times = ordeals.filter(({ cost }) => cost.nextFfmpegAt !== undefined).map(sinceClock);
  const sorted = times.toSorted((a, b) => a - b);
  const chunks = ordeals.flatMap(({ cost }) => [...cost.chunksAgain.values()]).reduce((sum, each) => sum + each, 0);
  return [
    kind,
    String(ordeals.length),
    String(chunks),
    seconds(sorted[Math.floor(sorted.length / 2)] ?? 0),
    seconds(sorted.at(-1) ?? 0),
    String(ordeals.flatMap(brokenBy).length),
  ];
}

/** Work that went on before an outage was over did not wait at all. */
function sinceClock({ cost, clockAt }: Ordeal): number {
  return Math.max(0, (cost.nextFfmpegAt ?? clockAt) - clockAt);
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
