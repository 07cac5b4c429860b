import type { Lsn } from './lsn.ts';
import { parseLsn } from './lsn.ts';

/** A timeline and what it goes on from, the oldest first: each holds from its `begin` to its `end`. */
export interface Stretch {
  timeline: number;
  begin: Lsn;
  /** Where the next one left it; undefined of the last. */
  end: Lsn | undefined;
}

const LINE = /^\s*(\d+)\s+([0-9A-F]+\/[0-9A-F]+)/i;

/** What Postgres writes down at each switch (`00000002.history`), with the timeline that it is of as the last. */
export function readHistory(text: string, timeline: number): Stretch[] {
  const stretches: Stretch[] = [];
  let begin: Lsn = 0n;
  for (const line of text.split('\n')) {
    const [, from, at] = LINE.exec(line) ?? [];
    if (from === undefined || at === undefined) continue;
    const end = parseLsn(at);
    stretches.push({ timeline: Number(from), begin, end });
    begin = end;
  }
  return [...stretches, { timeline, begin, end: undefined }];
}
