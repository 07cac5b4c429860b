import { setTimeout as sleep } from 'node:timers/promises';
import type { VideoState } from '@transcode/contracts';
import type { Random } from '@transcode/testing/random';
import { CHAOS_PRESET, type Clip } from './clips.ts';
import { patiently } from '../patiently.ts';
import { uploadByTus } from '../tus-client.ts';
import type { World } from './world.ts';

/** One video of the crowd, from the first byte of its upload on. */
export interface Member {
  readonly name: string;
  readonly clip: Clip;
  videoId?: string;
  interruptions: number;
  state: VideoState | 'refused';
  /** Of an upload that was refused for good, or a video that failed. */
  reason?: string;
}

const LOOK_MS = 400;
/** Between the pieces of an upload, so that there is something to cut. */
const PIECE_PAUSE_MS = [50, 400] as const;
const ENDED = new Set<Member['state']>(['ready', 'failed', 'canceled', 'deleted', 'refused']);

/** Keeps so many videos in flight: as one ends another is uploaded, until told to stop. */
export class Crowd {
  readonly members: Member[] = [];
  readonly #world: World;
  readonly #clips: readonly Clip[];
  readonly #random: Random;
  readonly #size: number;
  readonly #aborted = new AbortController();
  #filling = true;
  readonly #run: Promise<void>;

  constructor(world: World, { clips, size, random }: { clips: readonly Clip[]; size: number; random: Random }) {
    this.#world = world;
    this.#clips = clips;
    this.#random = random;
    this.#size = size;
    this.#run = this.#keep();
  }

  inFlight(): Member[] {
    return this.members.filter(({ state }) => !ENDED.has(state));
  }

  /** No more uploads begin; resolves when all have ended, or nothing has moved for so long. */
  async drain(stuckMs: number): Promise<void> {
    this.#filling = false;
    let [movedAt, seen] = [Date.now(), ''];
    while (this.inFlight().length > 0 && Date.now() - movedAt < stuckMs) {
      const now = await this.#progress();
      if (now !== seen) [movedAt, seen] = [Date.now(), now];
      await sleep(LOOK_MS);
    }
    await this.stop();
  }

  /** Gives up what is not finished. */
  async stop(): Promise<void> {
    this.#aborted.abort(new Error('the run is over'));
    await this.#run;
  }

  async #keep(): Promise<void> {
    const uploads = new Set<Promise<void>>();
    while (!this.#aborted.signal.aborted) {
      while (this.#filling && this.inFlight().length < this.#size) {
        const upload = this.#upload();
        uploads.add(upload);
        void upload.then(() => uploads.delete(upload));
      }
      await this.#look();
      await sleep(LOOK_MS);
    }
    await Promise.all(uploads);
  }

  async #upload(): Promise<void> {
    const clip = this.#random.pick(this.#clips);
    const name = `${String(this.members.length + 1).padStart(3, '0')} ${clip.name}`;
    const member: Member = { name, clip, interruptions: 0, state: 'uploading' };
    this.members.push(member);
    const { lines, key } = this.#world;
    const pauseMs = (): number => this.#random.between(...PIECE_PAUSE_MS);
    const options = { name, preset: CHAOS_PRESET.name, pauseMs, signal: this.#aborted.signal };
    try {
      const uploaded = await uploadByTus(
        { urls: this.#random.shuffled(lines.map(({ url }) => url)), key },
        clip.file,
        options,
      );
      Object.assign(member, uploaded);
    } catch (error) {
      member.state = 'refused';
      member.reason = error instanceof Error ? error.message : String(error);
    }
  }

  async #look(): Promise<void> {
    const open = new Map(this.inFlight().flatMap((member) => (member.videoId ? [[member.videoId, member]] : [])));
    const ids = [...open.keys()];
    const rows = await patiently(() => this.#world.db.video.findMany({ where: { id: { in: ids } } }));
    for (const { id, state, failureText } of rows) {
      const member = open.get(id);
      if (member === undefined) continue;
      member.state = state;
      if (failureText !== null) member.reason = failureText;
    }
  }

  /** Something that is different whenever any work has been done. */
  async #progress(): Promise<string> {
    const done = await patiently(() => this.#world.db.task.count({ where: { state: 'completed' } }));
    return `${done} ${this.inFlight().length}`;
  }
}
