import { BUILT_IN_PRESETS, DEFAULT_PRESET, type Probe, type PublishedFolder, Stage } from '@transcode/contracts';
import type { Database, Prisma } from '@transcode/db';
import { planVideo } from '@transcode/planner';

const SECONDS = 300;
const RATE = 25;
const KEYFRAME_SECONDS = 2;

/** Five minutes of 1080p25 with sound, as they are found most. */
const PROBE: Probe = {
  ...{ container: 'mp4', bytes: 300_000_000, durationSeconds: SECONDS, subtitles: [], warnings: [] },
  video: {
    ...{ index: 0, codec: 'h264', width: 1920, height: 1080, displayWidth: 1920, displayHeight: 1080 },
    ...{ sampleAspect: { num: 1, den: 1 }, rotation: 0, mirrored: false, pixelFormat: 'yuv420p', bitDepth: 8 },
    ...{ hasAlpha: false, colour: {}, dynamicRange: 'sdr', scan: 'progressive', rateKind: 'constant' },
    ...{ timeBase: { num: 1, den: 12_800 }, rate: { num: RATE, den: 1 }, frames: RATE * SECONDS },
    ...{ startSeconds: 0, endSeconds: SECONDS },
    keyframes: Array.from({ length: SECONDS / KEYFRAME_SECONDS }, (_, at) => ({
      shownSeconds: at * KEYFRAME_SECONDS,
      decodedSeconds: at * KEYFRAME_SECONDS,
    })),
  },
  audio: [
    {
      ...{ index: 1, codec: 'aac', channels: 2, layout: 'stereo', sampleRate: 48_000, isDefault: true },
      ...{ startSeconds: 0, endSeconds: SECONDS },
    },
  ],
};

/** Videos that are ready, with every row that their journeys leave; their objects in storage are left out, as nobody asks for them. */
export async function seedVideos(db: Database, workspaceId: string, count: number): Promise<void> {
  for (let number = 1; number <= count; number += 1) await seedVideo(db, workspaceId, `Harbour, day ${number}`);
  await db.$executeRawUnsafe('VACUUM ANALYZE');
}

async function seedVideo(db: Database, workspaceId: string, title: string): Promise<void> {
  const preset = BUILT_IN_PRESETS.find(({ name }) => name === DEFAULT_PRESET);
  if (preset === undefined) throw new Error('There is no built-in preset.');
  const plan = planVideo(PROBE, preset);
  const [createdAt, readyAt] = [new Date(Date.now() - 600_000), new Date()];
  const video = await db.video.create({
    data: {
      ...{ workspaceId, title, fileName: `${title}.mp4`, sourceKey: `w/${workspaceId}/u/${crypto.randomUUID()}` },
      ...{ sourceBytes: PROBE.bytes, preset: preset.name, state: 'ready', createdAt, readyAt },
      probe: asJson(PROBE),
    },
  });
  const ended = { startedAt: createdAt, endedAt: readyAt };
  const job = await db.job.create({
    data: {
      ...{ workspaceId, videoId: video.id, videoTitle: title, preset: preset.name, presetDefinition: asJson(preset) },
      ...{ state: 'completed', createdAt, notes: plan.notes, plan: asJson(plan), ...ended },
    },
  });
  await db.job.update({ where: { id: job.id }, data: { published: publishedFolder(`w/${workspaceId}/v/${job.id}`) } });
  await db.video.update({ where: { id: video.id }, data: { publishedJobId: job.id } });
  const chunks = plan.chunks.length;
  const pieces = Object.entries({
    probe: 1,
    plan: 1,
    encode: chunks,
    audio: 1,
    package: 1,
    verify: chunks + 1,
    measure: 1,
    publish: 1,
  });
  await db.task.createMany({
    data: pieces.flatMap(([stage, pieceCount]) =>
      Array.from({ length: pieceCount }, (_, index) => ({
        ...{
          jobId: job.id,
          stage: Stage.parse(stage),
          index,
          class: 'cpu' as const,
          state: 'completed' as const,
          token: 1,
          attempts: 0,
        },
        ...{ workerId: 'worker/1', queuedAt: createdAt, ...ended },
      })),
    ),
  });
  const renditions = [...plan.video, ...plan.audio];
  await db.rendition.createMany({
    data: renditions.map((one, position) => ({
      ...{ jobId: job.id, name: one.name, kind: one.kind, position, bytes: 10_000_000, averageBitRate: one.bitRate },
      ...{ peakBitRate: one.bitRate, codec: one.kind === 'video' ? 'avc1.64001f' : 'mp4a.40.2' },
      ...(one.kind === 'video'
        ? { width: one.width, height: one.height }
        : { language: one.language, label: one.label }),
    })),
  });
}

function publishedFolder(prefix: string): PublishedFolder {
  const names = ['master.m3u8', 'manifest.mpd', 'v1080/index.m3u8', 'v720/index.m3u8', 'v480/index.m3u8'];
  const pictures = ['poster.jpg', 'storyboard.vtt', ...Array.from({ length: 4 }, (_, at) => `storyboard-${at}.jpg`)];
  const files = [...names, ...pictures].map((name) => ({
    ...{ name, key: `${prefix}/package/0-1/${name}`, bytes: 2_000 },
    contentType: name.endsWith('.jpg') ? 'image/jpeg' : 'text/plain',
  }));
  return { files, poster: 'poster.jpg', storyboard: 'storyboard.vtt' };
}

/** As it is read back: what is undefined is not there. */
function asJson(value: object): Prisma.InputJsonObject {
  const written: unknown = JSON.parse(JSON.stringify(value));
  return written as Prisma.InputJsonObject;
}
