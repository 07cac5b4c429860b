import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '@transcode/testing/random';
import { makeClips } from './clips.ts';
import { Crowd } from './crowd.ts';
import { judgeFrames } from './judge-frames.ts';
import { judgeLeftOvers, judgeProcesses } from './judge-left-overs.ts';
import { judgeRows } from './judge-rows.ts';
import { brokenBy, ordealLine, summary } from './report.ts';
import { FAULT_KINDS, schedule, type FaultKind } from './schedule.ts';
import { torment, type Ordeal } from './tormentor.ts';
import { startWorld, type World } from './world.ts';

export interface ChaosOptions {
  readonly root: string;
  readonly seed: number;
  /** How long faults are begun; the run ends when all that is in flight has ended. */
  readonly minutes: number;
  /** At most so many faults; without end where absent. */
  readonly faults?: number;
  readonly videos: number;
  readonly storage: 's3' | 'files';
  readonly kinds?: readonly FaultKind[];
  /** Outages end after so long at the latest. */
  readonly longestAwayMs?: number;
  /** Names of the clips; all where absent. */
  readonly clips?: readonly string[];
  readonly apis?: number;
  readonly workers?: number;
  readonly chunkSegments?: number;
  readonly signal?: AbortSignal;
  readonly print: (line: string) => void;
}

export interface ChaosResult {
  readonly ordeals: readonly Ordeal[];
  readonly videos: number;
  /** Every broken promise, in a sentence. */
  readonly broken: readonly string[];
  /** Kept where something was broken. */
  readonly folder: string;
}

/** Nothing moved for so long: what is in flight will not end by itself. */
const STUCK_MS = 120_000;
/** What is uploaded is chosen apart from the faults, so that these do not depend on how fast videos come and go. */
const CROWDS_SEED = 0x5e_ed;
const SETTLE_MS = 5_000;
const SWEEP_LOOK_MS = 250;

/** Torments an installation at work, and then looks whether anything of it shows. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const random = seededRandom(options.seed ^ CROWDS_SEED);
  const world = await startWorld({
    root: options.root,
    storage: options.storage,
    apis: options.apis ?? 2,
    workers: options.workers ?? 3,
    chunkSegments: options.chunkSegments ?? 1,
    random,
  });
  try {
    const clips = await makeClips(world.tools.ffmpeg, world.folder, options.clips);
    const crowd = new Crowd(world, { clips, size: options.videos, random });
    try {
      return await tormentAndJudge(world, crowd, options);
    } finally {
      await crowd.stop();
    }
  } finally {
    await world.dispose();
  }
}

async function tormentAndJudge(world: World, crowd: Crowd, options: ChaosOptions): Promise<ChaosResult> {
  const { print } = options;
  const ordeals = await tormentFor(world, options);
  print(`No more faults. ${crowd.inFlight().length} videos are still in flight.`);
  await crowd.drain(STUCK_MS);
  await untilSwept(world);
  await sleep(SETTLE_MS);

  const broken = [...ordeals.flatMap(brokenBy), ...(await judgeUploads(world, crowd))];
  broken.push(...(await judgeRows(world, crowd.members)), ...(await judgePictures(world, crowd)));
  broken.push(...(await judgeLeftOvers(world)), ...unasked(world), ...(await world.stopProcesses()));
  await world.dispose();
  broken.push(...judgeProcesses(world.folder));

  for (const line of summary(ordeals)) print(line);
  const interruptions = crowd.members.reduce((sum, member) => sum + member.interruptions, 0);
  print(`${crowd.members.length} videos; uploads were interrupted ${interruptions} times.`);
  if (broken.length === 0) await world.remove();
  return { ordeals, videos: crowd.members.length, broken, folder: world.folder };
}

/** A client whose answer was lost asks again, and gets the upload that it has begun, not another. */
async function judgeUploads({ db }: World, { members }: Crowd): Promise<string[]> {
  const known = members.flatMap(({ videoId }) => (videoId === undefined ? [] : [videoId]));
  const doubles = await db.video.count({ where: { id: { notIn: known } } });
  return doubles === 0 ? [] : [`${doubles} uploads were begun twice.`];
}

async function judgePictures(world: World, { members }: Crowd): Promise<string[]> {
  const complaints: string[] = [];
  for (const { videoId, state, clip, name } of members) {
    if (state !== 'ready' || videoId === undefined) continue;
    const wrong = await judgeFrames(world, videoId, clip).catch((error: unknown) => [String(error)]);
    complaints.push(...wrong.map((text) => `${name}: ${text}`));
  }
  return complaints;
}

async function tormentFor(world: World, options: ChaosOptions): Promise<Ordeal[]> {
  const { seed, minutes, faults = Infinity, print, signal } = options;
  const startedAt = Date.now();
  const ordeals: Ordeal[] = [];
  for (const planned of schedule(seed, possibleKinds(world, options), options.longestAwayMs)) {
    const isOver = Date.now() - startedAt > minutes * 60_000 || ordeals.length >= faults;
    if (isOver || signal?.aborted === true) break;
    await sleep(planned.quietMs);
    const ordeal = await torment(world, planned);
    ordeals.push(ordeal);
    print(ordealLine(ordeal, startedAt));
  }
  return ordeals;
}

/** What cannot be done here is told, not passed over. */
function possibleKinds(world: World, { kinds = FAULT_KINDS, print }: ChaosOptions): FaultKind[] {
  const canFill = world.scratch.every(({ mounted }) => mounted);
  if (!canFill) print('The faults leave out fill-scratch: a volume for it can be mounted by root alone.');
  if (world.servers.s3 === undefined) print('The faults leave out stop-s3: objects are files.');
  return kinds.filter(
    (kind) => (kind !== 'fill-scratch' || canFill) && (kind !== 'stop-s3' || world.servers.s3 !== undefined),
  );
}

/** What nobody needs is gone once every job that has ended was swept; of deleted videos too. */
async function untilSwept({ db }: World): Promise<void> {
  const deadline = Date.now() + STUCK_MS;
  while ((await db.job.count({ where: { sweptAt: null } })) > 0) {
    if (Date.now() > deadline) return;
    await sleep(SWEEP_LOOK_MS);
  }
}

function unasked({ apis, workers }: World): string[] {
  return [...apis, ...workers].flatMap((each) =>
    each.unasked.map(({ name, how }) => `${name} died by itself, with ${how}; its log tells more.`),
  );
}
