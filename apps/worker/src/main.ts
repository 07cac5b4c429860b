import { parseEnv } from './env.ts';
import { startWorker } from './start.ts';

const worker = await startWorker(parseEnv(process.env));

let stop: Promise<void> | undefined;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    stop ??= worker.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      },
    );
  });
}
