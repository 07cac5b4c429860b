import { expect, test } from 'vitest';
import type { Stage } from '../../src/console/stage.ts';

/** What a film brings along and its video does not have. */
export function leftOut(stage: () => Stage): void {
  test('the video page names subtitles and every stream that is left out', async () => {
    const file = await stage().ladenVideo('Laden');
    const { id, state } = await stage().client.ended(await stage().client.upload(file, { preset: 'preview' }));
    expect(state).toBe('ready');
    const page = await stage().visit();
    await page.goto(`/videos/${id}`);
    const notes = page.getByRole('region', { name: 'Plan' }).getByRole('listitem');
    await notes.first().waitFor();
    const told = await notes.allInnerTexts();
    expect(told).toEqual(
      expect.arrayContaining([
        'The picture in stream 2 (H.264) is left out: that of stream 0 is published.',
        'Subtitles in stream 3 (SubRip, English) are not published.',
        'Subtitles in stream 4 (SubRip, German, "Signs") are not published.',
        '4 attached files in streams 5 to 8 (TrueType font) are not published.',
        'The cover picture in stream 9 (JPEG, "cover.jpg") is not published.',
      ]),
    );
  }, 180_000);
}
