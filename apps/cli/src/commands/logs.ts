import { open, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { rest } from '@transcode/servers';
import { dataFolderAt } from '../data-folder/data-folder.ts';
import { Refusal, systemCode } from '../refusal.ts';
import { stopSignals } from '../stop-signals.ts';
import type { Context } from '../context.ts';

const TAIL_BYTES = 64 * 1024;
const TAIL_LINES = 100;
const POLL_MS = 200;

/** Prints the last lines of one log or of all, and with `follow` what comes after them. */
export async function logs(
  context: Context,
  name: string | undefined,
  options: { data: string; follow: boolean },
): Promise<number> {
  const { logs: folder } = dataFolderAt(options.data);
  const known = await logNames(folder);
  if (known.length === 0) throw new Refusal(`There are no logs in ${folder} yet.`);
  if (name !== undefined && !known.includes(name)) {
    throw new Refusal(`There is no log of ${name}. There are: ${known.join(', ')}.`);
  }
  const chosen = name === undefined ? known : [name];
  const readers = chosen.map(
    (one) => new LogReader(join(folder, `${one}.log`), chosen.length > 1 ? `${one.padEnd(12)} ` : ''),
  );
  for (const reader of readers) for (const line of await reader.last()) context.print(line);
  if (!options.follow) return 0;
  const stop = stopSignals(() => undefined);
  while (!stop.signal.aborted) {
    for (const reader of readers) for (const line of await reader.fresh()) context.print(line);
    await rest(POLL_MS, stop.signal);
  }
  stop.dispose();
  return 0;
}

async function logNames(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder))
      .filter((file) => file.endsWith('.log'))
      .map((file) => basename(file, '.log'))
      .toSorted();
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** Reads on where it stopped, also when the log was rotated in between. */
class LogReader {
  readonly #path: string;
  readonly #prefix: string;
  #inode = 0;
  #offset = 0;
  #rest = '';

  constructor(path: string, prefix: string) {
    this.#path = path;
    this.#prefix = prefix;
  }

  async last(): Promise<string[]> {
    const found = await this.#read((size) => Math.max(0, size - TAIL_BYTES));
    return found.slice(-TAIL_LINES);
  }

  async fresh(): Promise<string[]> {
    return this.#read(() => this.#offset);
  }

  async #read(from: (size: number) => number): Promise<string[]> {
    const file = await open(this.#path, 'r');
    try {
      const { size, ino } = await file.stat();
      const start = (this.#inode !== 0 && ino !== this.#inode) || size < this.#offset ? 0 : from(size);
      this.#inode = ino;
      this.#offset = size;
      const buffer = Buffer.alloc(Math.max(0, size - start));
      await file.read(buffer, 0, buffer.length, start);
      const pieces = (this.#rest + buffer.toString()).split('\n');
      this.#rest = pieces.pop() ?? '';
      return pieces.map((line) => this.#prefix + line);
    } finally {
      await file.close();
    }
  }
}
