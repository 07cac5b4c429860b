import { expect, test } from 'vitest';
import { traySummary, uploadWords } from '../../../src/features/uploads/upload-words.ts';
import { itemOf as item } from './item-of.ts';

test.each([
  [item({ rate: 16_000_000 }), '1.0 GB of 4.0 GB · 16.0 MB/s · 3 min left'],
  [item({}), '1.0 GB of 4.0 GB'],
  [item({ state: 'waiting', offset: 0 }), 'Next in line · 4.0 GB'],
  [item({ state: 'paused' }), 'Paused · 1.0 GB of 4.0 GB'],
  [item({ state: 'needs-file' }), 'Choose this file again to go on · 1.0 GB of 4.0 GB are safe'],
  [
    item({ state: 'failed', failure: 'This upload has expired. Start it again.' }),
    'This upload has expired. Start it again.',
  ],
  [item({ state: 'needs-file', failure: 'Dunes.mp4 is another file.' }), 'Dunes.mp4 is another file.'],
  [item({ state: 'done' }), 'Uploaded · 4.0 GB'],
  [item({ state: 'done', became: 'processing' }), 'Uploaded · 4.0 GB'],
  [item({ state: 'done', became: 'ready' }), 'Uploaded and ready · 4.0 GB'],
  [item({ state: 'done', became: 'failed', failure: 'The file is empty.' }), 'No video came of it. The file is empty.'],
])('%#', (upload, words) => {
  expect(uploadWords(upload)).toBe(words);
});

test('the tray tells what matters most', () => {
  const uploading = item({ rate: 10_000_000 });
  expect(traySummary([uploading, item({ state: 'waiting', offset: 0 })])).toBe(
    'Uploading 2 files · 10.0 MB/s · 12 min left',
  );
  expect(traySummary([item({ state: 'done' }), item({ state: 'offline' })])).toBe('Waiting for the line · 1 uploaded');
  expect(traySummary([item({ state: 'done' }), item({ state: 'needs-file' })])).toBe(
    '1 file to choose again · 1 uploaded',
  );
  expect(traySummary([item({ state: 'done' }), item({ state: 'done' })])).toBe('2 files uploaded');
  expect(traySummary([item({ state: 'done', became: 'failed' })])).toBe('1 file without a video');
});
