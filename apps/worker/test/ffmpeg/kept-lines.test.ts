import { expect, test } from 'vitest';
import { KeptLines } from '../../src/ffmpeg/kept-lines.ts';

test('what a program says is kept as it came, without where its source is found', () => {
  const kept = new KeptLines('http://127.0.0.1:99/once');
  for (const line of ["Input #0, mp4, from 'http://127.0.0.1:99/once':", '', '[x @ 0x55] odd\u001b[31m'])
    kept.hear(line);
  expect(kept.all()).toEqual(["Input #0, mp4, from 'source':", '[x] odd\ufffd[31m']);
});

test('of very much the beginning and the end are kept', () => {
  const kept = new KeptLines();
  for (let line = 0; line < 10_000; line += 1) kept.hear(`line ${line}`);
  const all = kept.all();
  expect([all.length, all[0], all[40], all.at(-1)]).toEqual([61, 'line 0', '… 9940 more lines …', 'line 9999']);
});
