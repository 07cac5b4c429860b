import { mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { dropFiles } from '../../src/console/drop-files.ts';
import { Line } from '../../src/console/line.ts';
import type { Stage } from '../../src/console/stage.ts';
import { chooseFiles, sentMegabytes, tray, uploadRow } from '../../src/console/tray.ts';
import { watchUploads } from '../../src/console/upload-requests.ts';

/** What a person does to uploads. */
export function uploads(stage: () => Stage): void {
  test('an upload is paused, resumed, left by a reload and taken up again with the same file', async () => {
    const file = await stage().largeVideo('Pier');
    const { size } = await stat(file);
    const page = await stage().visit();
    const requests = watchUploads(page);
    const line = await Line.of(page);
    await page.goto('/');
    const upload = page.getByRole('button', { name: 'Upload', exact: true });
    await line.narrow();
    await chooseFiles(page, upload, file);
    const row = uploadRow(page, 'Pier.mp4');
    await sentMegabytes(row, 1);

    await row.getByRole('button', { name: 'Pause Pier.mp4' }).click();
    await row.getByText(/^Paused/).waitFor();
    // Taken twice, it is the same upload, and goes on.
    await dropFiles(page, file);
    await sentMegabytes(row, 2);
    expect(await tray(page).getByRole('listitem').count()).toBe(1);

    const warned = page.waitForEvent('dialog');
    const reload = page.reload();
    const dialog = await warned;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.accept();
    await reload;
    requests.length = 0;

    await row.getByText(/^Choose this file again to go on/).waitFor();
    const again = row.getByRole('button', { name: 'Choose Pier.mp4 again' });
    await line.restore();
    // Another file is not taken for it, and nothing of it is sent.
    await chooseFiles(page, again, await stage().smallVideo('Dunes'));
    await row
      .getByText(/^Dunes\.mp4 is another file: it has .* Choose Pier\.mp4, or upload this one by itself\.$/)
      .waitFor();
    expect(requests).toEqual([]);
    await chooseFiles(page, again, file);
    await row.getByText(/^Uploaded/).waitFor();
    expect(requests.map(({ method }) => method)).toEqual(['HEAD', 'PATCH']);
    expect(requests[1]?.offset).toBeGreaterThan(1e6);
    expect(requests[1]?.offset).toBeLessThan(size);
  });

  test('a canceled upload can be taken back; left canceled, it leaves nothing behind', async () => {
    const file = await stage().largeVideo('Mistake');
    const page = await stage().visit();
    const requests = watchUploads(page);
    const line = await Line.of(page);
    await page.goto('/');
    await line.narrow();
    await chooseFiles(page, page.getByRole('button', { name: 'Upload', exact: true }), file);
    const row = uploadRow(page, 'Mistake.mp4');
    await sentMegabytes(row, 1);
    const cancel = row.getByRole('button', { name: 'Cancel Mistake.mp4' });
    await cancel.click();
    await row.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await sentMegabytes(row, 2);

    await cancel.click();
    await page.getByRole('link', { name: 'Mistake.mp4' }).first().waitFor({ state: 'detached', timeout: 20_000 });
    expect(requests.at(-1)?.method).toBe('DELETE');
    await page.reload();
    await page.getByRole('link', { name: 'Pier.mp4' }).first().waitFor();
    expect(await page.getByText('Mistake.mp4').count()).toBe(0);
  });

  test('two files come in side by side, a folder is opened, an empty file is refused in words', async () => {
    const folder = path.join(stage().folder, 'Day 3');
    await mkdir(path.join(folder, 'cards'), { recursive: true });
    await stage().smallVideo('Day 3/cards/A001');
    await writeFile(path.join(folder, 'notes.txt'), 'Not for upload');
    await writeFile(path.join(folder, '.DS_Store'), '');
    const page = await stage().visit();
    stage().expectComplaints(page, /status of 422 .*\/api\/uploads/);
    await page.goto('/');
    await page.getByRole('button', { name: 'Upload', exact: true }).waitFor();
    await dropFiles(page, await stage().smallVideo('Left'), await stage().smallVideo('Right'));
    await dropFiles(page, folder);
    await dropFiles(page, await stage().textFile('Nothing', ''));
    for (const name of ['Left.mp4', 'Right.mp4', 'A001.mp4'])
      await uploadRow(page, name)
        .getByText(/^Uploaded/)
        .waitFor();
    await uploadRow(page, 'Nothing.mp4').getByText('The file is empty.').waitFor();
    expect(await tray(page).getByRole('listitem').count()).toBe(4);
    await uploadRow(page, 'Left.mp4').getByRole('link', { name: 'Open' }).click();
    await page.getByRole('heading', { name: 'Left.mp4' }).waitFor();
  });

  test('a file that is no video fails in words, a broken one with what ffmpeg said', async () => {
    const page = await stage().visit();
    await page.goto('/');
    await page.getByRole('button', { name: 'Upload', exact: true }).waitFor();
    const text = await stage().textFile('Minutes', 'This was never a video.');
    await dropFiles(page, text, await stage().brokenVideo('Torn'));
    await uploadRow(page, 'Minutes.mp4')
      .getByText(/^No video came of it\. This is not a video file we know/)
      .waitFor();
    // Wherever one is, the page says that it needs somebody.
    await uploadRow(page, 'Torn.mp4')
      .getByText(/^No video came of it/)
      .waitFor();
    expect(await page.title()).toMatch(/^\(2\) /);
    await page.getByRole('button', { name: '2 things need you' }).click();
    await page.getByRole('menuitem', { name: /^No video came of Minutes\.mp4\./ }).waitFor();
    await page.keyboard.press('Escape');
    await uploadRow(page, 'Minutes.mp4').getByRole('link', { name: 'Open' }).click();
    const failure = page.getByRole('region', { name: 'What went wrong' });
    await failure.getByText(/^This is not a video file we know\. We read MP4/).waitFor();
    await failure.getByText(/upload another file, and delete this one/).waitFor();
    expect(await page.getByRole('button', { name: 'Retry' }).count()).toBe(0);

    await uploadRow(page, 'Torn.mp4').getByRole('link', { name: 'Open' }).click();
    await failure.getByText(/^The file is damaged or incomplete/).waitFor();
    await failure.getByText('What ffmpeg said last').click();
    await failure
      .getByText(/moov atom not found/)
      .last()
      .waitFor();
  });
}
