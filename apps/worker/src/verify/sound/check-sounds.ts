import type { ChunkIndex, JobNames, Plan } from '@transcode/contracts';
import { soundReferenceArgv } from '@transcode/planner';
import { runSound } from '../../ffmpeg/run-sound.ts';
import type { PublishedReader } from '../../published/published-reader.ts';
import { checkSound } from './check-sound.ts';
import { committedPart } from '../committed-part.ts';
import type { ListedTrack } from '../read-playlists.ts';
import { SAMPLE_RATE } from './sound-samples.ts';
import type { VerifyContext } from '../verify-context.ts';

/** So many renditions are compared in one reading of the source; each takes a decoder of its own beside it. */
const AT_ONCE = 4;

export interface SoundsCheck {
  readonly plan: Plan;
  readonly reader: PublishedReader;
  readonly job: JobNames;
  /** What was committed. */
  readonly sound: ChunkIndex;
}

/** Compares all sound with the source's, as both are decoded: nothing is kept. Answers the renditions in which nothing is to be heard. */
export async function checkSounds(
  context: VerifyContext,
  tracks: readonly ListedTrack[],
  check: SoundsCheck,
): Promise<string[]> {
  const silent: string[] = [];
  for (let done = 0; done < tracks.length; done += AT_ONCE) {
    const batch = tracks.slice(done, done + AT_ONCE);
    const { durationSeconds } = check.plan;
    const onSeconds = (seconds: number): void => {
      const heard = done + batch.length * Math.min(1, seconds / durationSeconds);
      context.report({ fraction: Math.min(1, heard / tracks.length) });
    };
    silent.push(...(await checkBatch(context, batch, { ...check, onSeconds })));
  }
  return silent;
}

/** The source's sounds come out of one process, a second of each at a time, as fast as all comparisons take them. */
async function checkBatch(
  context: VerifyContext,
  tracks: readonly ListedTrack[],
  { plan, reader, job, sound, onSeconds }: SoundsCheck & { onSeconds: (seconds: number) => void },
): Promise<string[]> {
  const source = await context.source();
  const renditions = tracks.flatMap(({ rendition }) => plan.audio.filter(({ name }) => name === rendition));
  const { value } = await runSound({
    ffmpeg: context.tools.ffmpeg,
    argv: (io) => soundReferenceArgv(plan, { renditions, sampleRate: SAMPLE_RATE }, io),
    renditions: tracks.length,
    source,
    mediaSeconds: plan.durationSeconds,
    cwd: context.scratch,
    signal: context.signal,
    onProgress: ({ seconds = 0 }) => onSeconds(seconds),
    consume: async (output, { position, signal }) => {
      const track = tracks[position];
      if (track === undefined) throw new TypeError(`there is no track ${position}`);
      const committed = committedPart(sound, track.rendition, job);
      const { compared } = await checkSound({ ...context, signal }, track, { plan, reader, committed, source: output });
      return compared === 0 ? [track.rendition] : [];
    },
  });
  return value.flat();
}
