import { parseArgs } from 'node:util';
import * as z from 'zod';
import { FAULT_KINDS, runChaos } from './src/chaos/index.ts';

const Options = z.object({
  minutes: z.coerce.number().positive().default(10),
  seed: z.coerce.number().int().nonnegative().optional(),
  videos: z.coerce.number().int().min(1).max(200).default(20),
  storage: z.enum(['s3', 'files']).default('s3'),
  faults: z
    .string()
    .transform((list) => list.split(','))
    .pipe(z.array(z.enum(FAULT_KINDS)).min(1))
    .optional(),
});

interface Context {
  readonly root: string;
  readonly print: (line: string) => void;
}

/**
 * Kills, stops and cuts what can be killed, stopped and cut of a whole installation at work, and says what it cost. Exit code 0
 * only if nothing of it shows in the end.
 */
export async function benchChaos(argv: readonly string[], { root, print }: Context): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      minutes: { type: 'string' },
      seed: { type: 'string' },
      videos: { type: 'string' },
      storage: { type: 'string' },
      faults: { type: 'string' },
    },
  });
  const { seed = Math.floor(Math.random() * 2 ** 31), faults, ...options } = Options.parse(values);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  print(`seed ${seed}: ${options.minutes} min, ${options.videos} videos in flight, objects on ${options.storage}`);
  const kinds = faults === undefined ? {} : { kinds: faults };
  const { broken, folder } = await runChaos({ root, print, seed, ...options, ...kinds, signal: stop.signal });
  for (const sentence of broken) print(`BROKEN: ${sentence}`);
  if (broken.length > 0) print(`${broken.length} promises broken. Logs and data are in ${folder} (seed ${seed}).`);
  else print('All promises hold.');
  return broken.length === 0 ? 0 : 1;
}

export { benchChaos as run };
