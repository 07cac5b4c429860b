import type { UploadItem } from '../uploads/upload-item.ts';

/** What needs a person, and where that is put right. */
export interface Notice {
  /** The same as long as it is about the same. */
  readonly key: string;
  readonly words: string;
  /** A page; without one it is in the tray of uploads. */
  readonly href?: string;
}

/** A line that is away for a moment comes back by itself; for so long, somebody should look. */
const STANDS_MS = 60_000;

/** Uploads that do not go on by themselves, or have not for a while. */
export function uploadNotices(uploads: readonly UploadItem[], now: number): Notice[] {
  return uploads.flatMap((item) => noticeOf(item, now) ?? []);
}

function noticeOf(
  { id, name, state, failure, became, videoId, standsSince }: UploadItem,
  now: number,
): Notice | undefined {
  const key = `upload ${id} ${state}`;
  const why = failure === undefined ? '' : ` ${failure}`;
  if (state === 'failed') return { key, words: `${name} was not uploaded.${why}` };
  if (state === 'needs-file') return { key, words: failure ?? `${name} goes on once its file is chosen again.` };
  if (state === 'done' && became === 'failed') {
    return {
      key,
      words: `No video came of ${name}.${why}`,
      ...(videoId !== undefined && { href: `/videos/${videoId}` }),
    };
  }
  if (state === 'done' || standsSince === undefined || now - standsSince < STANDS_MS) return undefined;
  return { key: `upload ${id} stands`, words: `${name} has not moved for a while.${why}` };
}
