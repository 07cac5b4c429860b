import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, BrowserContext, Page, Route } from 'playwright-core';
import * as z from 'zod';
import { AAC, inputs, makeCase, X264 } from '@transcode/testing/media';
import { launchChromium } from './browser/chromium.ts';
import { Client } from './client.ts';
import { changePassword, signIn } from './console/door.ts';
import { runTranscodeIn, startInstallation } from './installation.ts';
import { PICTURED, type Pictured } from './pictured.ts';

/**
 * Every page of the console in four states and its dialogs, light and dark, at three widths, into the folder `out/screenshots`, with one
 * sheet per page or dialog and theme to look at: `pnpm --filter @transcode/e2e every-screenshot [name …]`.
 */

const ROOT = path.resolve(import.meta.dirname, '../..');
const TARGET = path.join(ROOT, 'out/screenshots');
const PASSWORD = 'the harbour at half past five';
const WIDTHS = [390, 1280, 1920] as const;
const THEMES = ['light', 'dark'] as const;
/** What a dialog is about may be looked for first, on a machine that is busy. */
const PATIENCE_MS = 120_000;
const STATES = ['empty', 'loading', 'failed', 'full'] as const;
type State = (typeof STATES)[number];
type Theme = (typeof THEMES)[number];

const wanted = new Set(process.argv.slice(2));
const statesOf = ({ presses }: Pictured): readonly State[] => (presses === undefined ? STATES : ['full']);
const pictured = PICTURED.filter(({ name }) => wanted.size === 0 || wanted.has(name));
const folder = await mkdtemp(path.join(tmpdir(), 'every-screenshot-'));
const installation = await startInstallation();
const browser = await launchChromium('/usr/bin/chromium');
try {
  await rm(TARGET, { recursive: true, force: true });
  await mkdir(TARGET, { recursive: true });
  const context = await enter(browser);
  await takeAll(context, 'empty', { video: 'none', job: 'none', operation: 'none' });
  process.stdout.write('Encoding …\n');
  const ids = await fill(context);
  for (const state of ['full', 'loading', 'failed'] as const) await takeAll(context, state, ids);
  for (const each of pictured) for (const theme of THEMES) await writeSheet(context, each, theme);
  const shown = pictured.flatMap(statesOf).length;
  process.stdout.write(`${shown * THEMES.length * WIDTHS.length} pictures in ${TARGET}\n`);
} finally {
  await browser.close();
  await installation.stop();
  await rm(folder, { recursive: true, force: true });
}

async function enter(chromium: Browser): Promise<BrowserContext> {
  const context = await chromium.newContext({ baseURL: installation.url, reducedMotion: 'reduce' });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  await page.goto('/');
  await signIn(page, { email: 'admin@localhost', password: installation.password });
  await page.getByRole('heading', { name: 'Choose your own password' }).waitFor();
  await changePassword(page, installation.password, PASSWORD);
  await page.getByRole('button', { name: 'Upload' }).waitFor();
  await page.close();
  return context;
}

/** Some of everything: finished, failed and unfinished videos, backups, a drill, an operation, receipts, another user, another workspace. */
async function fill(context: BrowserContext): Promise<Record<string, string>> {
  const client = new Client(installation.url, await installation.key('editor'));
  const steps = [[...inputs({ frames: 200, width: 640, height: 360 }), ...X264, ...AAC, '{}']];
  const ffmpeg = path.join(ROOT, '.tools/bin/ffmpeg');
  const file = await makeCase(ffmpeg, { name: 'film', file: 'film.mp4', steps, expect: { refused: '' } }, folder);
  const broken = path.join(folder, 'notes.mp4');
  await writeFile(broken, 'not a film at all');
  const titles = [
    'Harbour at dawn',
    'Evening ferry, last crossing',
    'A title that is rather long, as some are, to see where it ends',
  ];
  const videos = [];
  for (const title of titles) videos.push(await client.upload(file, { title }));
  const failed = await client.upload(broken, { title: 'Meeting notes' });
  for (const id of [...videos, failed]) await client.ended(id);
  await runTranscodeIn(ROOT, ['backup', '--data', installation.data], { settings: { BACKUP_RECIPIENTS: 'age1typo' } });
  for (const command of ['backup', 'drill']) await installation.transcode(command);
  await eraseSome(context, client, await client.upload(file, { title: 'To be forgotten' }));
  // The API looks every half minute at what lies there.
  await sleep(31_000);
  await client.uploadPart(file, 0.4, { title: 'Pilot station, drone' });
  await client.upload(file, { title: 'Tide table, episode 3' });
  await addUser(context, 'Inês');
  await postAs(context.request, '/api/v1/workspaces', { name: 'Trailers' });
  const [video = ''] = videos;
  const operation = await lookAtRestore(context, client, video);
  return { video, job: (await client.video(video)).job?.id ?? '', operation };
}

