import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Refusal, systemCode } from '../refusal.ts';
import type { Context } from '../context.ts';

/** What each file in bench/ exports. */
interface Benchmark {
  run(argv: string[], world: { root: string; print(line: string): void }): Promise<number>;
}

/** Runs one of the benchmarks in bench/, or lists them. */
export async function bench(context: Context, name: string | undefined, argv: string[]): Promise<number> {
  const folder = join(context.root, 'bench');
  const names = await benchmarkNames(folder);
  if (name === undefined) {
    context.print(names.length === 0 ? 'There are no benchmarks yet.' : `Benchmarks: ${names.join(', ')}`);
    return 0;
  }
  if (!names.includes(name))
    throw new Refusal(`There is no benchmark ${name}. There are: ${names.join(', ') || 'none'}.`);
  const benchmark: unknown = await import(pathToFileURL(join(folder, `${name}.ts`)).href);
  if (!isBenchmark(benchmark)) throw new Refusal(`bench/${name}.ts does not export run().`);
  return benchmark.run(argv, { root: context.root, print: context.print });
}

async function benchmarkNames(folder: string): Promise<string[]> {
  try {
    const files = await readdir(folder, { withFileTypes: true });
    return files
      .filter((file) => file.isFile() && /^[a-z-]+\.ts$/.test(file.name) && file.name !== 'context.ts')
      .map((file) => basename(file.name, '.ts'))
      .toSorted();
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

function isBenchmark(value: unknown): value is Benchmark {
  return typeof value === 'object' && value !== null && 'run' in value && typeof value.run === 'function';
}
