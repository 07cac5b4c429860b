import { createReadStream } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { AudioStream } from '@transcode/contracts';
import { openNamedStorage, openSource } from '@transcode/storage';
import { createLogger } from '@transcode/telemetry';
import { openDeafLine, startStack } from '@transcode/testing';
import { expect, inject, test } from 'vitest';
import { patientStorage } from '../../../src/patient-storage.ts';
import { listStreams } from '../../../src/probe/around/list-streams.ts';
import { decodeFirstPicture } from '../../../src/probe/picture/decode-first-picture.ts';
import type { Trial } from '../../../src/probe/try-ffmpeg.ts';
import { AT_A_TIME } from '../../../src/probe/sound/side-by-side.ts';
import { countSamples } from '../../../src/probe/sound/count-samples.ts';
import { trySounds } from '../../../src/probe/sound/try-sounds.ts';
import { lavfi, makeSource } from '../../make-source.ts';
import { processesWith } from '../../processes-with.ts';

const { ffmpeg, folder } = inject('servers');
const never = new AbortController().signal;
const log = createLogger({ name: 'worker', level: 'silent' });
/** A trial of this probe may stand still or compute for a second. */
const MILLISECONDS = 20_000;
const SOUNDS = 9;

const sounds: AudioStream[] = Array.from({ length: SOUNDS }, (_, position) => ({
  ...{ index: 1 + position, codec: 'aac', channels: 1, layout: 'mono', sampleRate: 44_100 },
  ...{ isDefault: position === 0, startSeconds: 0, endSeconds: 2 },
}));
const [sound, ...others] = sounds as [AudioStream, ...AudioStream[]];

const film = makeSource(lavfi('testsrc2=s=320x180:r=25:d=2', 'sine=d=2'), {
  encoders: ['-map', '0', ...sounds.flatMap(() => ['-map', '1']), '-c:v', 'libx264', '-c:a', 'aac'],
});

async function trialOf(program = ffmpeg): Promise<Trial> {
  const file = await film;
  const source = { input: file, protocols: 'file', file } as const;
  return { ffmpeg: program, source, demuxer: 'mov', milliseconds: MILLISECONDS, signal: never };
}

/** An ffmpeg that does this instead where it is given some of these streams, and else what it is told. */
async function faulty(instead: string, ...streams: readonly AudioStream[]): Promise<string> {
  const file = path.join(folder, `faulty-ffmpeg-${crypto.randomUUID()}`);
  const those = streams.map(({ index }) => `*" -map 0:${index} "*) ${instead} ;;`).join('\n');
  await writeFile(file, `#!/bin/sh\ncase " $* " in\n${those}\nesac\nexec '${ffmpeg}' "$@"\n`, { mode: 0o755 });
  return file;
}

test('sounds that can be heard are', async () => {
  expect(await trySounds(await trialOf(), sounds)).toEqual(new Map());
});

test('one that crashes its decoder is left out, and says so', async () => {
  const failed = await trySounds(await trialOf(await faulty('kill -SEGV $$', sound)), sounds);
  expect(failed).toEqual(new Map([[1, 'it cannot be decoded (ffmpeg crashed on this file (SIGSEGV))']]));
});

test('an ffmpeg that was killed says nothing of the sound', async () => {
  const trial = await trialOf(await faulty('kill -KILL $$', sound));
  await expect(trySounds(trial, sounds)).rejects.toMatchObject({ code: 'ffmpeg_killed', retryable: true });
  await expect(countSamples(trial, 'mp4', sound)).rejects.toMatchObject({ code: 'ffmpeg_killed' });
});

test.each([
  { how: 'stand still', instead: 'exec sleep 79' },
  { how: 'compute without end', instead: 'while :; do :; done' },
])('sounds whose decoders $how are tried side by side, and left out', async ({ instead }) => {
  const program = await faulty(instead, ...others);
  const trial = await trialOf(program);
  let most = 0;
  const over = new AbortController();
  const watch = async (): Promise<void> => {
    while (!over.signal.aborted) {
      const running = await processesWith(instead.includes('sleep') ? 'sleep 79' : program);
      most = Math.max(most, running.length);
      await pause(50);
    }
  };
  const watching = watch();
  const failed = await trySounds(trial, sounds).finally(() => over.abort());
  await watching;
  expect([...failed.keys()].toSorted((a, b) => a - b)).toEqual(others.map(({ index }) => index));
  expect(new Set(failed.values())).toEqual(new Set(['decoding it comes to no end']));
  expect(most).toBe(AT_A_TIME);
  expect(await processesWith(program)).toEqual([]);
});

test('where one trial cannot be judged the others are ended', async () => {
  const file = await faulty('exec sleep 83', ...others);
  const program = path.join(folder, `killed-beside-${crypto.randomUUID()}`);
  const alone = `case " $* " in *" -map 0:2 "*) ;; *) kill -KILL $$ ;; esac`;
  await writeFile(program, `#!/bin/sh\n${alone}\nexec '${file}' "$@"\n`, { mode: 0o755 });
  const trial = { ...(await trialOf(program)), milliseconds: 60_000 };
  await expect(trySounds(trial, sounds)).rejects.toMatchObject({ code: 'ffmpeg_killed' });
  expect(await processesWith('sleep 83')).toEqual([]);
});

test('a source that stops answering meanwhile is an outage and no fault of what is looked at', async () => {
  const stack = await startStack({ s3: true });
  const endpoint = new URL(stack.env['S3_ENDPOINT'] ?? '');
  const line = await openDeafLine({ port: Number(endpoint.port) });
  endpoint.port = String(line.port);
  const far = openNamedStorage({ STORAGE_URL: stack.storageUrl, ...stack.env, S3_ENDPOINT: endpoint.href });
  const file = await film;
  const { size: bytes } = await stat(file);
  await far.put('w/1/u/film', createReadStream(file), { bytes });
  line.fallSilent();
  // Longer than any of them may stand still.
  const patient = patientStorage(far, { until: never, log, answerMs: 500, patienceMs: 4_000 });
  const looks: ((trial: Trial) => Promise<unknown>)[] = [
    (trial) => trySounds(trial, sounds),
    (trial) => countSamples(trial, 'mp4', sound),
    (trial) => listStreams(trial),
    (trial) => decodeFirstPicture(trial, 0),
  ];
  const ends = await Promise.allSettled(
    looks.map(async (look) => {
      const source = await openSource(patient, 'w/1/u/film', bytes, { blockMs: 4_000 });
      const trial = { ...(await trialOf()), source, demuxer: 'mov', stallMs: 1_000 };
      try {
        await look(trial);
      } finally {
        await source.close();
      }
    }),
  );
  await far.close();
  await line.close();
  await stack.dispose();
  const outage = { status: 'rejected', reason: { code: 'storage_unavailable', retryable: true } };
  expect(ends).toMatchObject(looks.map(() => outage));
});
