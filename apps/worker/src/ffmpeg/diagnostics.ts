import type { Readable } from 'node:stream';
import { lines } from './lines.ts';

const TAIL_LINES = 20;
const LINE_CHARACTERS = 300;
/** What ffmpeg says about itself while nothing is wrong. */
const SMALL_TALK = /^(\[[^\]]*\] )?\[(info|verbose|debug)\]/;
/** Nor what we forbade it, which says nothing of the file. */
const FORBIDDEN = /Format not on whitelist/;
/** It catches some signals, tells which, and ends in order. */
const CAUGHT = /received signal (\d+)/;
const NO_MEMORY =
  /(cannot|could not|failed to) allocate|malloc of size|out of memory|bad_alloc|(get_buffer|pthread_create)\(\) failed/i;
const BENCH = /bench: utime=([\d.]+)s stime=([\d.]+)s/;

export interface Diagnostics {
  /** The last lines that tell of trouble, printable. */
  readonly tail: string;
  /** Its last line, for a sentence; empty if nothing was said. */
  readonly reason: string;
  readonly cpuSeconds: number;
  /** Something in it could not get the memory it asked for. */
  readonly lacksMemory: boolean;
  /** The number of a signal that it was told to end by. */
  readonly caught: number | undefined;
}

/** Reads a child's stderr to its end, keeping little. What is said while nothing is wrong goes to `hear`, the rest to `hearTrouble`. */
export async function readDiagnostics(
  stderr: Readable,
  secret?: string,
  hear?: (line: string) => void,
  hearTrouble?: (line: string) => void,
): Promise<Diagnostics> {
  const tail: string[] = [];
  let cpuSeconds = 0;
  let lacksMemory = false;
  let caught: number | undefined;
  for await (const line of lines(stderr)) {
    const bench = BENCH.exec(line);
    if (bench) cpuSeconds = Number(bench[1]) + Number(bench[2]);
    const told = CAUGHT.exec(line);
    if (told) caught = Number(told[1]);
    const isSmallTalk = SMALL_TALK.test(line);
    if (isSmallTalk) hear?.(line);
    else hearTrouble?.(line);
    if (line.trim() === '' || isSmallTalk || FORBIDDEN.test(line)) continue;
    lacksMemory ||= NO_MEMORY.test(line);
    tail.push(printable(secret === undefined ? line : line.replaceAll(secret, 'source')));
    if (tail.length > TAIL_LINES) tail.shift();
  }
  return { tail: tail.join('\n'), reason: reasonOf(tail), cpuSeconds, lacksMemory, caught };
}

/** The first of the last errors says most; without level and address. */
function reasonOf(tail: readonly string[]): string {
  const said = tail.findLast((line) => !/Conversion failed|Nothing was written/.test(line)) ?? '';
  return said
    .replaceAll(/\[[^\]]*\] ?/g, '')
    .replace(/^source: /, '')
    .replace(/[.\s]+$/, '');
}

/** A line of a program as it may be shown: no control characters, no addresses of memory, not endless. */
export function printable(line: string): string {
  return line
    .slice(0, LINE_CHARACTERS)
    .replaceAll(/\p{C}/gu, '\u{fffd}')
    .replaceAll(/ @ 0x[0-9a-f]+/g, '');
}
