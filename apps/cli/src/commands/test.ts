import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopSignals } from '../stop-signals.ts';
import { checks } from '../test-run/checks.ts';
import { runChecks } from '../test-run/run-checks.ts';
import type { Context } from '../context.ts';

/** Runs every check of the project. The last line is `N passed, N failed`. */
export async function test(context: Context): Promise<number> {
  const reports = await mkdtemp(join(tmpdir(), 'transcode-test-'));
  const stop = stopSignals(() => process.exit(130));
  try {
    const { passed, failed } = await runChecks(context, checks(context.root, reports), stop.signal);
    if (stop.signal.aborted) return 130;
    context.print(`${passed} passed, ${failed} failed`);
    return failed === 0 ? 0 : 1;
  } finally {
    stop.dispose();
    await rm(reports, { recursive: true, force: true });
  }
}
