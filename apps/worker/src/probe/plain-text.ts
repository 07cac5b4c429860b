import type { DescribedStream } from './described.ts';

type Tags = DescribedStream['tags'];

/**
 * What a file calls something, as text for people: short, and without what would be no letter on a page or in a terminal (controls,
 * marks that turn the direction of writing, code points that mean nothing). Undefined where nothing is left.
 */
function plainText(said: string | undefined, mostCharacters: number): string | undefined {
  const text = (said ?? '').replaceAll(/\p{C}/gu, '').trim();
  const shortened = text.slice(0, mostCharacters).toWellFormed().trim();
  return shortened === '' ? undefined : shortened;
}

/** The language that a stream says it has. */
export function languageOf(tags: Tags): string | undefined {
  return plainText(tags?.['language'], 35);
}

/** What a stream is called, or the file that it is; without what would end it where it is quoted. */
export function titleOf(tags: Tags): string | undefined {
  return plainText((tags?.['title'] ?? tags?.['filename'])?.replaceAll('"', ''), 60);
}
