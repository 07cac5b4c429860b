import { parseEnv } from './env.ts';
import { startApi } from './start.ts';

const api = await startApi(parseEnv(process.env));

let stop: Promise<void> | undefined;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    stop ??= api.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      },
    );
  });
}
