import { copyFile, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { CHUNK_SEGMENTS } from '@transcode/contracts';
import * as z from 'zod';
import { drawRecipe } from './src/odd/draw-recipe.ts';
import { passSource } from './src/odd/pass-source.ts';
import { shellLine } from './src/odd/shell-line.ts';
import { startInstallation, type Installation } from './src/odd/start-installation.ts';

const Options = z.object({
  count: z.coerce.number().int().min(1).default(100),
  seed: z.coerce.number().int().nonnegative().optional(),
  only: z.coerce.number().int().nonnegative().optional(),
  keep: z.string().min(1).optional(),
});

/** Made, sent and judged at the same time: one is encoded while another is judged. */
const ABREAST = 4;
const TOLD_EVERY = 50;

interface Context {
  readonly root: string;
  readonly print: (line: string) => void;
}

/**
 * Sends sources that are odd in ways drawn at random through a whole installation and judges what comes of them by programs that are
 * not ours. Exit code 0 only if each became what its recipe predicts.
 */
export async function benchOdd(argv: readonly string[], { root, print }: Context): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      count: { type: 'string' },
      seed: { type: 'string' },
      only: { type: 'string' },
      keep: { type: 'string' },
    },
  });
  const { count, seed = Math.floor(Math.random() * 2 ** 31), only, keep } = Options.parse(values);
  const positions = only === undefined ? Array.from({ length: count }, (_, position) => position) : [only];
  // Every second seed has each segment made by itself, as only long sources have otherwise.
  const chunkSegments = seed % 2 === 0 ? CHUNK_SEGMENTS : 1;
  print(`seed ${seed}: ${positions.length} sources, chunks of ${chunkSegments} segments`);
  const started = performance.now();
  const installation = await startInstallation(root, chunkSegments);
  try {
    let [done, broken] = [0, 0];
    const waiting = [...positions];
    const lane = async (): Promise<void> => {
      for (let position = waiting.shift(); position !== undefined; position = waiting.shift()) {
        if (!(await passOne(installation, { seed, position, keep }, print))) broken += 1;
        done += 1;
        if (done % TOLD_EVERY === 0) print(`${done} of ${positions.length}, ${broken} broken, ${since(started)}`);
      }
    };
    await Promise.all(Array.from({ length: ABREAST }, lane));
    print(
      `${done} sources of seed ${seed} in ${since(started)}: ${broken === 0 ? 'nothing wrong' : `${broken} BROKEN`}`,
    );
    return broken === 0 ? 0 : 1;
  } finally {
    await installation.stop();
  }
}

export { benchOdd as run };

/** Whether the source at this position became what its recipe says; if not, all that is needed to see it again is printed. */
async function passOne(
  installation: Installation,
  { seed, position, keep }: { seed: number; position: number; keep: string | undefined },
  print: (line: string) => void,
): Promise<boolean> {
  const recipe = drawRecipe(seed, position);
  const { complaints, source } = await passSource(installation, recipe);
  if (complaints.length > 0) {
    print(`BROKEN: ${position}, ${recipe.title}`);
    for (const complaint of complaints) print(`  ${complaint}`);
    print(`  again: ./transcode bench odd --seed ${seed} --only ${position}`);
    print(`  ${shellLine(recipe)}`);
    if (keep !== undefined && source !== undefined) {
      await mkdir(keep, { recursive: true });
      await copyFile(source, path.join(keep, `${seed}-${recipe.file}`));
    }
  }
  await rm(path.join(installation.folder, 'odd', String(position)), { recursive: true, force: true });
  return complaints.length === 0;
}

function since(started: number): string {
  return `${((performance.now() - started) / 60_000).toFixed(1)} min`;
}
