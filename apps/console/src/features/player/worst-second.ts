import type { Quality } from '@transcode/contracts';

/** The second with the lowest mean score; nothing where none was measured. */
export function worstSecond({ perSecond }: Pick<Quality, 'perSecond'>): { second: number; score: number } | undefined {
  let worst: { second: number; score: number } | undefined;
  for (const [second, score] of perSecond.entries()) {
    if (score !== null && (worst === undefined || score < worst.score)) worst = { second, score };
  }
  return worst;
}
