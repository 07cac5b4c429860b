import { Prisma } from '../generated/client.ts';
import { literally } from '../has-text.ts';

/** The index of titles knows three letters and more. */
export const INDEXED_LETTERS = 3;

/** Its letters and digits, word by word. */
export function wordsOf(search: string): string[] {
  return search.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Whether a title has the search somewhere: the same as ILIKE, which would make both small for each title. */
export function isIn(title: Prisma.Sql, search: string): Prisma.Sql {
  return Prisma.sql`lower(${title}) LIKE lower(${containing(search)})`;
}

/** What has the search somewhere. */
export function containing(search: string): string {
  return `%${literally(search)}%`;
}

/** The same with anything in the place of some words; undefined where nothing is left that the index knows, or all of it. */
export function containingAllBut(words: readonly string[], search: string): string | undefined {
  const left = wordsOf(search).filter((word) => !words.includes(word));
  if (words.length === 0 || !left.some((word) => word.length >= INDEXED_LETTERS)) return undefined;
  const parts = search.split(/([\p{L}\p{N}]+)/u);
  return `%${parts.map((part) => (words.includes(part) ? '%' : literally(part))).join('')}%`;
}
