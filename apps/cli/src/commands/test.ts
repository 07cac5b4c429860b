import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopSignals } from '../stop-signals.ts';
import { checks, clusterChecks } from '../test-run/checks.ts';
import { runChecks } from '../test-run/run-checks.ts';
import type { Context } from '../context.ts';

export interface TestOptions {
  /** All of the large corpora, and what takes as long as one lets it. */
  readonly deep?: boolean;
  /** Nothing but the chart, on a Kubernetes that is made for it. */
  readonly cluster?: boolean;
  /** Draws the share of the corpora that is taken otherwise, and what is sent to the API. */
  readonly seed?: number;
}

const SEEDS = 1_000_000;

/** Runs every check of the project. The last line is `N passed, N failed`. */
export async function test(
  context: Context,
  { deep = false, cluster = false, seed = randomInt(SEEDS) }: TestOptions,
): Promise<number> {
  const reports = await mkdtemp(join(tmpdir(), 'transcode-test-'));
  const stop = stopSignals(() => process.exit(130));
  context.print(
    cluster
      ? 'The chart on a Kubernetes that is made for it, and nothing else.'
      : deep
        ? `All of the large corpora; what the API is asked is drawn by --seed ${seed}.`
        : `A share of the large corpora, by --seed ${seed}; --deep takes all.`,
  );
  try {
    const chosen = cluster ? clusterChecks(reports) : checks(context.root, reports, { deep, seed });
    const { passed, failed } = await runChecks(context, chosen, stop.signal);
    if (stop.signal.aborted) return 130;
    context.print(`${passed} passed, ${failed} failed`);
    return failed === 0 ? 0 : 1;
  } finally {
    stop.dispose();
    await rm(reports, { recursive: true, force: true });
  }
}
