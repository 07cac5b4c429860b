import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, inject, test } from 'vitest';
import { probeLines } from '../../src/probe/run-ffprobe.ts';
import { makeSource, patternWithBeeps } from '../make-source.ts';
import { processesWith } from '../processes-with.ts';

const { ffmpeg, ffprobe, folder } = inject('servers');

async function script(name: string, text: string): Promise<string> {
  const file = path.join(folder, `${name}-${crypto.randomUUID()}`);
  await writeFile(file, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  return file;
}

test('an ffprobe that stands still is ended long before its time is over', async () => {
  const hanging = await script('ffprobe-that-hangs', 'exec sleep 67');
  const source = { input: 'fd:', protocols: 'fd', file: hanging } as const;
  const run = {
    ...{ ffprobe: hanging, source, demuxer: 'mov', milliseconds: 60_000, stallMs: 300 },
    signal: AbortSignal.any([]),
  };
  await expect(probeLines(run, [], () => undefined)).rejects.toMatchObject({
    code: 'encode_stalled',
    message: expect.stringMatching(/^ffprobe got no further in this file/),
  });
  expect(await processesWith('sleep 67')).toEqual([]);
});

const piped = (program: string) => ({ ffmpeg: program, streamIndex: 0, format: 'nut' }) as const;

async function longSource() {
  const file = await makeSource(patternWithBeeps(10, { width: 640, height: 360 }));
  return { input: file, protocols: 'file', file } as const;
}

test.each([
  { hangs: 'ffprobe', programs: async () => ({ ffprobe: await script('ffprobe-71', 'exec sleep 71'), ffmpeg }) },
  { hangs: 'ffmpeg', programs: async () => ({ ffprobe, ffmpeg: await script('ffmpeg-71', 'exec sleep 71') }) },
])('where ffprobe reads from an ffmpeg and $hangs stands still, both are ended', async ({ programs }) => {
  const used = await programs();
  const source = await longSource();
  const run = {
    ...{ ffprobe: used.ffprobe, source, demuxer: 'mov', milliseconds: 60_000, stallMs: 500 },
    ...{ signal: AbortSignal.any([]), piped: piped(used.ffmpeg) },
  };
  await expect(probeLines(run, [], () => undefined)).rejects.toMatchObject({ code: 'encode_stalled' });
  expect(await processesWith('sleep 71')).toEqual([]);
  expect(await processesWith(source.file)).toEqual([]);
});

test('an abort ends ffprobe and the ffmpeg that it reads from', async () => {
  const source = await longSource();
  const run = {
    ...{ ffprobe: await script('ffprobe-73', 'exec sleep 73'), source, demuxer: 'mov', milliseconds: 60_000 },
    ...{ signal: AbortSignal.timeout(500), piped: piped(ffmpeg) },
  };
  await expect(probeLines(run, [], () => undefined)).rejects.toThrow(/timeout/);
  expect(await processesWith('sleep 73')).toEqual([]);
  expect(await processesWith(source.file)).toEqual([]);
});

test('what ffprobe reads from an ffmpeg counts only if that ends well, or had more to give', async () => {
  const source = await longSource();
  const run = {
    ...{ ffprobe, source, demuxer: 'mov', milliseconds: 60_000, signal: AbortSignal.any([]) },
    piped: piped(await script('ffmpeg-that-fails', `${ffmpeg} "$@"\necho '[error] It broke off' >&2\nexit 1`)),
  };
  const packets = ['-show_entries', 'packet=pts', '-of', 'compact=p=0:nk=1'];
  await expect(probeLines(run, packets, () => undefined)).rejects.toThrow(/It broke off/);
  const some: string[] = [];
  const diagnostics = await probeLines(
    { ...run, piped: piped(ffmpeg) },
    ['-read_intervals', '%+#3', ...packets],
    (line) => some.push(line),
  );
  expect(some).toHaveLength(3);
  expect(diagnostics.reason).toBe('');
});
