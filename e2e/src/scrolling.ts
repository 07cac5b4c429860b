import { setInterval } from 'node:timers/promises';
import { seedJobsAt } from '@transcode/bench/lists';
import type { Page } from 'playwright-core';
import { launchChromium } from './browser/chromium.ts';
import { changePassword, signIn } from './console/door.ts';
import { databaseUrlOf } from './database-url.ts';
import { startInstallation } from './installation.ts';

/**
 * Scrolls through the list of jobs of a fresh installation, faster than anybody reads, and tells how long each frame of the page took:
 * `pnpm --filter @transcode/e2e scrolling [jobs]`. Ends with 1 where one took too long or the page held too many rows.
 */

const JOBS = Number(process.argv[2] ?? 100_000);
const PASSWORD = 'the harbour at half past five';
/** Servers are not on the machine of who looks at their page, and do not take its processor. */
const NICENESS = 19;
const PROMISED = { frameMs: 50, rows: 100 };
/** A turn of the wheel, and the pause to the next: some 400 rows a second. */
const TURN = { pixels: 640, everyMs: 50 };
const TURNS_A_LOOK = 20;
const MOST_MS = 400_000;

/** What the page has seen of itself. */
interface Sighting {
  readonly frames: number[];
  readonly mostRows: number;
}

declare global {
  interface Window {
    sighting: { frames: number[]; mostRows: number };
  }
}

const installation = await startInstallation({ niceness: NICENESS });
const browser = await launchChromium('/usr/bin/chromium');
try {
  await seedJobsAt(await databaseUrlOf(installation.data), JOBS);
  const page = await browser.newPage({ baseURL: installation.url, viewport: { width: 1280, height: 1000 } });
  await page.goto('/');
  await signIn(page, { email: 'admin@localhost', password: installation.password });
  await changePassword(page, installation.password, PASSWORD);
  await page.getByRole('button', { name: 'Upload' }).waitFor();
  await page.goto('/jobs');
  await page.getByRole('row').nth(20).waitFor();
  await page.evaluate(watch);
  const reached = await scrollThrough(page);
  const { frames, mostRows } = await page.evaluate((): Sighting => window.sighting);
  process.exitCode = report({ frames, mostRows }, reached) ? 0 : 1;
} finally {
  await browser.close();
  await installation.stop();
}

/** Runs in the page. */
function watch(): void {
  window.sighting = { frames: [], mostRows: 0 };
  let last = performance.now();
  const look = (now: number): void => {
    window.sighting.frames.push(now - last);
    window.sighting.mostRows = Math.max(window.sighting.mostRows, document.querySelectorAll('tr').length);
    last = now;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** To the last row, or as far as the time goes; answers how far. */
async function scrollThrough(page: Page): Promise<number> {
  await page.mouse.move(600, 600);
  let reached = 0;
  let turns = 0;
  for await (const begun of setInterval(TURN.everyMs, Date.now())) {
    await page.mouse.wheel(0, TURN.pixels);
    turns += 1;
    if (turns % TURNS_A_LOOK > 0) continue;
    const before = reached;
    reached = await page.evaluate(() =>
      Math.max(...[...document.querySelectorAll('tr[aria-rowindex]')].map((row) => Number(row.ariaRowIndex))),
    );
    // Some jobs are of deleted videos: the last row has a lower number than there are jobs.
    if ((reached === before && reached > JOBS * 0.9) || Date.now() - begun > MOST_MS) break;
  }
  return reached;
}

function report({ frames, mostRows }: Sighting, reached: number): boolean {
  const sorted = frames.toSorted((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(1);
  const over = frames.filter((ms) => ms > PROMISED.frameMs).length;
  const holds = over === 0 && mostRows < PROMISED.rows;
  process.stdout.write(
    `${reached} rows scrolled through; ${frames.length} frames: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, most ${at(1)} ms, ${over} over ${PROMISED.frameMs} ms; at most ${mostRows} rows in the page: ${holds ? 'holds' : 'BROKEN'}\n`,
  );
  return holds;
}
