import type { Database } from '../database.ts';
import { findTitled } from './find-titled.ts';
import type { JobFilter } from './job-filter.ts';
import { lookThrough, type Look } from './look-through.ts';
import { pageOf, type FoundJobs, type Page } from './page.ts';
import { INDEXED_LETTERS, wordsOf } from './title-pattern.ts';

/**
 * So many jobs are looked at for a title before the index of titles is asked; where so many of them have it, it is common, and going
 * on through the jobs meets more soon.
 */
const LOOKED_AT_FIRST = 500;
const COMMON_FROM = 3;
/** Where a title is common, so many jobs more are looked at for a page. */
const LOOKED_AT_NEXT = 500;
/**
 * Where it is neither common nor rare, so many are looked at in one query and in all: a search has an end, however rare the title is
 * among what is listed.
 */
const LOOKED_AT_ONCE = 2_000;
const LOOKED_AT_MOST = 10_000;

/** Common titles are met by going through the jobs; where the newest have none, the index of titles is asked whether it is rare. */
export async function searchJobs(db: Database, filter: JobFilter, search: string, page: Page): Promise<FoundJobs> {
  const first = { before: page.before, looks: LOOKED_AT_FIRST, words: wordsOf(search) };
  const newest = await lookThrough(db, filter, search, first);
  if (newest.end === undefined || newest.ids.length > page.limit) return pageOfLook(newest, page);
  if (newest.ids.length >= COMMON_FROM || search.length < INDEXED_LETTERS) {
    const next = await lookThrough(db, filter, search, { before: newest.end, looks: LOOKED_AT_NEXT });
    return pageOfLook({ ...next, ids: [...newest.ids, ...next.ids] }, page);
  }
  const rare = await findTitled(db, { filter, search, commonWords: newest.commonWords }, page);
  if (rare !== undefined) return pageOf(rare, page.limit);
  let look = newest;
  for (let all = 0; all < LOOKED_AT_MOST && look.ids.length === 0 && look.end !== undefined; all += LOOKED_AT_ONCE) {
    look = await lookThrough(db, filter, search, { before: look.end, looks: LOOKED_AT_ONCE });
  }
  return pageOfLook(look, page);
}

function pageOfLook({ ids, end }: Look, { limit }: Page): FoundJobs {
  return ids.length > limit ? pageOf(ids, limit) : { ids, next: end };
}
