import { execFile } from 'node:child_process';
import { open, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { BUILT_IN_PRESETS, type Plan, type Probe } from '@transcode/contracts';
import { chunkArgv, pictureReferenceArgv, planVideo, type FrameWindow } from '@transcode/planner';
import { shareOf } from '@transcode/testing/share-of';
import { expect, inject, test } from 'vitest';
import { probeSource } from '../src/probe/probe-source.ts';
import { SNIFF_BYTES, sniffContainer } from '../src/sniff/sniff-container.ts';
import { referenceWindow } from '../src/verify/picture/reference-window.ts';
import { THUMBNAIL } from '../src/verify/picture/thumbnails.ts';
import { lavfi, makeSource } from './make-source.ts';
import { readPart } from './read-part.ts';

const run = promisify(execFile);
const { ffmpeg, ffprobe } = inject('servers');
const preset = BUILT_IN_PRESETS.find(({ name }) => name === 'preview') ?? expect.fail('There is no such preset');
const SECONDS = 20;
const picture = (rate = 25) => `testsrc2=s=160x96:r=${rate}:d=${SECONDS},noise=alls=20:allf=t`;
const SOUND = `sine=f=440:d=${SECONDS}`;
const AAC = ['-c:a', 'aac'];
const h264 = (...more: string[]) => [
  ...['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '3', '-g', '100', '-pix_fmt', 'yuv420p', ...more, ...AAC],
];
const mpeg2 = (...more: string[]) => [
  ...['-c:v', 'mpeg2video', '-bf', '2', '-g', '60', '-b:v', '1M', '-pix_fmt', 'yuv420p', ...more],
];
/** Frames missing one by one, a picture that stands for seven seconds, and times that are never quite right. */
const UNSTEADY = [
  ...['-vf', "select='not(eq(mod(n,11),4))*not(between(n,180,390))',setpts='PTS+mod(N*7,5)*0.002/TB'"],
  ...['-fps_mode', 'vfr', '-enc_time_base', '1/90000'],
];
const WOVEN = ['-vf', 'interlace=scan=tff:lowpass=off', '-flags', '+ildct+ilme'];

interface Source {
  readonly file: string;
  readonly encoders: readonly string[];
  readonly rate?: number;
  /** How the file is changed once it is there. */
  readonly remux?: { readonly before: readonly string[]; readonly after: readonly string[] };
}

const SOURCES: Readonly<Record<string, Source>> = {
  'B-frames and closed groups': { file: 'closed.mp4', encoders: h264() },
  'open groups in MP4': { file: 'open.mp4', encoders: h264('-x264-params', 'open-gop=1') },
  'open groups in TS': { file: 'open.ts', encoders: h264('-x264-params', 'open-gop=1') },
  'open groups of HEVC': {
    file: 'hevc.mp4',
    encoders: [
      '-c:v',
      'libx265',
      '-preset',
      'ultrafast',
      '-x265-params',
      'log-level=none:open-gop=1:keyint=80',
      ...AAC,
    ],
  },
  'an edit list': {
    file: 'edited.mp4',
    encoders: h264(),
    remux: { before: ['-ss', '1.48'], after: [] },
  },
  'negative times': {
    file: 'negative.mp4',
    encoders: h264(),
    remux: { before: ['-itsoffset', '-0.32'], after: ['-copyts', '-avoid_negative_ts', 'disabled'] },
  },
  fragments: { file: 'fragments.mp4', encoders: h264('-movflags', '+frag_keyframe+empty_moov+default_base_moof') },
  'Matroska without an index': { file: 'live.mkv', encoders: h264('-f', 'matroska', '-live', '1') },
  'VP9 with frames that are not shown': {
    file: 'vp9.webm',
    encoders: [
      ...['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-g', '100', '-b:v', '300k'],
      ...['-auto-alt-ref', '1', '-lag-in-frames', '16', '-c:a', 'libopus'],
    ],
  },
  AV1: { file: 'plain-av1.mp4', encoders: ['-c:v', 'libsvtav1', '-preset', '10', '-g', '100', ...AAC] },
  'a TS clock that wraps': { file: 'wrap.ts', encoders: h264('-output_ts_offset', '95435') },
  'interlaced MPEG-2 in TS': { file: 'woven.ts', encoders: [...mpeg2(...WOVEN), '-c:a', 'mp2'], rate: 50 },
  'MPEG-2 program stream': { file: 'plain.mpg', encoders: [...mpeg2(), '-c:a', 'mp2', '-f', 'vob'] },
  MXF: { file: 'plain.mxf', encoders: [...mpeg2(), '-c:a', 'pcm_s16le', '-ar', '48000'] },
  'AVI with B-frames': {
    file: 'plain.avi',
    encoders: ['-c:v', 'mpeg4', '-bf', '2', '-g', '100', '-q:v', '5', '-c:a', 'libmp3lame'],
  },
  FLV: { file: 'plain.flv', encoders: [...h264(), '-ar', '44100'] },
  Ogg: { file: 'plain.ogv', encoders: ['-c:v', 'libtheora', '-q:v', '5', '-g', '60', '-c:a', 'libvorbis'] },
  WMV: { file: 'plain.wmv', encoders: ['-c:v', 'wmv2', '-g', '100', '-b:v', '600k', '-c:a', 'wmav2'] },
  'nothing but key frames': {
    file: 'prores.mov',
    encoders: ['-c:v', 'prores_ks', '-profile:v', '0', '-c:a', 'pcm_s16le'],
  },
  'a single key frame': { file: 'one-key.mp4', encoders: h264('-g', '9999', '-keyint_min', '9999') },
  'refreshed without key frames': { file: 'refresh.mp4', encoders: h264('-x264-params', 'intra-refresh=1') },
  'variable rate in MP4': {
    file: 'unsteady.mp4',
    encoders: [...UNSTEADY, ...h264('-video_track_timescale', '90000')],
    rate: 30,
  },
  'variable rate in TS': { file: 'unsteady.ts', encoders: [...UNSTEADY, ...h264()], rate: 30 },
  'variable rate in Matroska': { file: 'unsteady.mkv', encoders: [...UNSTEADY, ...h264()], rate: 30 },
  'a rate that is halved': { file: 'fast.mp4', encoders: h264(), rate: 120 },
  GIF: { file: 'plain.gif', encoders: ['-an', '-vf', 'fps=10'] },
};

const TAKEN = shareOf(
  Object.entries(SOURCES).map(([name, source]) => ({ name, source })),
  { oneIn: 3 },
);

/**
 * A chunk decodes from some key frame before it; its frames have to be those that decoding the whole source gives. So do those that it
 * is compared with, which are reached from another key frame.
 */
test.each(TAKEN)('$name: each chunk has the frames of the whole', async ({ source }) => {
  const file = await makeFile(source);
  const probe = await probed(file);
  const whole = await framesOf(planVideo(probe, preset, { chunks: { first: 1_000, later: 1 } }), 0, file);
  const plan = planVideo(probe, preset, { chunks: { first: 1, later: 1 } });
  expect(whole).toHaveLength(plan.grid.frames);
  expect(plan.chunks.length).toBeGreaterThan(2);
  for (const { index, startFrame, endFrame } of plan.chunks)
    expect([index, await framesOf(plan, index, file)]).toEqual([index, whole.slice(startFrame, endFrame)]);
  const thumbnails = await thumbnailsOf(plan, { startFrame: 0, endFrame: plan.grid.frames }, file);
  for (const chunk of plan.chunks) {
    const window = referenceWindow(plan, chunk, probe);
    const part = thumbnails.slice(window.startFrame, window.endFrame);
    expect([chunk.index, await thumbnailsOf(plan, window, file)]).toEqual([chunk.index, part]);
  }
});

async function makeFile({ file, encoders, rate, remux }: Source): Promise<string> {
  const graphs = lavfi(picture(rate), SOUND);
  if (remux === undefined) return makeSource(graphs, { name: file, encoders });
  const between = await makeSource(graphs, { name: `between-${file}`, encoders });
  return makeSource([...remux.before, '-i', between], { name: file, encoders: ['-c', 'copy', ...remux.after] });
}

async function probed(file: string): Promise<Probe> {
  const { size: bytes } = await stat(file);
  await using handle = await open(file);
  const { buffer } = await handle.read({ buffer: Buffer.alloc(Math.min(SNIFF_BYTES, bytes)) });
  const container = sniffContainer(buffer);
  if (container === undefined) throw new Error(`${file} is not known`);
  const { signal } = new AbortController();
  const read = (range: { start: number; end: number }) => readPart(file, range);
  return probeSource({
    ffprobe,
    ffmpeg,
    source: { input: file, protocols: 'file' },
    read,
    encryption: [],
    container,
    bytes,
    signal,
  });
}

/** The hashes of the frames that a chunk gives its encoders: its own command line, cut off where they begin. */
async function framesOf(plan: Plan, index: number, source: string): Promise<string[]> {
  const one = { ...plan, video: plan.video.slice(0, 1) };
  const argv = chunkArgv(one, index, { source, protocols: 'file', outputs: ['-'], progress: '/dev/null' });
  const decoding = argv.slice(0, argv.indexOf('-c:v'));
  return hashes(decoding);
}

/** The hashes of the small frames that verification compares with. */
function thumbnailsOf(plan: Plan, window: FrameWindow, source: string): Promise<string[]> {
  const io = { source, protocols: 'file', output: '-', progress: '/dev/null' };
  const argv = pictureReferenceArgv(plan, { ...window, thumbnail: THUMBNAIL }, io);
  return hashes(argv.slice(0, argv.indexOf('-f', argv.indexOf('-map'))));
}

async function hashes(argv: readonly string[]): Promise<string[]> {
  const { stdout } = await run(ffmpeg, [...argv, '-f', 'framemd5', '-'], { maxBuffer: 64 * 1024 ** 2 });
  return stdout
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.slice(line.lastIndexOf(',') + 1).trim());
}
