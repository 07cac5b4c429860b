import { parseEnv } from './env.ts';
import { startWorker } from './start.ts';

const starting = startWorker(parseEnv(process.env));

/** The first signal stops it, also while it starts; the others change nothing, as it hurries already. */
async function stop(): Promise<void> {
  const [worker] = await Promise.allSettled([starting]);
  if (worker.status === 'fulfilled') await worker.value.stop();
  process.exit(0);
}

let stopping: Promise<void> | undefined;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    stopping ??= stop();
  });
}
await starting.catch((error: unknown) => {
  if (stopping === undefined) throw error;
});
