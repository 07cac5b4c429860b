import type { Readable } from 'node:stream';
import { lines } from './lines.ts';

const TAIL_LINES = 20;
const LINE_CHARACTERS = 300;
/** What ffmpeg says about itself while nothing is wrong. */
const SMALL_TALK = /^(\[[^\]]*\] )?\[(info|verbose|debug)\]/;
const BENCH = /bench: utime=([\d.]+)s stime=([\d.]+)s/;

export interface Diagnostics {
  /** The last lines that tell of trouble, printable. */
  readonly tail: string;
  /** Its last line, for a sentence; empty if nothing was said. */
  readonly reason: string;
  readonly cpuSeconds: number;
}

/** Reads a child's stderr to its end, keeping little. */
export async function readDiagnostics(stderr: Readable, secret?: string): Promise<Diagnostics> {
  const tail: string[] = [];
  let cpuSeconds = 0;
  for await (const line of lines(stderr)) {
    const bench = BENCH.exec(line);
    if (bench) cpuSeconds = Number(bench[1]) + Number(bench[2]);
    if (line.trim() === '' || SMALL_TALK.test(line)) continue;
    tail.push(printable(secret === undefined ? line : line.replaceAll(secret, 'source')));
    if (tail.length > TAIL_LINES) tail.shift();
  }
  return { tail: tail.join('\n'), reason: reasonOf(tail), cpuSeconds };
}

/** The first of the last errors says most; without level and address. */
function reasonOf(tail: readonly string[]): string {
  const said = tail.findLast((line) => !/Conversion failed|Nothing was written/.test(line)) ?? '';
  return said
    .replaceAll(/\[[^\]]*\] ?/g, '')
    .replace(/^source: /, '')
    .replace(/[.\s]+$/, '');
}

function printable(line: string): string {
  return line
    .slice(0, LINE_CHARACTERS)
    .replaceAll(/\p{C}/gu, '\u{fffd}')
    .replaceAll(/ @ 0x[0-9a-f]+/g, '');
}
