import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { hasProgramBreak } from '../../../src/probe/clock/program-breaks.ts';
import { lavfi, makeSource } from '../../make-source.ts';

const FRAMES = 72;
/** `count` pictures that begin at so many seconds, as a program stream of its own. */
async function part({ at = 0, frames = FRAMES, more = [] as string[], encoder = 'mpeg1video' } = {}): Promise<Buffer> {
  const encoders = ['-c:v', encoder, '-q:v', '3', '-bf', '0', ...more, '-output_ts_offset', String(at), '-f', 'vob'];
  const source = lavfi(`testsrc2=s=192x108:r=24:d=${frames / 24}`);
  return readFile(await makeSource(source, { name: `${crypto.randomUUID()}.mpg`, encoders }));
}

/** Whether there is a break between what lies just before a place and just behind it. */
function isBrokenAt(bytes: Buffer, place: number): Promise<boolean> {
  const read = ({ start, end }: { start: number; end: number }) => Promise.resolve(bytes.subarray(start, end + 1));
  // Packets of a picture begin with 00 00 01 and e0 to ef.
  const places = Array.from({ length: bytes.length - 3 }, (_, at) => at).filter(
    (at) => bytes.readUInt32BE(at) >>> 4 === 0x1e,
  );
  const before = places.findLast((at) => at < place) ?? Number.NaN;
  return hasProgramBreak(read, before, places.find((at) => at >= place) ?? Number.NaN);
}

test.each([
  ['whose groups begin again', { more: ['-g', '12'] }],
  ['of one group each', { more: ['-g', '72'] }],
  ['without groups', { encoder: 'libx264', more: ['-preset', 'ultrafast'] }],
  ['of one second each', { frames: 24, more: ['-g', '24'] }],
])('two recordings %s are told from each other', async (_, of) => {
  const first = await part({ ...of, at: 10 });
  expect(await isBrokenAt(Buffer.concat([first, await part({ ...of, at: 75 })]), first.length)).toBe(true);
});

test('an end code tells of it, too', async () => {
  const first = await part({ more: ['-g', '72'], encoder: 'mpeg2video' });
  const end = Buffer.from([0, 0, 1, 0xb9]);
  const second = await part({ at: 75, encoder: 'mpeg2video' });
  // Without what else would tell.
  const pack = second.subarray(second.indexOf(Buffer.from([0, 0, 1, 0xba]), 1));
  expect(await isBrokenAt(Buffer.concat([first, pack]), first.length)).toBe(false);
  expect(await isBrokenAt(Buffer.concat([first, end, pack]), first.length)).toBe(true);
});

test('a pause in one recording is none, wherever it lies', async () => {
  for (let before = 4; before < FRAMES; before += 4) {
    const more = ['-g', '12', '-vf', `setpts=PTS+gte(N\\,${before})*65/TB`, '-fps_mode', 'vfr'];
    const whole = await part({ more });
    // Pictures are too large for one packet each: their times are in few of them, and the pause is in the middle of one gap or another.
    const packs = Math.floor(whole.length / 2048);
    const at = Math.floor((packs * before) / FRAMES) * 2048;
    expect([before, await isBrokenAt(whole, at)]).toEqual([before, false]);
  }
});

test('nothing is read where places are not known', async () => {
  await expect(hasProgramBreak(() => Promise.reject(new Error('read')), Number.NaN, 188)).resolves.toBe(false);
});
