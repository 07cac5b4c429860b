import { stat } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { changePassword, signIn } from '../../src/console/door.ts';
import { Line } from '../../src/console/line.ts';
import { loadedScripts } from '../../src/console/loaded-scripts.ts';
import type { Stage } from '../../src/console/stage.ts';
import { chooseFiles, sentMegabytes, uploadRow } from '../../src/console/tray.ts';
import { watchUploads } from '../../src/console/upload-requests.ts';
import { PASSWORD } from './door.ts';

const CHANGED = 'the harbour at a quarter to six';

/** What happens to uploads, and to the pages beside them. */
export function interrupted(stage: () => Stage): void {
  test('an API killed in mid-upload costs nothing: upload and page go on by themselves', async () => {
    const file = await stage().largeVideo('Storm');
    const { size } = await stat(file);
    const page = await stage().visit();
    stage().expectComplaints(page, /ERR_(CONNECTION_|SOCKET_|EMPTY_RESPONSE|INCOMPLETE_|NETWORK_)|status of 50[234]/);
    const requests = watchUploads(page);
    const line = await Line.of(page);
    await page.goto('/');
    await line.narrow();
    // Asked before: an answer may take longer than the rest of the upload.
    const { pid, restarts } = await stage().api();
    await chooseFiles(page, page.getByRole('button', { name: 'Upload', exact: true }), file);
    const row = uploadRow(page, 'Storm.mp4');
    await sentMegabytes(row, 2);
    process.kill(pid, 'SIGKILL');
    await row.getByText(/goes on by itself/).waitFor();
    await line.restore();
    await row.getByText(/^Uploaded/).waitFor();
    expect((await stage().api()).restarts).toBe(restarts + 1);
    const offsets = requests.filter(({ method }) => method === 'PATCH').map(({ offset }) => offset ?? 0);
    expect(offsets[0]).toBe(0);
    expect(offsets.at(-1)).toBeGreaterThan(0);
    expect(offsets.at(-1)).toBeLessThan(size);
    expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
    // The list beside it has never been loaded anew.
    const card = page.getByRole('article').filter({ hasText: 'Storm.mp4' });
    await card.getByText(/^(Ready|Encoding|Playable)/).waitFor({ timeout: 60_000 });
  });

  test('the first file of a page, chosen without a line, goes on its way once there is one', async () => {
    const file = await stage().smallVideo('Tunnel');
    const page = await stage().visit();
    stage().expectComplaints(page, /ERR_INTERNET_DISCONNECTED|Failed to load chunk|ChunkLoadError/);
    const requests = watchUploads(page);
    const line = await Line.of(page);
    await page.goto('/');
    await page.getByRole('article').first().waitFor();
    // The tray comes when somebody touches the page; what sends comes with the first file.
    const { addresses: before } = await loadedScripts(page);
    const loaded = async (): Promise<number> => {
      await page.mouse.move(300, 300);
      await page.mouse.move(310, 300);
      return (await loadedScripts(page)).addresses.length;
    };
    await expect.poll(loaded, { timeout: 15_000 }).toBeGreaterThan(before.length);
    await line.cut();
    await page.getByText('You are offline.').waitFor();
    await chooseFiles(page, page.getByRole('button', { name: 'Upload', exact: true }), file);
    const row = uploadRow(page, 'Tunnel.mp4');
    await row.getByText(/Waiting for the line, goes on by itself/).waitFor();
    await line.restore();
    await row.getByText(/^Uploaded/).waitFor();
    expect(requests.map(({ method }) => method)).toEqual(['POST', 'PATCH']);
  });

  test('a page that dies in mid-upload is opened again, names the file, and goes on where it was', async () => {
    const file = await stage().largeVideo('Crash');
    const page = await stage().visit();
    const line = await Line.of(page);
    await page.goto('/');
    await line.narrow();
    await chooseFiles(page, page.getByRole('button', { name: 'Upload', exact: true }), file);
    const sent = await sentMegabytes(uploadRow(page, 'Crash.mp4'), 2);
    const died = page.waitForEvent('crash');
    const devTools = await page.context().newCDPSession(page);
    // Nobody is left to answer: what was asked fails with the page, or never ends.
    await Promise.race([Promise.allSettled([devTools.send('Page.crash')]).then(() => died), died]);

    const again = await page.context().newPage();
    const requests = watchUploads(again);
    await again.goto('/');
    const row = uploadRow(again, 'Crash.mp4');
    await row.getByText(/^Choose this file again/).waitFor();
    await chooseFiles(again, row.getByRole('button', { name: 'Choose Crash.mp4 again' }), file);
    await row.getByText(/^Uploaded/).waitFor();
    expect(requests.map(({ method }) => method)).toEqual(['HEAD', 'PATCH']);
    expect(requests[1]?.offset).toBeGreaterThanOrEqual((sent - 1) * 1e6);
  });

  test('an upload that the server has given up begins anew by itself', async () => {
    const file = await stage().largeVideo('Lost');
    const page = await stage().visit();
    stage().expectComplaints(page, /status of 410 .*\/api\/uploads/);
    const requests = watchUploads(page);
    const line = await Line.of(page);
    await page.goto('/');
    await line.narrow();
    await chooseFiles(page, page.getByRole('button', { name: 'Upload', exact: true }), file);
    const row = uploadRow(page, 'Lost.mp4');
    await sentMegabytes(row, 1);
    await row.getByRole('button', { name: 'Pause Lost.mp4' }).click();
    const path = requests.find(({ method }) => method === 'PATCH')?.path ?? '';
    const ended = await page.evaluate(async (address) => {
      const answer = await fetch(address, { method: 'DELETE', headers: { 'tus-resumable': '1.0.0' } });
      return answer.status;
    }, path);
    expect(ended).toBe(204);
    requests.length = 0;
    await line.restore();
    await row.getByRole('button', { name: 'Resume Lost.mp4' }).click();
    await row.getByText(/^Uploaded/).waitFor();
    expect(requests.map(({ method }) => method)).toEqual(['HEAD', 'POST', 'PATCH']);
  });

  test('a session that ends in mid-upload keeps what was sent for after the next sign-in', async () => {
    const file = await stage().largeVideo('Evening');
    const page = await stage().visit();
    stage().expectComplaints(page, /status of 401/);
    const requests = watchUploads(page);
    const line = await Line.of(page);
    await page.goto('/');
    await line.narrow();
    await chooseFiles(page, page.getByRole('button', { name: 'Upload', exact: true }), file);
    const row = uploadRow(page, 'Evening.mp4');
    await sentMegabytes(row, 2);
    await row.getByRole('button', { name: 'Pause Evening.mp4' }).click();

    const elsewhere = await stage().visit({ session: 'nobody' });
    await elsewhere.goto('/change-password');
    await signIn(elsewhere, { email: 'admin@localhost', password: PASSWORD });
    await changePassword(elsewhere, PASSWORD, CHANGED);
    await elsewhere.getByRole('button', { name: 'Upload', exact: true }).waitFor();
    stage().session = await elsewhere.context().storageState();

    // The line to the server ends with the session, and the page finds itself at the door.
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await signIn(page, { email: 'admin@localhost', password: CHANGED });
    await row.getByText(/^Choose this file again/).waitFor();
    requests.length = 0;
    await line.restore();
    await chooseFiles(page, row.getByRole('button', { name: 'Choose Evening.mp4 again' }), file);
    await row.getByText(/^Uploaded/).waitFor();
    expect(requests.map(({ method }) => method)).toEqual(['HEAD', 'PATCH']);
    expect(requests[1]?.offset).toBeGreaterThan(1e6);
  });
}
