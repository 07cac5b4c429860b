import { execFile } from 'node:child_process';
import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { AAC_FRAME_SAMPLES, BUILT_IN_PRESETS, type Container, type Plan, type Probe } from '@transcode/contracts';
import { audioArgv, planVideo, soundReferenceArgv } from '@transcode/planner';
import { inject } from 'vitest';
import { runSound } from '../src/ffmpeg/run-sound.ts';
import { probeSource } from '../src/probe/probe-source.ts';
import { compareSound, type ComparedSound } from '../src/verify/sound/compare-sound.ts';
import { SAMPLE_RATE, SampleCount, soundSeconds } from '../src/verify/sound/sound-samples.ts';
import { readPart } from './read-part.ts';

const run = promisify(execFile);
const signal = new AbortController().signal;

const collect = (stream: Readable): Promise<Buffer> => buffer(stream);

interface SoundJourney {
  readonly probe: Probe;
  readonly plan: Plan;
  /** What is heard of each rendition, as verification compares it: without the encoder's priming. */
  readonly heard: readonly Buffer[];
  readonly compared: readonly ComparedSound[];
}

/** Brings only the sound of a source the whole way, and compares it, without a database, storage or the picture. */
export async function soundJourney(file: string, container: Container): Promise<SoundJourney> {
  const { ffmpeg, ffprobe, folder } = inject('servers');
  const source = { input: file, protocols: 'file' as const, file };
  const { size: bytes } = await stat(file);
  const probe = await probeSource({
    ...{ ffprobe, ffmpeg, source, container, bytes, encryption: [], signal },
    read: (range) => readPart(file, range),
  });
  const [preset] = BUILT_IN_PRESETS;
  if (preset === undefined) throw new Error('There is no preset');
  const plan = planVideo(probe, preset);
  const each = { ffmpeg, source, renditions: plan.audio.length, mediaSeconds: plan.durationSeconds, signal };
  const { value: encoded } = await runSound({ ...each, argv: (io) => audioArgv(plan, io), consume: collect });
  const reference = { renditions: plan.audio, sampleRate: SAMPLE_RATE };
  const { value: originals } = await runSound({
    ...each,
    argv: (io) => soundReferenceArgv(plan, reference, io),
    consume: collect,
  });
  const heard = await Promise.all(
    encoded.map(async (bytesOfIt, position) => {
      const { sampleRate = 1 } = plan.audio[position] ?? {};
      const encodedFile = path.join(folder, `${crypto.randomUUID()}.mp4`);
      await writeFile(encodedFile, bytesOfIt);
      const argv = ['-v', 'error', '-nostdin', '-i', encodedFile, '-af', `atrim=start_sample=${AAC_FRAME_SAMPLES}`];
      const raw = ['-ac', '1', '-ar', String(SAMPLE_RATE), '-f', 's16le', 'pipe:1'];
      if (sampleRate !== 48_000) throw new Error(`The sound has ${sampleRate} samples a second`);
      return (await run(ffmpeg, [...argv, ...raw], { encoding: 'buffer', maxBuffer: 1024 ** 3 })).stdout;
    }),
  );
  const compared = await Promise.all(
    heard.map((samples, position) =>
      compareSound(secondsOf(samples), secondsOf(originals[position] ?? Buffer.alloc(0)), plan.durationSeconds),
    ),
  );
  return { probe, plan, heard, compared };
}

function secondsOf(samples: Buffer): AsyncIterable<Int16Array> {
  return soundSeconds(Readable.from([samples], { objectMode: false }), new SampleCount());
}