/** What a restore would change of a video that was called something else since. */
async function lookAtRestore({ request }: BrowserContext, client: Client, video: string): Promise<string> {
  const renamed = { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: '{"title":"Harbour"}' };
  await client.request(`/api/v1/videos/${video}`, renamed);
  const id = await postAs(request, '/api/v1/backups/restores/plan', { video });
  const Ended = z.object({ endedAt: z.string().nullable() });
  const isOpen = async (): Promise<boolean> =>
    Ended.parse(await (await request.get(`/api/v1/operations/${id}`)).json()).endedAt === null;
  while (await isOpen()) await sleep(1_000);
  return id;
}

async function postAs(request: BrowserContext['request'], address: string, data: object): Promise<string> {
  const answered = await request.post(address, { data, headers: { origin: installation.url } });
  if (!answered.ok()) throw new Error(`${address}: ${answered.status()} ${await answered.text()}`);
  return z.object({ id: z.string() }).parse(await answered.json()).id;
}

/** Receipts: of a video and of a person. */
async function eraseSome(context: BrowserContext, client: Client, video: string): Promise<void> {
  await client.ended(video);
  await client.request(`/api/v1/videos/${video}`, { method: 'DELETE' });
  const { id, email } = await addUser(context, 'Somebody who left');
  await postAs(context.request, `/api/v1/users/${id}/erase`, { confirm: email });
}

async function addUser({ request }: BrowserContext, name: string): Promise<{ id: string; email: string }> {
  const email = `${name.toLowerCase().replaceAll(/[^a-z]/g, '')}@example.org`;
  return { id: await postAs(request, '/api/v1/users', { email, name, role: 'viewer', workspaceIds: [] }), email };
}

async function takeAll(context: BrowserContext, state: State, ids: Readonly<Record<string, string>>): Promise<void> {
  for (const { name, address: pattern, presses = [] } of pictured.filter((each) => statesOf(each).includes(state))) {
    const address = pattern.replace(/\{(\w+)\}/, (_, key: string) => ids[key] ?? '');
    const page = await context.newPage();
    await page.route('**/api/trpc/**', (route) => answer(route, state));
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(address);
    await settle(page, state);
    if (presses.length > 0) await open(page, presses);
    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme });
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: width === 390 ? 844 : 1000 });
        await page.screenshot({ path: path.join(TARGET, fileOf(name, state, theme, width)), animations: 'disabled' });
      }
    }
    await page.close();
    process.stdout.write(`${name}, ${state}\n`);
  }
}

async function open(page: Page, presses: readonly RegExp[]): Promise<void> {
  for (const name of presses) {
    const pressed = page.getByRole('button', { name }).or(page.getByRole('menuitem', { name }));
    await pressed.first().click();
  }
  await page.getByRole('dialog').waitFor();
  await page
    .getByRole('dialog')
    .getByText(/^Loading /)
    .waitFor({ state: 'detached' });
}

async function answer(route: Route, state: State): Promise<void> {
  // One that is never answered is loading for ever.
  if (state === 'loading') return;
  await (state === 'failed' ? route.abort('connectionrefused') : route.continue());
}

/** Until the page shows what it will show in this state: placeholders, or none any more and every picture there. */
async function settle(page: Page, state: State): Promise<void> {
  if (state === 'loading') {
    await page.locator('[data-loading]').or(page.getByRole('heading')).first().waitFor({ state: 'attached' });
    return;
  }
  await page.getByRole('heading').first().waitFor({ state: 'attached' });
  await page.waitForFunction(() => document.querySelector('[data-loading]') === null);
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.allSettled([...document.images].map((image) => image.decode()));
  });
}

function fileOf(name: string, state: State, theme: Theme, width: number): string {
  return `${name}-${state}-${theme}-${width}.png`;
}

/** The states below each other, each at the three widths. */
async function writeSheet(context: BrowserContext, shown: Pictured, theme: Theme): Promise<void> {
  const { name } = shown;
  const page = await context.newPage();
  await page.setViewportSize({ width: 1800, height: 1200 });
  const cells = statesOf(shown).map((state) => {
    const pictures = WIDTHS.map((width) => `<img src="${fileOf(name, state, theme, width)}" style="height:420px">`);
    return `<h2>${name}, ${state}</h2><div style="display:flex;gap:8px;align-items:flex-start">${pictures.join('')}</div>`;
  });
  const html = path.join(TARGET, `sheet-${name}-${theme}.html`);
  await writeFile(html, `<body style="font:14px sans-serif;background:#888;margin:8px">${cells.join('')}</body>`);
  await page.goto(`file://${html}`);
  await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode())));
  await page.screenshot({ path: html.replace('.html', '.png'), fullPage: true });
  await page.close();
}
