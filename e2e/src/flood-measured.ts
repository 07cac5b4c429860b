import { measureFlood } from './flood/measure-flood.ts';
import { startInstallation } from './installation.ts';

/** `pnpm --filter @transcode/e2e flood`: what four minutes of a flood do to a new installation, in figures. */
const installation = await startInstallation();
try {
  const { growth, report, slower, others } = await measureFlood(installation, { quietMs: 30_000, floodMs: 240_000 });
  const figures = { growth, report, slower: Object.fromEntries(slower), others };
  process.stdout.write(`${JSON.stringify(figures, undefined, 2)}\n`);
} finally {
  await installation.stop();
}
