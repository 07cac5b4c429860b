import { waitFor } from '@transcode/testing';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Stage } from '../../src/console/stage.ts';
import { holdProcess } from '../../src/hold-process.ts';
import { pidOf, supervisorOf } from '../../src/pid-of.ts';

/** Within which a page says that the server is away, and is right again. */
const MOST_MS = 5_000;
/** Within which twelve do that are open in one browser, which shares two cores with a server that starts. */
const MOST_TOGETHER_MS = 3 * MOST_MS;
const PAGES = [
  ...['/', '/videos/{video}', '/overview', '/jobs', '/jobs/{job}', '/queues', '/workers', '/workers/worker-1'],
  ...['/presets', '/settings/account', '{share}', '/sign-in'],
];
const SERVER_AWAY = /^The server has not answered since \d\d:\d\d:\d\d\. What you see is as old as that/;
const CONSOLE_AWAY = /^The console has not answered since \d\d:\d\d:\d\d\. This page is up to date/;
/** What the browser remarks on meanwhile. */
const REMARKS = /ERR_(CONNECTION_|SOCKET_|EMPTY_RESPONSE|INCOMPLETE_|NETWORK_|ABORTED)|status of 50[234]/;

/** A server that goes and comes back, before pages that nobody reloads. */
export function away(stage: () => Stage): void {
  async function open(address: string): Promise<Page> {
    const page = await stage().visit(
      address === '/sign-in' || address.startsWith('/share/') ? { session: 'nobody' } : {},
    );
    stage().expectComplaints(page, REMARKS);
    await page.goto(address);
    await page.getByRole('heading').first().waitFor({ state: 'attached' });
    await page.waitForFunction(() => document.querySelector('[data-loading]') === null);
    await mark(page);
    return page;
  }

  test(
    'twelve pages say that the server is away, and are right again soon after its return',
    { timeout: 240_000 },
    async () => {
      const { client, installation } = stage();
      const token = await installation.transcode('token', '--role', 'operator', '--reach', 'all');
      const operator = token.stdout.trim().split(/\s+/).at(-1) ?? '';
      const post = async (address: string, body: object, key = operator, method = 'POST') => {
        const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
        const init = { method, headers, body: JSON.stringify(body) };
        const answer = await fetch(`${installation.url}/api/v1${address}`, init);
        expect([address, answer.ok]).toEqual([address, true]);
        return answer;
      };
      const editor = await installation.key('editor');
      const id = await client.upload(await stage().smallVideo('Low tide'), { title: 'Low tide' });
      const { job } = await client.ended(id);
      const shared = await post(`/videos/${id}/shares`, { seconds: 3_600 }, editor);
      const { url } = (await shared.json()) as { url: string };
      const ids: Record<string, string> = { video: id, job: job?.id ?? '', share: new URL(url).pathname };
      const pages: Page[] = [];
      // All at once they would be slow to come.
      for (const address of PAGES)
        pages.push(await open(address.replace(/\{(\w+)\}/, (_, name: string) => ids[name] ?? '')));
      const [videos, video] = pages as [Page, Page];
      const queues = pages[PAGES.indexOf('/queues')] as Page;
      const workers = pages[PAGES.indexOf('/workers')] as Page;

      const { pid } = await stage().api();
      const stopped = performance.now();
      {
        // Nobody starts it again meanwhile.
        using held = new DisposableStack();
        held.use(holdProcess(await supervisorOf(installation.data)));
        process.kill(pid, 'SIGKILL');
        // Before anybody knows.
        await workers.getByRole('link', { name: 'Presets', exact: true }).click();
        await Promise.all(pages.map((page) => page.getByText(SERVER_AWAY).waitFor({ timeout: MOST_TOGETHER_MS })));
        expect(performance.now() - stopped).toBeLessThan(MOST_TOGETHER_MS);
        await videos.getByRole('link', { name: 'Jobs', exact: true }).click();
        for (const page of [workers, videos]) await page.getByText('The page you chose opens then.').waitFor();
        expect(await old(videos)).toBe(true);
        expect(new URL(videos.url()).pathname).toBe('/');
      }

      await waitFor(async () => (await fetch(`${installation.url}/health`)).ok, { timeout: 30_000 });
      const returned = performance.now();
      await post(`/videos/${id}`, { title: 'High tide' }, editor, 'PATCH');
      await post('/workers/pause', { scope: 'all' });
      try {
        await Promise.all([
          ...pages.map((page) => page.getByText(SERVER_AWAY).waitFor({ state: 'detached', timeout: MOST_TOGETHER_MS })),
          video.getByRole('heading', { name: 'High tide' }).waitFor({ timeout: MOST_TOGETHER_MS }),
          queues.getByRole('button', { name: 'Resume all work' }).waitFor({ timeout: MOST_TOGETHER_MS }),
        ]);
        expect(performance.now() - returned).toBeLessThan(MOST_TOGETHER_MS);
        // A page has to be made, too.
        await Promise.all([videos, workers].map((page) => page.waitForURL(/\/(jobs|presets)$/)));
      } finally {
        await post('/workers/resume', { scope: 'all' });
      }
      expect(await Promise.all(pages.map(marked))).toEqual(pages.map(() => true));
      expect(await old(video)).toBe(false);
    },
  );

  test('while the console itself is away a page goes on, and the way to another waits for it', async () => {
    const page = await open('/');
    // There the sections are in a menu, whose links the browser would follow by itself.
    await page.setViewportSize({ width: 390, height: 740 });
    {
      using held = new DisposableStack();
      held.use(holdProcess(await pidOf(stage().installation.data, 'console')));
      await page.getByText(CONSOLE_AWAY).waitFor({ timeout: MOST_MS });
      expect(await old(page)).toBe(false);
      await page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: 'Videos' }).click();
      await page.getByRole('menuitem', { name: 'Workers' }).click();
      await page.getByText('The page you chose opens then.').waitFor();
      expect(new URL(page.url()).pathname).toBe('/');
    }
    await page.waitForURL('**/workers', { timeout: MOST_MS });
    await page.getByRole('heading', { name: 'Workers', level: 1 }).waitFor();
    await page.getByText(CONSOLE_AWAY).waitFor({ state: 'detached' });
    expect(await marked(page)).toBe(true);
  });
}

/** A page that was loaded anew has lost it. */
const mark = (page: Page): Promise<void> => page.evaluate(() => void Reflect.set(window, 'isMarked', true));
const marked = (page: Page): Promise<boolean> => page.evaluate(() => Reflect.get(window, 'isMarked') === true);

/** Whether what means a state has lost its colour. */
function old(page: Page): Promise<boolean> {
  return page.locator('#main').evaluate((main) => {
    const [here, around] = [main, document.documentElement].map((element) =>
      getComputedStyle(element).getPropertyValue('--color-accent'),
    );
    return here !== around;
  });
}
