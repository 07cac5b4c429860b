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

test('what tags say is left out, over several lines too, and what stands around them is not', () => {
  const kept = new KeptLines();
  const said = [
    "[info] Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'source':",
    '[info]   Metadata:',
    '[info]     title           : Wedding of Ada',
    '[mov @ 0x55f4de13e040] [warning] something is odd',
    '[info]     comment         : at home',
    '                    : with Ben',
    '[info]   Duration: 00:00:00.12, start: 0.000000, bitrate: 291 kb/s',
    '[info]   Stream #0:0[0x1](und): Video: h264',
    '[info]     Metadata:',
    '[info]       handler_name    : Ada',
    '[info]     Side data:',
    '[info]       displaymatrix: rotation of -90.00 degrees',
    '[info] Stream mapping:',
  ];
  for (const line of said) kept.hear(line);
  expect(kept.all()).toEqual(
    said.filter((line) => !/Ada|Ben|at home/.test(line)).map((line) => line.replace(' @ 0x55f4de13e040', '')),
  );
});
