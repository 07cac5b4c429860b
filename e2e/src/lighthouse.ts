import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import lighthouse, { desktopConfig, type Result } from 'lighthouse';
import { chromium, type BrowserContext } from 'playwright-core';
import { AAC, inputs, makeCase, X264 } from '@transcode/testing/media';
import { freePort } from '@transcode/testing';
import { Client } from './client.ts';
import { changePassword, signIn } from './console/door.ts';
import { startInstallation } from './installation.ts';

/**
 * Lighthouse's scores of the signed-in console, of a fresh installation with a finished video: `pnpm --filter @transcode/e2e
 * lighthouse`. Ends with 1 where one is below what we promise.
 */

const ROOT = path.resolve(import.meta.dirname, '../..');
const PASSWORD = 'the harbour at half past five';
const PROMISED = 95;
const ROUNDS = 3;
const CATEGORIES = ['performance', 'accessibility'] as const;
const FORMS = ['desktop', 'mobile'] as const;

const folder = await mkdtemp(path.join(tmpdir(), 'lighthouse-'));
const installation = await startInstallation();
const port = await freePort();
const context = await chromium.launchPersistentContext(path.join(folder, 'profile'), {
  executablePath: '/usr/bin/chromium',
  baseURL: installation.url,
  args: ['--no-sandbox', '--disable-background-networking', '--disable-sync', `--remote-debugging-port=${port}`],
});
try {
  const id = await makeVideo();
  await enter(context);
  let isKept = true;
  for (const address of ['/', `/videos/${id}`, '/jobs']) {
    for (const form of FORMS) {
      const results: Result[] = [];
      for (let round = 0; round < ROUNDS; round += 1) results.push(await judge(address, form));
      for (const category of CATEGORIES) {
        const scores = results.map((result) => Math.round((result.categories[category]?.score ?? 0) * 100));
        const score = scores.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
        isKept &&= score >= PROMISED;
        process.stdout.write(`${address} ${form} ${category}: ${score} (${scores.join(' ')})\n`);
      }
      process.stdout.write(`  ${metricsOf(results[0])}\n`);
    }
  }
  process.exitCode = isKept ? 0 : 1;
} finally {
  await context.close();
  await installation.stop();
  await rm(folder, { recursive: true, force: true });
}

async function makeVideo(): Promise<string> {
  const client = new Client(installation.url, await installation.key('editor'));
  const steps = [[...inputs(), ...X264, ...AAC, '{}']];
  const ffmpeg = path.join(ROOT, '.tools/bin/ffmpeg');
  const file = await makeCase(ffmpeg, { name: 'film', file: 'film.mp4', steps, expect: { refused: '' } }, folder);
  const id = await client.upload(file, { title: 'A film' });
  await client.ended(id);
  return id;
}

async function enter(browser: BrowserContext): Promise<void> {
  const page = await browser.newPage();
  await page.goto('/');
  await signIn(page, { email: 'admin@localhost', password: installation.password });
  await changePassword(page, installation.password, PASSWORD);
  await page.getByRole('button', { name: 'Upload' }).waitFor();
  await page.close();
}

async function judge(address: string, form: (typeof FORMS)[number]): Promise<Result> {
  const flags = { port, disableStorageReset: true, onlyCategories: [...CATEGORIES], logLevel: 'error' as const };
  const run = await lighthouse(
    installation.url + address,
    flags,
    form === 'desktop' ? { ...desktopConfig } : undefined,
  );
  if (run === undefined) throw new Error('Lighthouse told nothing');
  if (new URL(run.lhr.finalDisplayedUrl).pathname !== address) throw new Error(`It saw ${run.lhr.finalDisplayedUrl}`);
  return run.lhr;
}

function metricsOf(result: Result | undefined): string {
  const names = [
    'first-contentful-paint',
    'largest-contentful-paint',
    'total-blocking-time',
    'cumulative-layout-shift',
  ];
  const metrics = names.map((name) => `${name} ${result?.audits[name]?.displayValue ?? '?'}`);
  const failing = Object.values(result?.audits ?? {})
    .filter(({ score, scoreDisplayMode }) => scoreDisplayMode === 'binary' && score === 0)
    .map(({ id }) => id);
  return [...metrics, ...failing].join(', ');
}
