import type { ByteRange } from '../storage.ts';

/** `whole`: answer 200 with all of it. `none`: 416. Several ranges at once are answered with the whole. */
export function parseRange(header: string | undefined, bytes: number): ByteRange | 'whole' | 'none' {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (match === null) return 'whole';
  const [, from = '', to = ''] = match;
  if (from === '' && to === '') return 'whole';
  const start = from === '' ? Math.max(0, bytes - Number(to)) : Number(from);
  const end = from === '' || to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1);
  if (from !== '' && to !== '' && Number(to) < start) return 'whole';
  return start > end ? 'none' : { start, end };
}
