import { ControlView, SAMPLE_MS, WORKER_HEARTBEAT_MS } from '@transcode/contracts';
import { waitFor } from '@transcode/testing';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { signIn } from '../../src/console/door.ts';
import type { Stage } from '../../src/console/stage.ts';

const Workers = z.object({ items: z.array(z.object({ seenAt: z.string() })) });
const Listed = z.object({ controls: z.array(ControlView) });

/** What an operator sees and steers: workers, GPUs and what needs somebody. */
export function operations(stage: () => Stage): void {
  test('by keyboard: the workers, what they do and how they are', async () => {
    const page = await stage().visit();
    await page.goto('/');
    // Before the page has asked for its videos it hears no keys.
    await page.getByRole('article').first().waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('w');
    const row = page.getByRole('row', { name: /^worker-1/ });
    await row.getByText('Active').waitFor();
    // What came before may still be measured.
    await row.locator('[data-label="Slots"]').getByText('0 / 5').waitFor({ timeout: 60_000 });
    expect(await row.getByText('Free').count()).toBe(2);
    // The first sample is written with the worker's start.
    const memory = row.locator('[data-label="Memory"]');
    await memory.getByText(/\d MB|\d GB/).waitFor({ timeout: 2 * SAMPLE_MS });
    await page.getByText(/1 active · 0 of 5 slots in use/).waitFor();
  });

  test('a worker is paused, says by whom, and takes nothing until it is resumed', async () => {
    const page = await stage().visit();
    await page.goto('/workers');
    const row = page.getByRole('row', { name: /^worker-1/ });
    await row.getByRole('button', { name: 'More for worker-1' }).click();
    await page.getByRole('menuitem', { name: /^Pause/ }).click();
    await row.getByText('Paused').waitFor();
    await row.getByText('by admin@localhost').waitFor();
    const id = await stage().client.upload(await stage().smallVideo('While paused'), { title: 'While paused' });
    // The worker has been there again since the task was queued, and let it be.
    const uploadedAt = Date.now();
    await waitFor(async () => {
      const { items } = Workers.parse(await (await page.request.get('/api/v1/workers')).json());
      return items.every(({ seenAt }) => Date.parse(seenAt) > uploadedAt + WORKER_HEARTBEAT_MS);
    });
    const states = (await stage().client.video(id)).job?.tasks.map(({ state }) => state) ?? [];
    expect([states.includes('queued'), states.includes('running')]).toEqual([true, false]);
    const held = await stage().visit();
    await held.goto(`/videos/${id}`);
    await held.locator('[data-video-state]').getByText('Paused by admin@localhost').waitFor();
    await held.getByRole('button', { name: 'Resume worker-1' }).waitFor();
    await row.getByRole('button', { name: 'More for worker-1' }).click();
    await page.getByRole('menuitem', { name: 'Resume' }).click();
    await row.getByText('Active').waitFor();
    // Nobody looked again: it is told.
    await held.getByRole('button', { name: 'Resume worker-1' }).waitFor({ state: 'detached' });
    expect((await stage().client.ended(id)).state).toBe('ready');
  });

  test('draining a class is asked first, and undone where it is told', async () => {
    const page = await stage().visit();
    await page.goto('/workers');
    await page.getByRole('button', { name: 'Pause or drain' }).click();
    await page.getByRole('menuitem', { name: 'Drain CPU work…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Drain CPU work?' });
    await dialog.getByText('Nothing runs there now.').waitFor();
    await dialog.getByRole('button', { name: 'Leave it running' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Pause or drain' }).click();
    await page.getByRole('menuitem', { name: 'Drain CPU work…' }).click();
    await dialog.getByRole('button', { name: 'Drain', exact: true }).click();
    const controls = page.getByRole('list', { name: 'Stopped by operators' });
    await controls.getByText('CPU work is drained').waitFor();
    expect(await controlsOf(stage())).toEqual(['class:cpu']);
    // It takes other work, so it is active still.
    await page
      .getByRole('row', { name: /^worker-1/ })
      .getByText('Active')
      .waitFor();
    await controls.getByRole('button', { name: 'Resume CPU work' }).click();
    await controls.waitFor({ state: 'detached' });
    expect(await controlsOf(stage())).toEqual([]);
  });

  test('one worker has its last hour drawn, and what it is', async () => {
    const page = await stage().visit();
    await page.goto('/workers');
    await page.getByRole('link', { name: 'worker-1', exact: true }).click();
    await page.getByRole('heading', { name: 'worker-1', level: 1 }).waitFor();
    const cores = page.getByRole('img', { name: /^Processor cores in use over the last hour/ });
    await cores.locator('path').first().waitFor({ state: 'attached' });
    await cores.hover();
    await cores.locator('path.recharts-curve').first().waitFor();
    await page.getByRole('img', { name: /^Memory of the worker/ }).waitFor();
    expect(await page.getByText(/^ffmpeg version/).count()).toBe(2);
    await page.goto('/workers/nobody');
    stage().expectComplaints(page, /status of 404 .*workers\.get/);
    await page.getByText('There is no such worker').waitFor();
  });

  test('a machine without a GPU says so, and shows no number', async () => {
    const page = await stage().visit();
    await page.goto('/gpus');
    await page.getByText('No machine here has a GPU to show').waitFor();
    await page.getByText('No NVIDIA driver is installed: there is no nvidia-smi.').waitFor();
    expect(await page.getByText(/\d ?(%|°C|W)$/).count()).toBe(0);
  });

  test('the overview names what failed with its cause, and leads there', async () => {
    const id = await stage().client.upload(await stage().textFile('A letter', 'Dear editor,'), { title: 'A letter' });
    expect((await stage().client.ended(id)).state).toBe('failed');
    const page = await stage().visit();
    await page.goto('/');
    // Before the page has asked for its videos it hears no keys.
    await page.getByRole('article').first().waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('o');
    const needs = page.getByRole('region', { name: 'What needs you now' });
    const unknown = needs.getByRole('listitem').filter({ hasText: 'This is not a video file we know.' });
    await unknown.getByText('The files are at fault').waitFor();
    await unknown.getByRole('link', { name: /^See the/ }).waitFor();
    await page.getByRole('heading', { name: 'Backlog' }).waitFor();
    await page.getByRole('img', { name: /failed jobs? in the last 24 hours, by hour$/ }).waitFor();
    await page.getByRole('region', { name: 'Workers' }).getByRole('link', { name: 'worker-1' }).waitFor();
  });

  test('who is no operator is told for whom the pages are', async () => {
    const { email, password } = await stage().seedViewer();
    const page = await stage().visit({ session: 'nobody' });
    await page.goto('/workers');
    await signIn(page, { email, password });
    await page.getByRole('heading', { name: 'This page is for operators' }).waitFor();
    for (const address of ['/overview', '/gpus', '/workers/worker-1']) {
      await page.goto(address);
      await page.getByRole('heading', { name: 'This page is for operators' }).waitFor();
    }
    expect((await page.request.get('/api/v1/workers')).status()).toBe(403);
  });
}

/** What is stopped, as an integrator sees it. */
async function controlsOf({ installation }: Stage): Promise<string[]> {
  const headers = { authorization: `Bearer ${await installation.key('operator')}` };
  const answer: unknown = await (await fetch(`${installation.url}/api/v1/workers`, { headers })).json();
  return Listed.parse(answer).controls.map(({ scope }) => scope);
}
